package io.tollgate.identity.internal.signon;

import static io.tollgate.schema.identity.Tables.SIGN_ON_ATTEMPT;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.SecretBox;
import io.tollgate.identity.SignOn.Returned;
import io.tollgate.identity.SignOnProvider.Face;
import io.tollgate.identity.internal.InputChecks;
import io.tollgate.identity.internal.SecretHash;
import io.tollgate.schema.identity.tables.records.SignOnAttemptRecord;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Sign-ons that have been begun, in PostgreSQL; each can be taken once. */
final class SignOnAttempts {
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final int PURGED = 1_000;

  private final Transactions transactions;
  private final SecretBox box;
  private final InstantSource clock;

  SignOnAttempts(Transactions transactions, SecretBox box, InstantSource clock) {
    this.transactions = transactions;
    this.box = box;
    this.clock = clock;
  }

  void keep(String state, String browser, Attempt attempt) {
    Instant now = InputChecks.now(clock);
    int _ =
        transactions.write(
            transaction ->
                transaction
                    .sql()
                    .insertInto(SIGN_ON_ATTEMPT)
                    .set(SIGN_ON_ATTEMPT.STATE_HASH, SecretHash.sha256(state))
                    .set(SIGN_ON_ATTEMPT.PROVIDER, attempt.provider())
                    .set(SIGN_ON_ATTEMPT.FACE, code(attempt.face()))
                    .set(SIGN_ON_ATTEMPT.BROWSER_HASH, SecretHash.sha256(browser))
                    .set(SIGN_ON_ATTEMPT.NONCE, attempt.nonce())
                    .set(
                        SIGN_ON_ATTEMPT.VERIFIER,
                        box.seal(attempt.verifier().getBytes(UTF_8), attempt.nonce()))
                    .set(
                        SIGN_ON_ATTEMPT.TENANT_ID,
                        attempt.tenant().map(TenantId::value).orElse(null))
                    .set(SIGN_ON_ATTEMPT.USER_ID, attempt.user().map(UserId::value).orElse(null))
                    .set(SIGN_ON_ATTEMPT.REDIRECT, attempt.redirect())
                    .set(SIGN_ON_ATTEMPT.RETURN_TO, attempt.returnTo())
                    .set(SIGN_ON_ATTEMPT.EXPIRES_AT, now.plus(LIFE))
                    .execute());
  }

  /**
   * The one of a state, which is over by that, whatever comes of it.
   *
   * @param user who began it to link a provider; empty: one that opens a session
   * @throws Refusal {@code LINK_INVALID} when there is none, or another browser or user began it
   */
  Attempt take(Face face, Optional<UserId> user, Returned returned) {
    Instant now = InputChecks.now(clock);
    Optional<SignOnAttemptRecord> row =
        transactions.write(
            transaction ->
                transaction
                    .sql()
                    .deleteFrom(SIGN_ON_ATTEMPT)
                    .where(SIGN_ON_ATTEMPT.STATE_HASH.eq(SecretHash.sha256(returned.state())))
                    .and(SIGN_ON_ATTEMPT.EXPIRES_AT.gt(now))
                    .returning()
                    .fetchOptional());
    return row.filter(found -> found.getProvider().equals(returned.provider()))
        .filter(found -> found.getFace().equals(code(face)))
        .filter(found -> Optional.ofNullable(found.getUserId()).map(UserId::new).equals(user))
        .filter(
            found ->
                MessageDigest.isEqual(
                    found.getBrowserHash(), SecretHash.sha256(returned.browser())))
        .map(
            found ->
                new Attempt(
                    found.getProvider(),
                    face,
                    found.getNonce(),
                    new String(box.open(found.getVerifier(), found.getNonce()), UTF_8),
                    Optional.ofNullable(found.getTenantId()).map(TenantId::new),
                    user,
                    found.getRedirect(),
                    found.getReturnTo()))
        .orElseThrow(
            () ->
                new Refusal(
                        ErrorCode.LINK_INVALID,
                        "the sign-on is used, over, or another browser's (expected: one that was"
                            + " begun here within ten minutes)")
                    .withDetails("Begin the sign-on again."));
  }

  static int purge(Transaction transaction, Instant now) {
    return transaction
        .sql()
        .deleteFrom(SIGN_ON_ATTEMPT)
        .where(
            SIGN_ON_ATTEMPT.STATE_HASH.in(
                transaction
                    .sql()
                    .select(SIGN_ON_ATTEMPT.STATE_HASH)
                    .from(SIGN_ON_ATTEMPT)
                    .where(SIGN_ON_ATTEMPT.EXPIRES_AT.le(now))
                    .orderBy(SIGN_ON_ATTEMPT.EXPIRES_AT)
                    .limit(PURGED)
                    .forUpdate()
                    .skipLocked()))
        .execute();
  }

  private static String code(Face face) {
    return switch (face) {
      case USERS -> "user";
      case ADMINS -> "admin";
    };
  }

  /**
   * A sign-on that was begun.
   *
   * @param user who links a provider with it
   * @param redirect where the provider sends the browser, as it was told
   * @param returnTo where the browser goes on afterwards
   */
  record Attempt(
      String provider,
      Face face,
      String nonce,
      String verifier,
      Optional<TenantId> tenant,
      Optional<UserId> user,
      String redirect,
      String returnTo) {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "Attempt[provider=" + provider + "]";
    }
  }
}
