package io.tollgate.metering.internal.settlement;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after old logs beside settling them: takes them over once more, settles again what the
 * database has forgotten, lets go of those that nobody needs. What fails is tried again later.
 * Confined to the settler's thread.
 */
final class OldLogCare {
  private static final Logger LOG = LoggerFactory.getLogger(OldLogCare.class);
  private static final Duration TIDY = Duration.ofMinutes(10);

  private final OldLogs old;
  private final ForgottenLogs forgotten;
  private final Clock clock;
  private final Duration retention;
  private final Duration compare;
  private long tidiedAt = System.nanoTime();
  private long comparedAt = System.nanoTime();

  /**
   * @param retention how long segments are kept that nobody needs
   * @param compare how often it is asked what the database has forgotten
   */
  OldLogCare(OldLogs old, Clock clock, Duration retention, Duration compare) {
    this.old = old;
    this.forgotten = new ForgottenLogs(old);
    this.clock = clock;
    this.retention = retention;
    this.compare = compare;
  }

  /** Takes a log over that the database no longer has as taken over. */
  Optional<LogSettlement> takeOverAgain(UUID log) {
    try {
      return old.again(log);
    } catch (IOException | RuntimeException e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("log", log)
          .log("an old log could not be taken over again; the next start tries it");
      return Optional.empty();
    }
  }

  /**
   * What a database that was put back has forgotten, when it is time to ask.
   *
   * @param settling logs that are being settled
   */
  List<LogSettlement> forgotten(Set<UUID> settling) {
    long now = System.nanoTime();
    if (now - comparedAt < compare.toNanos()) {
      return List.of();
    }
    comparedAt = now;
    try {
      List<LogSettlement> found = forgotten.find(settling);
      found.forEach(
          one ->
              LOG.warn(
                  "the database has forgotten that log {} was settled; it is again", one.log()));
      return found;
    } catch (IOException | RuntimeException e) {
      LOG.warn("old logs could not be compared with the database; they are next time", e);
      return List.of();
    }
  }

  /**
   * Removes segments that nobody needs, when it is time to.
   *
   * @param live logs that are being written
   */
  void tidy(Set<UUID> live) {
    long now = System.nanoTime();
    if (now - tidiedAt < TIDY.toNanos()) {
      return;
    }
    tidiedAt = now;
    try {
      old.tidy(clock.instant().minus(retention), live);
    } catch (RuntimeException e) {
      LOG.warn("settled segments could not be removed; they are next time", e);
    }
  }
}
