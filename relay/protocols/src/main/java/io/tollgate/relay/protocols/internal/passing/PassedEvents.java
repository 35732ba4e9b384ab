package io.tollgate.relay.protocols.internal.passing;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.events.EventBounds;
import io.tollgate.relay.protocols.internal.json.ByteSink;

/**
 * Cuts a stream into its events and passes on what a judge lets pass. Events go on as soon as they
 * are whole, the piece itself where all of it does; what is held back goes out with {@link
 * #finish}. Where pieces are cut makes no difference. Memory is bounded. Confined to one thread.
 */
public final class PassedEvents {
  /** Largest event that is read, where nothing else is asked for; one larger passes unread. */
  public static final int MAX_EVENT_BYTES = 1024 * 1024;

  private static final int MAX_HELD_BYTES = 64 * 1024;

  private final EventJudge judge;
  private final PassedOutput output;
  private final int maxEventBytes;
  private final EventBounds bounds = new EventBounds();
  // the beginning of an event that is not whole yet
  private final ByteSink begun = new ByteSink();
  private EventFate lastFate = EventFate.PASS;
  private boolean tooLarge;

  public PassedEvents(EventJudge judge) {
    this(judge, MAX_EVENT_BYTES, MAX_HELD_BYTES);
  }

  /**
   * @param maxEventBytes of the largest event that is read; one larger passes unread
   * @param maxHeldBytes of what is held back until {@link #finish}; the caller does without the
   *     rest
   */
  public PassedEvents(EventJudge judge, int maxEventBytes, int maxHeldBytes) {
    this.judge = requireNonNull(judge, "judge is null");
    this.output = new PassedOutput(judge, maxHeldBytes);
    this.maxEventBytes = maxEventBytes;
  }

  /** Takes the next piece; what goes on of it and of those before. */
  public byte[] accept(byte[] piece) {
    requireNonNull(piece, "piece is null");
    output.begin(piece);
    int at = 0;
    if (bounds.lineFeedMayFollow() && piece.length > 0 && piece[0] == '\n') {
      bounds.endOfEvent(piece, 0, 1);
      output.put(0, 1, lastFate);
      at = 1;
    }
    int end = piece.length == 0 ? -1 : bounds.endOfEvent(piece, at, piece.length);
    while (end >= 0) {
      conclude(piece, at, end);
      at = end;
      end = at < piece.length ? bounds.endOfEvent(piece, at, piece.length) : -1;
    }
    if (at < piece.length) {
      begin(piece, at);
    }
    return output.end();
  }

  /** The stream is over: what was held back. */
  public byte[] finish() {
    // some upstreams forget the empty line at the end
    EventFate fate =
        begun.length() == 0 ? EventFate.DROP : judge.read(begun.array(), 0, begun.length());
    byte[] last = output.finish(begun, fate);
    begun.clear();
    return last;
  }

  /** An event is whole: its last bytes are from {@code from} to {@code to} of the piece. */
  private void conclude(byte[] piece, int from, int to) {
    if (tooLarge) {
      tooLarge = false;
      passUnread(piece, from, to);
    } else if (begun.length() + (long) to - from > maxEventBytes) {
      lastFate = judge.beginUnread(begun.array(), begun.length());
      judge.countUnread(piece, from, to);
      if (begun.length() > 0) {
        begun.add(piece, from, to);
        output.putBegun(begun, from, to, lastFate);
      } else {
        output.put(from, to, lastFate);
      }
      begun.clear();
    } else if (begun.length() == 0) {
      lastFate = judge.read(piece, from, to);
      output.put(from, to, lastFate);
      lastFate = afterEvent(lastFate);
    } else {
      begun.add(piece, from, to);
      lastFate = judge.read(begun.array(), 0, begun.length());
      output.putBegun(begun, from, to, lastFate);
      lastFate = afterEvent(lastFate);
      begun.clear();
    }
  }

  /** What becomes of a line feed that still belongs to the event. */
  private static EventFate afterEvent(EventFate fate) {
    return fate == EventFate.REPLACE ? EventFate.DROP : fate;
  }

  private void begin(byte[] piece, int from) {
    if (tooLarge) {
      passUnread(piece, from, piece.length);
      return;
    }
    begun.add(piece, from, piece.length);
    if (begun.length() > maxEventBytes) {
      tooLarge = true;
      lastFate = judge.beginUnread(begun.array(), begun.length());
      output.putBegun(begun, from, piece.length, lastFate);
      begun.clear();
    } else {
      output.put(from, piece.length, EventFate.DROP);
    }
  }

  /** A further part of an event that is too large to be read. */
  private void passUnread(byte[] piece, int from, int to) {
    judge.countUnread(piece, from, to);
    output.put(from, to, lastFate);
  }
}
