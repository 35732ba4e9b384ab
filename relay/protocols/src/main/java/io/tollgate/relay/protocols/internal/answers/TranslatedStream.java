package io.tollgate.relay.protocols.internal.answers;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.AnswerReader;
import io.tollgate.relay.protocols.conversation.AnswerWriter;
import io.tollgate.relay.protocols.internal.events.EventBounds;
import io.tollgate.relay.protocols.internal.events.EventData;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Turns a stream of one protocol into a stream of another as it comes. The end of the answer is
 * held back until {@link #finish}, as it tells the caller of the usage. Memory is bounded. Confined
 * to one thread.
 */
public final class TranslatedStream extends ReadStream {
  /** Largest event that is read; a stream with a larger one is broken off. */
  static final int MAX_EVENT_BYTES = 32 * 1024 * 1024;

  private static final int TOO_LARGE_STATUS = 502;
  private static final byte[] NOTHING = {};

  private final Consumer<AnswerEvent> taken = this::take;
  private final EventBounds bounds = new EventBounds();
  private final EventData data = new EventData();
  // the beginning of an event that is not whole yet
  private final ByteSink begun = new ByteSink();
  private final ByteSink out = new ByteSink();

  public TranslatedStream(AnswerReader reader, AnswerWriter writer, AnswerTerms terms) {
    super(reader, writer, terms);
  }

  @Override
  public String contentType() {
    return writer.contentType();
  }

  @Override
  boolean isAnswer() {
    return tally.answered();
  }

  @Override
  public byte[] accept(byte[] piece) {
    requireNonNull(piece, "piece is null");
    int at = bounds.lineFeedMayFollow() && piece.length > 0 && piece[0] == '\n' ? 1 : 0;
    if (at == 1) {
      bounds.endOfEvent(piece, 0, 1);
    }
    while (at < piece.length && !done && !errorSeen) {
      int end = bounds.endOfEvent(piece, at, piece.length);
      if (end < 0) {
        keep(piece, at, piece.length);
        break;
      }
      if (begun.length() == 0) {
        read(piece, at, end);
      } else {
        begun.add(piece, at, end);
        read(begun.array(), 0, begun.length());
        begun.clear();
      }
      at = end;
    }
    return taken();
  }

  @Override
  public byte[] finish() {
    over = true;
    if (begun.length() > 0 && !done && !errorSeen) {
      // some upstreams forget the empty line at the end
      read(begun.array(), 0, begun.length());
      begun.clear();
    }
    if (!errorSeen && failure == null) {
      tally
          .ended()
          .ifPresent(
              ended -> {
                writer.write(ended, out);
                writer.end(charged().usage(), out);
              });
    }
    return taken();
  }

  @Override
  public byte[] finishComplete() {
    return finish();
  }

  private void read(byte[] event, int from, int to) {
    if (!data.read(event, from, to)) {
      return;
    }
    if (reader.event(data.bytes(), data.from(), data.to(), taken) == AnswerReader.Kind.END) {
      done = true;
    }
    tally.eventEnded();
  }

  private void take(AnswerEvent event) {
    if (errorSeen) {
      return;
    }
    switch (event) {
      case AnswerEvent.Failed(UpstreamFault fault) -> failed(fault);
      // told with the usage, when the result is recorded
      case AnswerEvent.Ended ended -> tally.take(kept(ended));
      default -> {
        tally.take(event);
        writer.write(event, out);
      }
    }
  }

  private void failed(UpstreamFault fault) {
    errorSeen = true;
    if (tally.answered()) {
      writer.failed(fault, out);
    } else {
      failure = fault;
    }
  }

  private static AnswerEvent.Ended kept(AnswerEvent.Ended ended) {
    return new AnswerEvent.Ended(
        ended.reason(), ended.stopSequence().map(sequence -> sequence.kept()));
  }

  private void keep(byte[] piece, int from, int to) {
    if (begun.length() + (long) to - from <= MAX_EVENT_BYTES) {
      begun.add(piece, from, to);
      return;
    }
    begun.clear();
    failed(
        new UpstreamFault(
            TOO_LARGE_STATUS,
            "an event of the answer is too large to be translated (expected: at most "
                + MAX_EVENT_BYTES
                + " bytes)",
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private byte[] taken() {
    return out.length() == 0 ? NOTHING : out.take();
  }
}
