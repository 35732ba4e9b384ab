package io.tollgate.relay.protocols.internal.answers;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.AnswerReader;
import io.tollgate.relay.protocols.conversation.AnswerWriter;
import io.tollgate.relay.protocols.internal.events.EventData;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.passing.EventFate;
import io.tollgate.relay.protocols.internal.passing.EventJudge;
import io.tollgate.relay.protocols.internal.passing.PassedEvents;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream of the caller's own protocol as it passes: bytes go on as they came, but for
 * errors, which are cleaned, and the end, which is held back until {@link #finish}. Confined to one
 * thread.
 */
public final class PassedStream extends ReadStream implements EventJudge {
  /**
   * Largest event that is read where the end of an answer is an event like the others: pictures,
   * the last words and the usage may all be in it.
   */
  static final int MAX_UNMARKED_EVENT_BYTES = 32 * 1024 * 1024;

  private static final byte[] NOTHING = {};

  private final AnswerTerms terms;
  private final PassedEvents events;
  private final Consumer<AnswerEvent> taken = this::take;
  private final EventData data = new EventData();
  private final boolean endIsMarked;
  private byte[] instead = NOTHING;
  private @Nullable UpstreamFault told;
  private boolean decided;

  /**
   * @param writer is told of what passes, and writes what we must say ourselves
   * @param endIsMarked whether the protocol has an event that says that nothing follows; where not,
   *     what ends the answer is held back
   */
  public PassedStream(
      AnswerReader reader, AnswerWriter writer, AnswerTerms terms, boolean endIsMarked) {
    this(
        reader,
        writer,
        terms,
        endIsMarked,
        endIsMarked
            ? PassedEvents::new
            : judge ->
                new PassedEvents(judge, MAX_UNMARKED_EVENT_BYTES, 2 * MAX_UNMARKED_EVENT_BYTES));
  }

  /**
   * The same for a protocol whose last event holds the whole answer once more.
   *
   * @param maxEventBytes largest event that is read and, at the end, held back
   */
  public static PassedStream ofLargeEvents(
      AnswerReader reader, AnswerWriter writer, AnswerTerms terms, int maxEventBytes) {
    return new PassedStream(
        reader,
        writer,
        terms,
        true,
        judge -> new PassedEvents(judge, maxEventBytes, maxEventBytes));
  }

  private PassedStream(
      AnswerReader reader,
      AnswerWriter writer,
      AnswerTerms terms,
      boolean endIsMarked,
      Function<EventJudge, PassedEvents> events) {
    super(reader, writer, terms);
    this.terms = requireNonNull(terms, "terms is null");
    this.endIsMarked = endIsMarked;
    this.events = events.apply(this);
  }

  @Override
  boolean isAnswer() {
    return decided;
  }

  @Override
  public byte[] accept(byte[] piece) {
    return events.accept(requireNonNull(piece, "piece is null"));
  }

  @Override
  public byte[] finish() {
    over = true;
    return events.finish();
  }

  @Override
  public byte[] finishComplete() {
    byte[] last = finish();
    if (done || !endIsMarked || !finished()) {
      return last;
    }
    ByteSink complete = new ByteSink();
    complete.add(last, 0, last.length);
    writer.end(charged().usage(), complete);
    return complete.take();
  }

  @Override
  public EventFate read(byte[] event, int from, int to) {
    if (done) {
      return EventFate.DROP;
    }
    if (!data.read(event, from, to)) {
      return EventFate.PASS;
    }
    told = null;
    boolean endedBefore = tally.hasEnded();
    AnswerReader.Kind kind = reader.event(data.bytes(), data.from(), data.to(), taken);
    tally.eventEnded();
    decided |= tally.answered() && kind != AnswerReader.Kind.ERROR;
    return switch (kind) {
      case ANSWER ->
          !endIsMarked && (endedBefore || tally.hasEnded()) ? EventFate.HOLD : EventFate.PASS;
      case END -> {
        done = true;
        yield EventFate.HOLD;
      }
      case OURS -> EventFate.DROP;
      case ERROR -> failed();
      case NOTHING, UNREADABLE -> unknown();
    };
  }

  @Override
  public EventFate beginUnread(byte[] event, int begun) {
    decided = true;
    countUnread(event, 0, begun);
    return done ? EventFate.DROP : EventFate.PASS;
  }

  @Override
  public void countUnread(byte[] bytes, int from, int to) {
    if (!done) {
      tally.unread(to - from);
    }
  }

  @Override
  public boolean decided() {
    return decided;
  }

  @Override
  public void decide() {
    decided = true;
  }

  @Override
  public byte[] instead() {
    return instead;
  }

  private void take(AnswerEvent event) {
    if (event instanceof AnswerEvent.Failed(UpstreamFault fault)) {
      told = fault;
      return;
    }
    tally.take(event);
    writer.passed(event);
  }

  /** An error is passed on without what tells of the account; before an answer it is one itself. */
  private EventFate failed() {
    UpstreamFault fault = told;
    if (fault == null) {
      return unknown();
    }
    errorSeen = true;
    if (!decided && failure == null) {
      failure = fault;
    }
    ByteSink cleaned = new ByteSink();
    writer.failed(fault, cleaned);
    instead = cleaned.take();
    return EventFate.REPLACE;
  }

  /** What is none of the protocol's passes too, but for what tells of the account. */
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
}
