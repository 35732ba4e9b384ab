package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.ATTEMPTS;
import static org.jooq.impl.DSL.when;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record2;

/**
 * Counts how often something is tried within a window of time, in the database: for all processes
 * together, and over restarts. A window begins with the first try and ends by itself. What is
 * counted is a text of ours that says what and by whom; only its hash is stored.
 */
public final class Attempts {
  private static final int PURGED = 1_000;

  private final Transactions transactions;
  private final InstantSource clock;

  public Attempts(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Counts one, and refuses it beyond the limit.
   *
   * @throws Refusal {@code RATE_LIMITED} with the time until the window ends
   */
  public void take(String subject, int max, Duration window) {
    Instant now = InputChecks.now(clock);
    Record2<Integer, Instant> counted =
        transactions.write(transaction -> count(transaction, subject, window, now));
    if (counted.value1() > max) {
      throw tooMany(now, counted.value2());
    }
  }

  /** Counts one. */
  public void count(String subject, Duration window) {
    Instant now = InputChecks.now(clock);
    var _ = transactions.write(transaction -> count(transaction, subject, window, now));
  }

  /** When the window ends in which so many were counted; nothing where fewer were. */
  public Optional<Duration> leftWhenOver(Transaction transaction, String subject, int max) {
    Instant now = InputChecks.now(clock);
    return transaction
        .sql()
        .select(ATTEMPTS.ENDS_AT)
        .from(ATTEMPTS)
        .where(ATTEMPTS.SUBJECT_HASH.eq(SecretHash.sha256(subject)))
        .and(ATTEMPTS.COUNTED.ge(max))
        .and(ATTEMPTS.ENDS_AT.gt(now))
        .fetchOptional(ATTEMPTS.ENDS_AT)
        .map(end -> Duration.between(now, end));
  }

  /** Begins anew. */
  public void forget(Transaction transaction, String subject) {
    int _ =
        transaction
            .sql()
            .deleteFrom(ATTEMPTS)
            .where(ATTEMPTS.SUBJECT_HASH.eq(SecretHash.sha256(subject)))
            .execute();
  }

  /** Removes windows that have ended; how many. */
  public int purge() {
    Instant now = InputChecks.now(clock);
    return transactions.write(
        transaction ->
            transaction
                .sql()
                .deleteFrom(ATTEMPTS)
                .where(
                    ATTEMPTS.SUBJECT_HASH.in(
                        transaction
                            .sql()
                            .select(ATTEMPTS.SUBJECT_HASH)
                            .from(ATTEMPTS)
                            .where(ATTEMPTS.ENDS_AT.le(now))
                            .orderBy(ATTEMPTS.ENDS_AT)
                            .limit(PURGED)
                            .forUpdate()
                            .skipLocked()))
                .execute());
  }

  private static Record2<Integer, Instant> count(
      Transaction transaction, String subject, Duration window, Instant now) {
    // one that begins in the future is of a clock that was set back
    Condition over = ATTEMPTS.ENDS_AT.le(now).or(ATTEMPTS.BEGUN_AT.gt(now));
    return transaction
        .sql()
        .insertInto(ATTEMPTS)
        .set(ATTEMPTS.SUBJECT_HASH, SecretHash.sha256(subject))
        .set(ATTEMPTS.COUNTED, 1)
        .set(ATTEMPTS.BEGUN_AT, now)
        .set(ATTEMPTS.ENDS_AT, now.plus(window))
        .onConflict(ATTEMPTS.SUBJECT_HASH)
        .doUpdate()
        .set(ATTEMPTS.COUNTED, when(over, 1).otherwise(ATTEMPTS.COUNTED.plus(1)))
        .set(ATTEMPTS.BEGUN_AT, when(over, now).otherwise(ATTEMPTS.BEGUN_AT))
        .set(ATTEMPTS.ENDS_AT, when(over, now.plus(window)).otherwise(ATTEMPTS.ENDS_AT))
        .returningResult(ATTEMPTS.COUNTED, ATTEMPTS.ENDS_AT)
        .fetchSingle();
  }

  private static Refusal tooMany(Instant now, Instant end) {
    return new Refusal(ErrorCode.RATE_LIMITED, "too many tries (expected: fewer within the hour)")
        .withRetryAfter(Duration.between(now, end));
  }
}
