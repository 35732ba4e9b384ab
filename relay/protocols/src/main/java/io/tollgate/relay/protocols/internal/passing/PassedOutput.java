package io.tollgate.relay.protocols.internal.passing;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.json.ByteSink;
import java.util.Arrays;

/**
 * Puts together what of a stream goes on to its caller, piece by piece, and keeps what must wait.
 * Copies nothing as long as a whole piece goes on. Confined to one thread.
 */
final class PassedOutput {
  private static final int MAX_WAITING_BYTES = 64 * 1024;
  private static final byte[] NOTHING = {};

  private final EventJudge judge;
  private final int maxHeldBytes;
  private final ByteSink out = new ByteSink();
  // until the result is recorded
  private final ByteSink held = new ByteSink();
  // what comes before it is known whether this is an answer, such as comments
  private final ByteSink waiting = new ByteSink();
  private byte[] piece = NOTHING;
  // bytes of the piece before this one have been seen to; all of them pass while untouched
  private int seenTo;
  private boolean untouched = true;

  PassedOutput(EventJudge judge, int maxHeldBytes) {
    this.judge = requireNonNull(judge, "judge is null");
    this.maxHeldBytes = maxHeldBytes;
  }

  /** Another piece begins. */
  void begin(byte[] next) {
    piece = next;
    seenTo = 0;
    untouched = true;
  }

  /** Takes the piece's bytes from {@code from} to {@code to}, the next that were not put yet. */
  void put(int from, int to, EventFate fate) {
    if (untouched && fate == EventFate.PASS && judge.decided() && waiting.length() == 0) {
      seenTo = to;
      return;
    }
    touch(from);
    put(piece, from, to, fate);
  }

  /** The same for an event that began in an earlier piece and is whole in {@code begun}. */
  void putBegun(ByteSink begun, int from, int to, EventFate fate) {
    touch(from);
    put(begun.array(), 0, begun.length(), fate);
    seenTo = to;
  }

  /** What goes on of the piece. */
  byte[] end() {
    byte[] ended = piece;
    piece = NOTHING;
    if (untouched) {
      return seenTo == ended.length ? ended : Arrays.copyOf(ended, seenTo);
    }
    return out.length() == 0 ? NOTHING : out.take();
  }

  /** What goes on at the very end, after a last event without its empty line. */
  byte[] finish(ByteSink last, EventFate fate) {
    ByteSink rest = judge.done() ? held : waiting;
    if (fate == EventFate.REPLACE) {
      byte[] instead = judge.instead();
      rest.add(instead, 0, instead.length);
    } else if (fate != EventFate.DROP) {
      rest.add(last.array(), 0, last.length());
    }
    waiting.add(held.array(), 0, held.length());
    held.clear();
    return waiting.take();
  }

  private void touch(int from) {
    if (untouched) {
      untouched = false;
      out.add(piece, 0, Math.min(seenTo, from));
    }
  }

  private void put(byte[] source, int from, int to, EventFate fate) {
    switch (fate) {
      case PASS -> pass(source, from, to);
      case REPLACE -> pass(judge.instead(), 0, judge.instead().length);
      case HOLD -> hold(source, from, to);
      case DROP -> {}
    }
  }

  private void pass(byte[] source, int from, int to) {
    if (!judge.decided()) {
      waiting.add(source, from, to);
      if (waiting.length() <= MAX_WAITING_BYTES) {
        return;
      }
      // so much before an answer is none that we know; the caller may know it
      judge.decide();
      out.add(waiting.array(), 0, waiting.length());
    } else {
      out.add(waiting.array(), 0, waiting.length());
      out.add(source, from, to);
    }
    waiting.clear();
  }

  private void hold(byte[] source, int from, int to) {
    // more than this is no protocol; the caller does without
    held.add(source, from, Math.min(to, from + maxHeldBytes - held.length()));
  }
}
