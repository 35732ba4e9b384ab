package io.tollgate.relay.protocols.openai.completions;

import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.FinishReason;
import io.tollgate.relay.protocols.conversation.PartBegin;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The choices of an answer as they come. Confined to one thread. */
final class ReadChoices {
  private static final int MAX_INDEX = 2047;

  private final int answers;
  private final int echoedBytes;
  private final Map<Integer, Choice> byIndex = new HashMap<>();
  private final List<Choice> byPart = new ArrayList<>();
  private FinishReason reason = FinishReason.END;
  private int ended;
  private boolean told;

  /**
   * @param answers choices that are to come
   * @param echoedBytes of the prompt, which stands before each one's text
   */
  ReadChoices(int answers, int echoedBytes) {
    this.answers = answers;
    this.echoedBytes = echoedBytes;
  }

  private static final class Choice {
    final int index;
    final int part;
    int echoed;
    boolean ended;

    Choice(int index, int part, int echoed) {
      this.index = index;
      this.part = part;
      this.echoed = echoed;
    }
  }

  int index(int part) {
    return part < byPart.size() ? byPart.get(part).index : part;
  }

  void take(
      int index,
      Optional<JsonString> text,
      Optional<JsonString> finish,
      Consumer<AnswerEvent> out) {
    String word = finish.filter(given -> given.length() <= 64).map(JsonString::text).orElse("");
    boolean finished = !word.isBlank() && !word.equals("null");
    if (text.isEmpty() && !finished) {
      return;
    }
    int known = Math.min(index, MAX_INDEX);
    Choice choice = byIndex.get(known);
    if (choice == null) {
      choice = new Choice(known, byPart.size(), echoedBytes);
      byIndex.put(known, choice);
      byPart.add(choice);
      out.accept(new AnswerEvent.PartBegun(choice.part, new PartBegin.Text()));
    }
    if (text.isPresent()) {
      JsonString more = afterEcho(choice, text.get());
      if (!more.isEmpty()) {
        out.accept(new AnswerEvent.More(choice.part, more));
      }
    }
    if (finished && !choice.ended) {
      choice.ended = true;
      ended++;
      reason = CompletionsReader.reason(word);
      out.accept(new AnswerEvent.PartEnded(choice.part));
    }
  }

  /** The prompt that stands before the text was sent by the caller, and made by nobody. */
  private static JsonString afterEcho(Choice choice, JsonString text) {
    int at = text.from();
    while (choice.echoed > 0 && at < text.to()) {
      int length = 1;
      if (text.bytes()[at] == '\\') {
        length = text.bytes()[at + 1] == 'u' ? 6 : 2;
      }
      at += length;
      choice.echoed -= length;
    }
    // no character is cut in two
    while (at < text.to() && (text.bytes()[at] & 0xC0) == 0x80) {
      at++;
    }
    return new JsonString(text.bytes(), at, text.to(), text.escaped());
  }

  /**
   * Tells the end, once.
   *
   * @param over whether nothing more is to come; else it has ended when each choice has
   */
  void end(Consumer<AnswerEvent> out, boolean over) {
    boolean all = ended == byPart.size() && (over || ended >= answers);
    if (!told && !byPart.isEmpty() && (all || over)) {
      told = true;
      out.accept(new AnswerEvent.Ended(reason, Optional.empty()));
    }
  }
}
