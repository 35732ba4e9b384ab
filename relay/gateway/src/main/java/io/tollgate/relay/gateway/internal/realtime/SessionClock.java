package io.tollgate.relay.gateway.internal.realtime;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.gateway.RealtimeConfig;
import io.tollgate.relay.gateway.internal.realtime.SessionEnd.Cause;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The times of a session: how long it lasts, how long nothing was said, and when each side was
 * asked last whether it is there. Confined to one event loop.
 */
final class SessionClock {
  private static final long SILENT_PINGS = 3;

  private final RealtimeConfig config;
  private final long begunNanos = System.nanoTime();
  private long messageNanos = begunNanos;
  private long pingedNanos = begunNanos;

  SessionClock(RealtimeConfig config) {
    this.config = config;
  }

  /** Somebody has said something. */
  void message() {
    messageNanos = System.nanoTime();
  }

  long lastedMs() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
  }

  /** Whether it has lasted longer. */
  boolean lasted(long ms, long now) {
    return passed(begunNanos, ms, now);
  }

  /** Why the session is to end, where it has lasted or been idle for as long as one may. */
  Optional<SessionEnd> end(long now) {
    if (lasted(config.totalMs(), now)) {
      return Optional.of(
          ended(
              Cause.TOO_LONG,
              "the session has lasted " + config.totalMs() + " ms, as long as one may"));
    }
    return passed(messageNanos, config.idleMs(), now)
        ? Optional.of(ended(Cause.IDLE, "there was no message for " + config.idleMs() + " ms"))
        : Optional.empty();
  }

  /** Whether it is time to ask both sides again; asked once, it is not. */
  boolean pings(long now) {
    boolean due = passed(pingedNanos, config.pingMs(), now);
    if (due) {
      pingedNanos = now;
    }
    return due;
  }

  /** Whether a side that is read has not been heard for so long that it is taken for gone. */
  boolean gone(SessionSocket side, long now) {
    return side.reading() && passed(side.heardNanos(), SILENT_PINGS * config.pingMs(), now);
  }

  static boolean passed(long since, long ms, long now) {
    return now - since > TimeUnit.MILLISECONDS.toNanos(ms);
  }

  private static SessionEnd ended(Cause cause, String why) {
    return SessionEnd.of(cause, CloseCode.NORMAL, new Refusal(ErrorCode.REQUEST_TIMEOUT, why));
  }
}
