package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.LOGIN_FAILURES;
import static org.jooq.impl.DSL.when;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.IdentityConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jooq.Field;

/**
 * Failed logins by name and by address, kept in the database: a restart unlocks nobody. Names that
 * nobody has are counted alike. What is older than the lock is forgotten.
 */
public final class LoginFailures {
  private static final int MOST_PURGED = 1_000;

  private final Transactions transactions;
  private final InstantSource clock;
  private final int nameLimit;
  private final int addressLimit;
  private final Duration lock;

  public LoginFailures(Transactions transactions, InstantSource clock, IdentityConfig config) {
    this.transactions = transactions;
    this.clock = clock;
    this.nameLimit = config.loginFailures();
    this.addressLimit = config.addressFailures();
    this.lock = config.loginLock();
  }

  /**
   * @throws Refusal {@code ACCOUNT_LOCKED} with the time left
   */
  void refuseLocked(String username, String address) {
    Instant now = Checks.now(clock);
    Optional<Instant> lockedUntil =
        transactions.read(
            transaction ->
                transaction
                    .sql()
                    .select(LOGIN_FAILURES.LOCKED_UNTIL)
                    .from(LOGIN_FAILURES)
                    .where(LOGIN_FAILURES.SUBJECT_HASH.in(name(username), address(address)))
                    .and(LOGIN_FAILURES.LOCKED_UNTIL.gt(now))
                    .orderBy(LOGIN_FAILURES.LOCKED_UNTIL.desc())
                    .limit(1)
                    .fetchOptional(LOGIN_FAILURES.LOCKED_UNTIL));
    if (lockedUntil.isPresent()) {
      throw new Refusal(ErrorCode.ACCOUNT_LOCKED, "too many failed logins")
          .withDetails("Wait until the lock ends, then log in with the right password.")
          .withRetryAfter(Duration.between(now, lockedUntil.get()));
    }
  }

  /** Counts a failure, and locks at the limit. */
  void count(String username, String address) {
    Instant now = Checks.now(clock);
    int counted =
        transactions.write(
            transaction ->
                count(transaction, name(username), nameLimit, now)
                    + count(transaction, address(address), addressLimit, now)
                    + purge(transaction, now));
    if (counted < 2) {
      throw new IllegalStateException("failed logins counted: " + counted + " (expected: >= 2)");
    }
  }

  /** A login succeeded: its name starts anew; its address does not. */
  void forget(Transaction transaction, String username) {
    transaction
        .sql()
        .deleteFrom(LOGIN_FAILURES)
        .where(LOGIN_FAILURES.SUBJECT_HASH.eq(name(username)))
        .execute();
  }

  private int count(Transaction transaction, byte[] subject, int limit, Instant now) {
    Field<Integer> failures =
        when(LOGIN_FAILURES.LAST_FAILURE_AT.le(now.minus(lock)), 1)
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
        .set(LOGIN_FAILURES.LOCKED_UNTIL, when(failures.ge(limit), now.plus(lock)))
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
                    .where(LOGIN_FAILURES.LAST_FAILURE_AT.le(now.minus(lock)))
                    .orderBy(LOGIN_FAILURES.LAST_FAILURE_AT)
                    .limit(MOST_PURGED)
                    .forUpdate()
                    .skipLocked()))
        .execute();
  }

  private static byte[] name(String username) {
    return SecretHash.sha256("admin name " + username.toLowerCase(Locale.ROOT));
  }

  private static byte[] address(String address) {
    return SecretHash.sha256("address " + address);
  }
}
