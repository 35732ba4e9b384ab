package io.tollgate.data;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database's time: what it said at the last contact, and the monotonic time since. All
 * processes of an installation have this one time, whatever the clocks of their machines show, and
 * it is never ahead of what the database said by more than the contact took. Cheap, and safe for
 * use by many threads.
 */
public final class DatabaseClock extends Clock {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);
  private static final Duration JUMP = Duration.ofSeconds(1);

  private final Supplier<Instant> database;
  private final LongSupplier nanoTime;
  private volatile Contact last;

  /**
   * Asks for the time once.
   *
   * @param database what time it is there; blocks
   * @param nanoTime monotonic nanoseconds: {@code System::nanoTime}
   */
  public DatabaseClock(Supplier<Instant> database, LongSupplier nanoTime) {
    this.database = requireNonNull(database, "database is null");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    Instant said = database.get();
    this.last = new Contact(said, nanoTime.getAsLong());
  }

  /**
   * Asks again, and follows the database where it went another way. What the way there and back
   * explains is not followed, or time would tremble.
   */
  public void contact() {
    long asked = nanoTime.getAsLong();
    Instant said = database.get();
    long answered = nanoTime.getAsLong();
    Instant ours = at(answered);
    boolean explained =
        !ours.isBefore(said) && !ours.isAfter(said.plusNanos(Math.max(0, answered - asked)));
    if (explained) {
      return;
    }
    if (Duration.between(ours, said).abs().compareTo(JUMP) > 0) {
      LOG.atWarn()
          .addKeyValue("from", ours)
          .addKeyValue("to", said)
          .log("the database's time jumped; quotas, limits and expiry follow it");
    }
    last = new Contact(said, answered);
  }

  @Override
  public Instant instant() {
    return at(nanoTime.getAsLong());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return ((InstantSource) this::instant).withZone(zone);
  }

  private Instant at(long nanos) {
    Contact contact = last;
    return contact.said.plusNanos(nanos - contact.nanos);
  }

  private record Contact(Instant said, long nanos) {}
}
