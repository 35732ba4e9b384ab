package io.tollgate.identity.internal.passport;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.identity.FactorOwner;
import io.tollgate.identity.LoginAttempt;
import io.tollgate.identity.NamedAccount;
import io.tollgate.identity.PassportConfig;
import io.tollgate.identity.SignInOrigin;
import io.tollgate.identity.SignedIn;
import io.tollgate.identity.internal.AddressThrottle;
import io.tollgate.identity.internal.ArgonPasswords;
import io.tollgate.identity.internal.Attempts;
import io.tollgate.identity.internal.LoginFailures;
import io.tollgate.identity.internal.LoginPair;
import io.tollgate.identity.internal.PairLocks;
import io.tollgate.identity.internal.factors.StoredSecondFactors;
import io.tollgate.identity.internal.sessions.SignInMethod;
import io.tollgate.identity.internal.sessions.StoredUserSessions;
import io.tollgate.schema.identity.tables.records.TenantUserRecord;
import java.time.Duration;
import java.util.Optional;

/**
 * Checks passwords and second factors of users, and opens sessions. A name that nobody has costs
 * the same work as one that somebody has: one lookup, one hash, one count.
 */
final class UserLogins {
  private final Transactions transactions;
  private final Realm realm;
  private final ArgonPasswords passwords;
  private final LoginFailures failures;
  private final AddressThrottle throttle;
  private final Attempts attempts;
  private final StoredSecondFactors factors;
  private final StoredUserSessions sessions;
  private final PassportConfig config;
  private final Duration lock;
  private final PairLocks pairs = new PairLocks();

  UserLogins(
      Transactions transactions,
      Realm realm,
      ArgonPasswords passwords,
      LoginFailures failures,
      AddressThrottle throttle,
      Attempts attempts,
      StoredSecondFactors factors,
      StoredUserSessions sessions,
      PassportConfig config,
      Duration lock) {
    this.transactions = transactions;
    this.realm = realm;
    this.passwords = passwords;
    this.failures = failures;
    this.throttle = throttle;
    this.attempts = attempts;
    this.factors = factors;
    this.sessions = sessions;
    this.config = config;
    this.lock = lock;
  }

  SignedIn login(LoginAttempt attempt, SignInOrigin origin) {
    return alone(
        attempt.account(),
        origin,
        pair -> {
          TenantUserRecord user = checked(attempt.account(), attempt.password(), origin, pair);
          requireFactor(user, attempt, pair);
          return transactions.write(
              transaction -> {
                failures.forget(transaction, pair);
                return sessions.open(
                    transaction,
                    RegisteredUsers.principal(user),
                    SignInMethod.PASSWORD,
                    attempt.kind(),
                    origin,
                    config.sessions());
              });
        });
  }

  /** Does something with the user whose password it is; a wrong one counts as a failed login. */
  <T> T withPassword(
      NamedAccount account,
      String password,
      SignInOrigin origin,
      java.util.function.Function<TenantUserRecord, T> then) {
    return alone(account, origin, pair -> then.apply(checked(account, password, origin, pair)));
  }

  private <T> T alone(
      NamedAccount account, SignInOrigin origin, java.util.function.Function<LoginPair, T> check) {
    LoginPair pair = LoginPair.of(realm.counted(account), origin.address());
    return throttle.pass(pair, () -> pairs.alone(pair, () -> check.apply(pair)));
  }

  private TenantUserRecord checked(
      NamedAccount account, String password, SignInOrigin origin, LoginPair pair) {
    failures.refuseLocked(pair);
    Optional<TenantUserRecord> user =
        transactions.read(
            transaction -> {
              Optional<TenantUserRecord> found = realm.find(transaction, account);
              boolean known =
                  sessions.isKnown(
                      transaction,
                      new UserId(found.map(TenantUserRecord::getId).orElse(Long.MAX_VALUE)),
                      origin.address());
              Optional<Duration> left =
                  attempts.leftWhenOver(
                      transaction, subject(account), config.limits().accountFailures());
              if (left.isPresent() && !known) {
                throw locked(left.get());
              }
              return found;
            });
    if (!passwords.matches(password, user.map(TenantUserRecord::getPasswordHash))) {
      fail(account, pair);
      throw new Refusal(ErrorCode.INVALID_CREDENTIALS, "address or password is wrong");
    }
    TenantUserRecord found = user.orElseThrow();
    if (passwords.isOutdated(found.getPasswordHash())) {
      String hash = passwords.hashOf(password);
      int _ =
          transactions.write(
              transaction -> RegisteredUsers.setPassword(transaction, found.getId(), hash));
    }
    return found;
  }

  private void requireFactor(TenantUserRecord user, LoginAttempt attempt, LoginPair pair) {
    FactorOwner owner = new FactorOwner.OfUser(new UserId(user.getId()));
    if (!transactions.read(transaction -> factors.isOn(transaction, owner))) {
      return;
    }
    String code =
        attempt
            .code()
            .orElseThrow(
                () ->
                    new Refusal(
                            ErrorCode.TOTP_REQUIRED,
                            "totp is missing (expected: the present code of the second factor)")
                        .withDetails("Send the login again with totp, or a recovery code there."));
    if (!factors.take(owner, code)) {
      fail(attempt.account(), pair);
      throw new Refusal(ErrorCode.INVALID_CREDENTIALS, "the code is wrong, used or too old");
    }
  }

  private void fail(NamedAccount account, LoginPair pair) {
    failures.count(pair);
    attempts.count(subject(account), lock);
  }

  private String subject(NamedAccount account) {
    return "failed logins of " + realm.counted(account);
  }

  private static Refusal locked(Duration left) {
    return new Refusal(ErrorCode.ACCOUNT_LOCKED, "too many failed logins")
        .withDetails("Wait until the lock ends, or set another password by mail.")
        .withRetryAfter(left);
  }
}
