package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.LOGIN_FAILURES;
import static org.jooq.impl.DSL.when;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.LoginLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.Field;

/**
 * Failed logins by pair of name and address, kept in the database: a restart unlocks nobody. Names
 * that nobody has are counted alike. What is older than the lock is forgotten; beyond a number of
 * pairs, those that failed longest ago are.
 */
public final class LoginFailures {
  private static final int PURGED_AT_ONCE = 1_000;
  private static final int FAILURES_PER_TRIM = 256;

  private final Transactions transactions;
  private final InstantSource clock;
  private final LoginLimits limits;
  private final AtomicInteger untilTrim = new AtomicInteger(FAILURES_PER_TRIM);

  public LoginFailures(Transactions transactions, InstantSource clock, LoginLimits limits) {
    this.transactions = transactions;
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * @throws Refusal {@code ACCOUNT_LOCKED} with the time left
   */
  public void refuseLocked(LoginPair pair) {
    Instant now = InputChecks.now(clock);
    Optional<Instant> lockedUntil =
        transactions.read(
            transaction ->
                transaction
                    .sql()
                    .select(LOGIN_FAILURES.LOCKED_UNTIL)
                    .from(LOGIN_FAILURES)
                    .where(LOGIN_FAILURES.SUBJECT_HASH.eq(pair.hash()))
                    .and(LOGIN_FAILURES.LOCKED_UNTIL.gt(now))
                    .fetchOptional(LOGIN_FAILURES.LOCKED_UNTIL));
    if (lockedUntil.isPresent()) {
      // a clock that was set back must not lock for longer than a lock lasts
      Duration left = Duration.between(now, lockedUntil.get());
      Duration bounded = left.compareTo(limits.lock()) < 0 ? left : limits.lock();
      throw new Refusal(ErrorCode.ACCOUNT_LOCKED, "too many failed logins")
          .withDetails("Wait until the lock ends, then log in with the right password.")
          .withRetryAfter(bounded);
    }
  }

  /** Counts a failure, and locks the pair at the limit. */
  public void count(LoginPair pair) {
    Instant now = InputChecks.now(clock);
    boolean trims = untilTrim.decrementAndGet() <= 0;
    if (trims) {
      untilTrim.set(FAILURES_PER_TRIM);
    }
    int counted =
        transactions.write(
            transaction ->
                count(transaction, pair.hash(), now)
                    + purge(transaction, now)
                    + (trims ? trim(transaction) : 0));
    if (counted < 1) {
      throw new IllegalStateException("failed logins counted: " + counted + " (expected: >= 1)");
    }
  }

  /** A login succeeded: its pair starts anew. */
  public void forget(Transaction transaction, LoginPair pair) {
    transaction
        .sql()
        .deleteFrom(LOGIN_FAILURES)
        .where(LOGIN_FAILURES.SUBJECT_HASH.eq(pair.hash()))
        .execute();
  }

  private int count(Transaction transaction, byte[] subject, Instant now) {
    Field<Integer> failures =
        when(LOGIN_FAILURES.LAST_FAILURE_AT.le(now.minus(limits.lock())), 1)
            .otherwise(LOGIN_FAILURES.FAILURES.plus(1));
    return transaction
        .sql()
        .insertInto(LOGIN_FAILURES)
        .set(LOGIN_FAILURES.SUBJECT_HASH, subject)
        .set(LOGIN_FAILURES.FAILURES, 1)
        .set(LOGIN_FAILURES.LAST_FAILURE_AT, now)
        .onConflict(LOGIN_FAILURES.SUBJECT_HASH)
        .doUpdate()
        .set(LOGIN_FAILURES.FAILURES, failures)
        .set(LOGIN_FAILURES.LAST_FAILURE_AT, now)
        .set(
            LOGIN_FAILURES.LOCKED_UNTIL,
            when(failures.ge(limits.pairFailures()), now.plus(limits.lock())))
        .execute();
  }

  private int purge(Transaction transaction, Instant now) {
    return transaction
        .sql()
        .deleteFrom(LOGIN_FAILURES)
        .where(
            LOGIN_FAILURES.SUBJECT_HASH.in(
                transaction
                    .sql()
                    .select(LOGIN_FAILURES.SUBJECT_HASH)
                    .from(LOGIN_FAILURES)
                    .where(LOGIN_FAILURES.LAST_FAILURE_AT.le(now.minus(limits.lock())))
                    .orderBy(LOGIN_FAILURES.LAST_FAILURE_AT)
                    .limit(PURGED_AT_ONCE)
                    .forUpdate()
                    .skipLocked()))
        .execute();
  }

  /** Who invents names without end fills a bounded table. */
  private int trim(Transaction transaction) {
    return transaction
        .sql()
        .deleteFrom(LOGIN_FAILURES)
        .where(
            LOGIN_FAILURES.SUBJECT_HASH.in(
                transaction
                    .sql()
                    .select(LOGIN_FAILURES.SUBJECT_HASH)
                    .from(LOGIN_FAILURES)
                    .orderBy(LOGIN_FAILURES.LAST_FAILURE_AT.desc())
                    .offset(limits.pairsMax())))
        .execute();
  }
}
