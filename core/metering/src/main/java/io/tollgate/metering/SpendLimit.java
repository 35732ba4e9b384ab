package io.tollgate.metering;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What may be spent in one window of time: the full price of every request under it counts, whoever
 * pays it. How much is left is not in it: that is leased, like money.
 *
 * @param account the window's allowance, in {@link Asset#allowance} of the currency
 * @param currency prices in it count
 * @param key the key whose requests count; empty: those of all keys
 * @param until when the window ends and another account takes its place; empty: never
 */
public record SpendLimit(
    Scope scope,
    AccountId account,
    Asset currency,
    Optional<ApiKeyId> key,
    Optional<Instant> until) {
  public SpendLimit {
    requireNonNull(scope, "scope is null");
    requireNonNull(account, "account is null");
    requireNonNull(currency, "currency is null");
    requireNonNull(key, "key is null");
    requireNonNull(until, "until is null");
    if ((scope == Scope.KEY) != key.isPresent()) {
      throw new IllegalArgumentException(
          "key: " + key + " of scope " + scope + " (expected: set for the scope KEY only)");
    }
  }

  /** Whose spending is limited. */
  public enum Scope {
    /** That of one API key. */
    KEY,
    /** That of a user, with all keys. */
    USER,
    /** That of all users of a tenant. */
    TENANT;

    /** As stored and as interfaces show it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
