package io.tollgate.identity.internal.passport;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.identity.PassportConfig;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.VerifiedUsers;
import io.tollgate.identity.internal.AddressThrottle;
import io.tollgate.identity.internal.ArgonPasswords;
import io.tollgate.identity.internal.Attempts;
import io.tollgate.identity.internal.LoginFailures;
import io.tollgate.identity.internal.RandomText;
import io.tollgate.identity.internal.StoredUsers;
import io.tollgate.identity.internal.factors.StoredSecondFactors;
import io.tollgate.identity.internal.sessions.StoredUserSessions;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What sign-in is made of, as identity has it.
 *
 * @param lock how long failed logins are remembered
 */
public record PassportParts(
    Transactions transactions,
    Tenants tenants,
    StoredUsers users,
    ArgonPasswords passwords,
    LoginFailures failures,
    AddressThrottle throttle,
    Attempts attempts,
    StoredSecondFactors factors,
    StoredUserSessions sessions,
    SignInCounts counts,
    RandomText text,
    InstantSource clock,
    Duration lock) {
  public PassportParts {
    requireNonNull(transactions, "transactions is null");
    requireNonNull(tenants, "tenants is null");
  }

  public RegisteredUsers registered() {
    return new RegisteredUsers(users, clock);
  }

  /**
   * Puts sign-in with a password together.
   *
   * @param heard who hears of verified addresses
   */
  public StoredPassports passports(PassportConfig config, boolean sendsMail, VerifiedUsers heard) {
    Realm realm = new Realm(config.hosts());
    UserLogins logins =
        new UserLogins(
            transactions,
            realm,
            passwords,
            failures,
            throttle,
            attempts,
            factors,
            sessions,
            config,
            lock);
    return new StoredPassports(
        transactions,
        config,
        sendsMail,
        realm,
        new PasswordRules(),
        passwords,
        registered(),
        heard,
        sessions,
        logins,
        throttle,
        attempts,
        counts);
  }
}
