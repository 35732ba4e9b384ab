package io.tollgate.identity.internal.factors;

import static io.tollgate.schema.identity.Tables.TOTP;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.FactorOwner;
import io.tollgate.identity.MasterKey;
import io.tollgate.identity.SecondFactors;
import io.tollgate.identity.SecretBox;
import io.tollgate.identity.internal.Attempts;
import io.tollgate.identity.internal.InputChecks;
import io.tollgate.identity.internal.RandomText;
import io.tollgate.schema.identity.tables.records.TotpRecord;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jooq.Condition;

/** Second factors in PostgreSQL, their seeds sealed under the master key. */
public final class StoredSecondFactors implements SecondFactors {
  private static final String ISSUER = "Tollgate";
  private static final int LONGEST_CODE = 40;

  private final Transactions transactions;
  private final SecretBox box;
  private final SecureRandom random;
  private final RecoveryCodes recovery;
  private final Attempts attempts;
  private final InstantSource clock;
  private final int triesMax;
  private final Duration window;

  /**
   * @param triesMax codes of one owner that are looked at within the window
   */
  public StoredSecondFactors(
      Transactions transactions,
      MasterKey masterKey,
      SecureRandom random,
      Attempts attempts,
      InstantSource clock,
      int triesMax,
      Duration window) {
    this.transactions = transactions;
    this.box = masterKey.secretBox("second factors", random);
    this.random = random;
    this.recovery =
        new RecoveryCodes(new RandomText(random), masterKey.derive("HmacSHA256", "recovery codes"));
    this.attempts = attempts;
    this.clock = clock;
    this.triesMax = triesMax;
    this.window = window;
  }

  @Override
  public Standing standing(FactorOwner owner) {
    OwnerKey key = OwnerKey.of(owner);
    return transactions.read(
        transaction -> new Standing(isOn(transaction, owner), recovery.left(transaction, key)));
  }

  /** Whether a code is asked for. */
  public boolean isOn(Transaction transaction, FactorOwner owner) {
    return transaction
        .sql()
        .fetchExists(TOTP, isOf(OwnerKey.of(owner)).and(TOTP.CONFIRMED_AT.isNotNull()));
  }

  @Override
  public SetUp begin(FactorOwner owner, String label) {
    OwnerKey key = OwnerKey.of(owner);
    byte[] seed = new byte[TimeCode.SEED_BYTES];
    random.nextBytes(seed);
    byte[] sealed = box.seal(seed, key.toString());
    int begun =
        transactions.write(
            transaction ->
                transaction
                    .sql()
                    .insertInto(TOTP)
                    .set(TOTP.OWNER_KIND, key.kind())
                    .set(TOTP.OWNER_ID, key.id())
                    .set(TOTP.SEED_SEALED, sealed)
                    .set(TOTP.CREATED_AT, InputChecks.now(clock))
                    .onConflict(TOTP.OWNER_KIND, TOTP.OWNER_ID)
                    .doUpdate()
                    .set(TOTP.SEED_SEALED, sealed)
                    .set(TOTP.CREATED_AT, InputChecks.now(clock))
                    .where(TOTP.CONFIRMED_AT.isNull())
                    .execute());
    if (begun == 0) {
      throw new Refusal(ErrorCode.CONFLICT, "there is a second factor already")
          .withDetails("Take it away first, with a code of it.");
    }
    String secret = TimeCode.base32(seed);
    return new SetUp(
        secret,
        "otpauth://totp/"
            + encoded(ISSUER + ":" + label)
            + "?secret="
            + secret
            + "&issuer="
            + ISSUER
            + "&algorithm=SHA1&digits=6&period=30");
  }

  @Override
  public List<String> confirm(FactorOwner owner, String code) {
    OwnerKey key = OwnerKey.of(owner);
    takeTry(key);
    Instant now = InputChecks.now(clock);
    return decide(
        transaction -> {
          TotpRecord row = locked(transaction, key).orElseThrow(() -> none("begun"));
          if (row.getConfirmedAt() != null) {
            throw new Refusal(ErrorCode.CONFLICT, "there is a second factor already");
          }
          OptionalLong step = match(row, key, code, now);
          if (step.isEmpty()) {
            throw wrong();
          }
          int _ =
              transaction
                  .sql()
                  .update(TOTP)
                  .set(TOTP.CONFIRMED_AT, now)
                  .set(TOTP.LAST_STEP, step.getAsLong())
                  .where(isOf(key))
                  .execute();
          attempts.forget(transaction, subject(key));
          return recovery.renew(transaction, key);
        });
  }

  @Override
  public void remove(FactorOwner owner, String code) {
    OwnerKey key = OwnerKey.of(owner);
    takeTry(key);
    var _ =
        decide(
            transaction -> {
              require(transaction, key, code);
              return delete(transaction, key);
            });
  }

  @Override
  public List<String> renewRecovery(FactorOwner owner, String code) {
    OwnerKey key = OwnerKey.of(owner);
    takeTry(key);
    return decide(
        transaction -> {
          require(transaction, key, code);
          return recovery.renew(transaction, key);
        });
  }

  @Override
  public void reset(FactorOwner owner) {
    OwnerKey key = OwnerKey.of(owner);
    int _ = transactions.write(transaction -> delete(transaction, key));
  }

  /**
   * Whether the code is the present one of an owner who has a factor, or a recovery code of theirs;
   * it is used by that. Every call counts as a try.
   *
   * @throws Refusal {@code ACCOUNT_LOCKED} after too many tries
   */
  public boolean take(FactorOwner owner, String code) {
    OwnerKey key = OwnerKey.of(owner);
    takeTry(key);
    return transactions.write(transaction -> isRight(transaction, key, code));
  }

  private <T> T decide(Function<Transaction, T> body) {
    return transactions.write(body::apply);
  }

  private void require(Transaction transaction, OwnerKey key, String code) {
    if (locked(transaction, key).filter(row -> row.getConfirmedAt() != null).isEmpty()) {
      throw none("set up");
    }
    if (!isRight(transaction, key, code)) {
      throw wrong();
    }
  }

  private boolean isRight(Transaction transaction, OwnerKey key, String code) {
    Optional<TotpRecord> row =
        locked(transaction, key).filter(found -> found.getConfirmedAt() != null);
    if (row.isEmpty() || code.length() > LONGEST_CODE) {
      return false;
    }
    OptionalLong step = match(row.get(), key, code, InputChecks.now(clock));
    boolean right;
    if (step.isPresent()) {
      right =
          transaction
                  .sql()
                  .update(TOTP)
                  .set(TOTP.LAST_STEP, step.getAsLong())
                  .where(isOf(key))
                  .and(TOTP.LAST_STEP.lt(step.getAsLong()))
                  .execute()
              == 1;
    } else {
      right = recovery.use(transaction, key, code);
    }
    if (right) {
      attempts.forget(transaction, subject(key));
    }
    return right;
  }

  private OptionalLong match(TotpRecord row, OwnerKey key, String code, Instant now) {
    byte[] seed = box.open(row.getSeedSealed(), key.toString());
    return TimeCode.match(seed, code.replace(" ", ""), now, row.getLastStep());
  }

  private void takeTry(OwnerKey key) {
    try {
      attempts.take(subject(key), triesMax, window);
    } catch (Refusal refusal) {
      throw new Refusal(ErrorCode.ACCOUNT_LOCKED, "too many second factors tried")
          .withDetails("Wait until the lock ends, then use the present code once.")
          .withRetryAfter(refusal.retryAfter().orElse(window));
    }
  }

  private static String subject(OwnerKey key) {
    return "second factor of " + key;
  }

  private static Optional<TotpRecord> locked(Transaction transaction, OwnerKey key) {
    return transaction.sql().selectFrom(TOTP).where(isOf(key)).forUpdate().fetchOptional();
  }

  private static int delete(Transaction transaction, OwnerKey key) {
    return transaction.sql().deleteFrom(TOTP).where(isOf(key)).execute();
  }

  private static Condition isOf(OwnerKey key) {
    return TOTP.OWNER_KIND.eq(key.kind()).and(TOTP.OWNER_ID.eq(key.id()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Refusal none(String what) {
    return new Refusal(
        ErrorCode.CONFLICT, "there is no second factor (expected: one that was " + what + ")");
  }

  private static Refusal wrong() {
    return new Refusal(ErrorCode.INVALID_CODE, "the code is wrong, used or too old");
  }
}
