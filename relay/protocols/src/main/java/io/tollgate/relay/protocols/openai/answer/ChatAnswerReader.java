package io.tollgate.relay.protocols.openai.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.AnswerReader;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import io.tollgate.relay.protocols.internal.openai.OpenAiFaults;
import io.tollgate.relay.protocols.usage.ReportedUsage;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a chat completion, streamed or whole, as events in no protocol's words. What is an error,
 * and what is reported, is told by the same reader as for chat's own callers.
 */
public final class ChatAnswerReader implements AnswerReader {
  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

  private final AnswerTerms terms;
  private final CompletionReader completion;
  private final ChoiceEvents choice;

  public ChatAnswerReader(AnswerTerms terms) {
    this(terms, false);
  }

  /**
   * @param searches whether the provider searches the web before it answers
   */
  public ChatAnswerReader(AnswerTerms terms, boolean searches) {
    this.terms = requireNonNull(terms, "terms is null");
    completion = new CompletionReader(terms, false);
    if (searches) {
      completion.usage.tools().presumed(UsageKind.WEB_SEARCHES);
    }
    choice = new ChoiceEvents(terms.requestId());
  }

  @Override
  public Kind event(byte[] bytes, int from, int to, Consumer<AnswerEvent> out) {
    if (isDone(bytes, from, to)) {
      return Kind.END;
    }
    return read(bytes, from, to, "delta", out);
  }

  @Override
  public Kind document(byte[] bytes, int from, int to, Consumer<AnswerEvent> out) {
    return read(bytes, from, to, "message", out);
  }

  @Override
  public ReportedUsage usage() {
    return completion.usage;
  }

  @Override
  public Optional<ServiceTier> tier() {
    return completion.tier();
  }

  private Kind read(byte[] bytes, int from, int to, String member, Consumer<AnswerEvent> out) {
    CompletionReader.Kind kind = completion.read(bytes, from, to);
    return switch (kind) {
      case UNREADABLE -> Kind.UNREADABLE;
      case NOTHING -> Kind.NOTHING;
      case ONLY_USAGE -> Kind.ANSWER;
      case ERROR -> {
        out.accept(
            new AnswerEvent.Failed(
                OpenAiFaults.inAnswer(Arrays.copyOfRange(bytes, from, to), terms.traces())));
        yield Kind.ERROR;
      }
      case ANSWER -> {
        tell(bytes, from, to, member, out);
        yield Kind.ANSWER;
      }
    };
  }

  private void tell(byte[] bytes, int from, int to, String member, Consumer<AnswerEvent> out) {
    JsonTree tree;
    try {
      tree = JsonTree.read(bytes, from, to);
    } catch (JsonFault e) {
      // JSON, but of more values than any answer has: it is counted, and nothing of it is told
      return;
    }
    if (tree instanceof JsonTree.Members answer && answer.items("choices") != null) {
      for (JsonTree each : answer.items("choices").values()) {
        if (each instanceof JsonTree.Members members && members.index("index", 1) == 0) {
          // some answer a streamed request with whole messages in events, and the other way round
          JsonTree.Members said = members.members(member);
          choice.say(
              said == null ? members.members(member.equals("delta") ? "message" : "delta") : said,
              out);
          choice.end(members.text("finish_reason"), out);
        }
      }
    }
  }

  private static boolean isDone(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && bytes[end - 1] <= ' ') {
      end--;
    }
    return Arrays.equals(bytes, from, end, DONE, 0, DONE.length);
  }
}
