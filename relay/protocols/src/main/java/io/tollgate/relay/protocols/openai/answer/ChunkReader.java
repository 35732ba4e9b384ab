package io.tollgate.relay.protocols.openai.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.internal.events.EventData;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.internal.openai.OpenAiFaults;
import io.tollgate.relay.protocols.internal.passing.EventFate;
import io.tollgate.relay.protocols.internal.passing.EventJudge;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a stream one after the other, and says of each what becomes of it. Confined
 * to one thread.
 */
final class ChunkReader implements EventJudge {
  private static final byte[] NOTHING = {};

  private final AnswerTerms terms;
  private final boolean includeUsage;
  private final OpenAiErrors errors;
  private final CompletionReader answer;
  private final EventData data = new EventData();
  private final UnreadText unread = new UnreadText();
  private byte[] instead = NOTHING;
  private @Nullable UpstreamFault failure;
  private boolean decided;
  private boolean first = true;
  private boolean done;

  /**
   * @param includeUsage whether the caller asked for the usage chunk
   */
  ChunkReader(AnswerTerms terms, boolean includeUsage, OpenAiErrors errors) {
    this.terms = requireNonNull(terms, "terms is null");
    this.includeUsage = includeUsage;
    this.errors = requireNonNull(errors, "errors is null");
    this.answer = new CompletionReader(terms, true);
  }

  /** What has been read of the answer so far. */
  CompletionReader answer() {
    return answer;
  }

  @Override
  public boolean done() {
    return done;
  }

  @Override
  public boolean decided() {
    return decided;
  }

  @Override
  public void decide() {
    decided = true;
  }

  /** The error that came in place of an answer. */
  Optional<UpstreamFault> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public byte[] instead() {
    return instead;
  }

  @Override
  public EventFate read(byte[] event, int from, int to) {
    int start = first ? afterByteOrderMark(event, from, to) : from;
    first = false;
    if (done) {
      return EventFate.DROP;
    }
    if (!data.read(event, start, to)) {
      return EventFate.PASS;
    }
    if (data.is("[DONE]")) {
      done = true;
      return EventFate.HOLD;
    }
    CompletionReader.Kind kind = answer.read(data.bytes(), data.from(), data.to());
    decided |= answer.answered && kind != CompletionReader.Kind.ERROR;
    return switch (kind) {
      case ANSWER -> EventFate.PASS;
      case ONLY_USAGE -> includeUsage ? EventFate.PASS : EventFate.DROP;
      case ERROR -> cleaned();
      case NOTHING, UNREADABLE -> unknown();
    };
  }

  @Override
  public EventFate beginUnread(byte[] event, int begun) {
    first = false;
    decided = true;
    unread.begin();
    countUnread(event, 0, begun);
    return done ? EventFate.DROP : EventFate.PASS;
  }

  @Override
  public void countUnread(byte[] bytes, int from, int to) {
    if (!done) {
      answer.unread(unread.count(bytes, from, to));
    }
  }

  /** An error is passed on without what tells of the account; before an answer it is one itself. */
  private EventFate cleaned() {
    UpstreamFault fault =
        OpenAiFaults.inAnswer(
            Arrays.copyOfRange(data.bytes(), data.from(), data.to()), terms.traces());
    if (!decided && failure == null) {
      failure = fault;
    }
    instead = ChatStreamWriter.error(errors.of(fault));
    return EventFate.REPLACE;
  }

  /** What is no JSON, or none that we know, passes too, but for what tells of the account. */
  private EventFate unknown() {
    String words =
        new String(data.bytes(), data.from(), data.to() - data.from(), StandardCharsets.UTF_8);
    String cleaned = terms.traces().removed(words);
    if (cleaned.equals(words)) {
      return EventFate.PASS;
    }
    instead =
        ("data: " + cleaned.replace('\n', ' ').replace('\r', ' ') + "\n\n")
            .getBytes(StandardCharsets.UTF_8);
    return EventFate.REPLACE;
  }

  private static int afterByteOrderMark(byte[] event, int from, int to) {
    boolean mark =
        to - from >= 3
            && (event[from] & 0xFF) == 0xEF
            && (event[from + 1] & 0xFF) == 0xBB
            && (event[from + 2] & 0xFF) == 0xBF;
    return mark ? from + 3 : from;
  }
}
