package io.tollgate.relay.gateway.internal.realtime;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.gateway.internal.passage.PassageConclusion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The results of a session on their way to the meter log: what is to happen afterwards happens once
 * that is confirmed. Confined to one event loop.
 */
final class SessionRecords {
  private static final Logger log = LoggerFactory.getLogger(SessionRecords.class);

  private final RealtimeSession session;
  private int recording;
  private long recordingNanos;
  private long tokens;

  SessionRecords(RealtimeSession session) {
    this.session = requireNonNull(session, "session is null");
  }

  /** Whether nothing is on its way. */
  boolean none() {
    return recording == 0;
  }

  /** Tokens of all results. */
  long tokens() {
    return tokens;
  }

  /** Whether something has been on its way for longer. */
  boolean lastFor(long ms, long now) {
    return recording > 0 && SessionClock.passed(recordingNanos, ms, now);
  }

  void record(RealtimePassage passage, PassageConclusion conclusion, Runnable then) {
    recording++;
    recordingNanos = System.nanoTime();
    tokens += conclusion.usage().total();
    passage.record(
        conclusion,
        _ -> {
          recording--;
          then.run();
          session.checkEnded();
        },
        cause -> {
          recording--;
          passage
              .call()
              .context()
              .addTo(log.atError())
              .setCause(cause)
              .log("a result of a session was not recorded; the end of its response is withheld");
          session.unrecorded();
        });
  }
}
