package io.tollgate.relay.protocols.openai.completions;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.AnswerReader;
import io.tollgate.relay.protocols.conversation.FinishReason;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.openai.OpenAiFaults;
import io.tollgate.relay.protocols.internal.openai.UsageReader;
import io.tollgate.relay.protocols.usage.ReportedUsage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads completions, whole or as chunks: each choice is a part. Confined to one thread. */
final class CompletionsReader implements AnswerReader {
  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

  private static final JsonNames<Member> MEMBERS =
      new JsonNames.Builder<Member>()
          .add(Member.CHOICES, "choices")
          .add(Member.USAGE, "usage")
          .add(Member.ERROR, "error")
          .add(Member.COMPLAINT, "message", "msg", "code", "detail")
          .add(Member.TIER, "service_tier")
          .add(Member.ID, "id")
          .add(Member.MODEL, "model")
          .build();

  private static final JsonNames<ChoiceMember> CHOICE_MEMBERS =
      new JsonNames.Builder<ChoiceMember>()
          .add(ChoiceMember.TEXT, "text")
          .add(ChoiceMember.INDEX, "index")
          .add(ChoiceMember.FINISH_REASON, "finish_reason")
          .build();

  private final AccountTraces traces;
  private final boolean includeUsage;
  private final ReportedUsage usage = new ReportedUsage();
  private final ReadChoices choices;
  private @Nullable ServiceTier tier;
  private String id = "";
  private String model = "";
  private boolean error;
  private boolean complaint;
  private boolean anyChoices;
  private boolean choicesNamed;
  private boolean usageRead;

  /**
   * @param answers choices that the answer has
   * @param echoedBytes of the prompt, which stands before each choice's text
   * @param includeUsage whether the caller asked for the chunk with the usage
   */
  CompletionsReader(AccountTraces traces, int answers, int echoedBytes, boolean includeUsage) {
    this.traces = requireNonNull(traces, "traces is null");
    this.includeUsage = includeUsage;
    this.choices = new ReadChoices(answers, echoedBytes);
  }

  private enum Member {
    CHOICES,
    USAGE,
    ERROR,
    COMPLAINT,
    TIER,
    ID,
    MODEL
  }

  private enum ChoiceMember {
    TEXT,
    INDEX,
    FINISH_REASON
  }

  /** As the upstream names the answer; empty where it does not. */
  String id() {
    return id;
  }

  /** As the upstream names the model; empty where it does not. */
  String model() {
    return model;
  }

  /** The index of the choice that a part is. */
  int index(int part) {
    return choices.index(part);
  }

  @Override
  public ReportedUsage usage() {
    return usage;
  }

  @Override
  public Optional<ServiceTier> tier() {
    return Optional.ofNullable(tier);
  }

  @Override
  public Kind event(byte[] bytes, int from, int to, Consumer<AnswerEvent> out) {
    if (isDone(bytes, from, to)) {
      choices.end(out, true);
      return Kind.END;
    }
    Kind kind = read(bytes, from, to, out);
    return kind == Kind.ANSWER && usageRead && !anyChoices && !includeUsage ? Kind.OURS : kind;
  }

  @Override
  public Kind document(byte[] bytes, int from, int to, Consumer<AnswerEvent> out) {
    Kind kind = read(bytes, from, to, out);
    if (kind == Kind.ANSWER) {
      choices.end(out, true);
    }
    return kind;
  }

  private static boolean isDone(byte[] bytes, int from, int to) {
    int last = to;
    while (last > from && bytes[last - 1] == ' ') {
      last--;
    }
    return Arrays.equals(bytes, from, last, DONE, 0, DONE.length);
  }

  private Kind read(byte[] bytes, int from, int to, Consumer<AnswerEvent> out) {
    error = false;
    complaint = false;
    anyChoices = false;
    choicesNamed = false;
    usageRead = false;
    try {
      JsonScanner scanner = new JsonScanner(bytes, from, to);
      if (scanner.next() != JsonToken.OBJECT_START) {
        return Kind.UNREADABLE;
      }
      while (scanner.next() != JsonToken.OBJECT_END) {
        Member member = MEMBERS.find(scanner);
        if (member == null) {
          scanner.skipValue();
        } else {
          read(member, scanner, bytes, out);
        }
      }
      scanner.next();
    } catch (JsonFault e) {
      return Kind.UNREADABLE;
    }
    if (error || (complaint && !choicesNamed && !usageRead)) {
      byte[] told = Arrays.copyOfRange(bytes, from, to);
      out.accept(new AnswerEvent.Failed(OpenAiFaults.inAnswer(told, traces)));
      return Kind.ERROR;
    }
    choices.end(out, false);
    return choicesNamed || usageRead ? Kind.ANSWER : Kind.NOTHING;
  }

  private void read(Member member, JsonScanner scanner, byte[] bytes, Consumer<AnswerEvent> out) {
    JsonToken first = scanner.next();
    boolean string = first == JsonToken.STRING;
    boolean nothing =
        first == JsonToken.NULL
            || first == JsonToken.FALSE
            || (string && scanner.start() == scanner.end());
    switch (member) {
      case CHOICES -> {
        choicesNamed = true;
        if (first == JsonToken.ARRAY_START) {
          readChoices(scanner, bytes, out);
          return;
        }
      }
      case USAGE -> {
        if (first == JsonToken.OBJECT_START) {
          usageRead = true;
          UsageReader.read(scanner, bytes, usage.next());
          usage.filled();
          return;
        }
      }
      case ERROR -> error |= !nothing;
      case COMPLAINT -> complaint |= !nothing;
      case TIER -> {
        if (string && scanner.end() - scanner.start() <= 64) {
          tier = ServiceTier.of(scanner.text());
        }
      }
      case ID -> id = string && id.isEmpty() ? shortText(scanner) : id;
      case MODEL -> model = string && model.isEmpty() ? shortText(scanner) : model;
    }
    scanner.skipRest(first);
  }

  private static String shortText(JsonScanner scanner) {
    return scanner.end() - scanner.start() > 512 ? "" : scanner.text();
  }

  private void readChoices(JsonScanner scanner, byte[] bytes, Consumer<AnswerEvent> out) {
    int position = 0;
    for (JsonToken token = scanner.next(); token != JsonToken.ARRAY_END; token = scanner.next()) {
      anyChoices = true;
      if (token == JsonToken.OBJECT_START) {
        readChoice(scanner, bytes, position, out);
      } else {
        scanner.skipRest(token);
      }
      position++;
    }
  }

  private void readChoice(
      JsonScanner scanner, byte[] bytes, int position, Consumer<AnswerEvent> out) {
    int index = position;
    Optional<JsonString> text = Optional.empty();
    Optional<JsonString> finish = Optional.empty();
    while (scanner.next() != JsonToken.OBJECT_END) {
      ChoiceMember member = CHOICE_MEMBERS.find(scanner);
      if (member == null) {
        scanner.skipValue();
        continue;
      }
      JsonToken first = scanner.next();
      switch (member) {
        case TEXT -> text = string(first, scanner, bytes);
        case FINISH_REASON -> finish = string(first, scanner, bytes);
        case INDEX -> {
          if (first == JsonToken.NUMBER && scanner.end() - scanner.start() <= 4) {
            index = Math.max(0, number(bytes, scanner.start(), scanner.end()));
          }
        }
      }
      scanner.skipRest(first);
    }
    choices.take(index, text, finish, out);
  }

  private static int number(byte[] bytes, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static Optional<JsonString> string(JsonToken first, JsonScanner scanner, byte[] bytes) {
    return first == JsonToken.STRING
        ? Optional.of(JsonString.of(scanner, bytes))
        : Optional.empty();
  }

  /** How choices ended, by OpenAI's words. */
  static FinishReason reason(String word) {
    return switch (word) {
      case "stop" -> FinishReason.END;
      case "length" -> FinishReason.LENGTH;
      case "content_filter" -> FinishReason.FILTERED;
      default -> FinishReason.OTHER;
    };
  }
}
