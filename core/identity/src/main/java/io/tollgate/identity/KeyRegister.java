package io.tollgate.identity;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.ApiKeys.IssuedKey;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Makes, changes and lists API keys. A change is obeyed at once in this process, and as soon as the
 * database tells of it in others (milliseconds); where they do not hear of changes, when they next
 * ask ({@code identity.key.fresh.seconds}). Blocking; safe for use by many threads.
 */
public interface KeyRegister {
  /** The longest time for which a secret is taken after it was rotated. */
  Duration MAX_GRACE = Duration.ofDays(30);

  /** The keys under a filter, the newest first. */
  ListPage<ApiKey> list(Transaction transaction, ApiKeyFilter filter, ListRequest request);

  Optional<ApiKey> find(ApiKeyId key);

  /**
   * Makes a key; the secret in the answer is shown this once.
   *
   * @throws io.tollgate.ground.Refusal {@code USER_NOT_FOUND} when the tenant has no such user;
   *     {@code INVALID_REQUEST} when it would have expired already
   */
  IssuedKey issue(TenantId tenant, UserId user, KeyTerms terms);

  /**
   * Changes its terms.
   *
   * @param change makes the new terms of those that are; what it throws changes nothing
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}
   */
  ApiKey change(ApiKeyId key, UnaryOperator<KeyTerms> change);

  /**
   * Lets it be used again, or no more.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}
   */
  ApiKey setEnabled(ApiKeyId key, boolean enabled);

  /**
   * Gives it another secret, shown this once. A secret that was retiring already is dead at once.
   *
   * @param grace how long the secret until now is still taken; 0 to {@link #MAX_GRACE}
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}
   */
  IssuedKey rotate(ApiKeyId key, Duration grace);
}
