package io.tollgate.identity;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/** API keys of users; only their hashes are stored. Safe for use by many threads. */
public interface ApiKeys {
  /**
   * Whose key it is. Never blocks: completes at once from the cache, else from a virtual thread.
   * Fails with {@link io.tollgate.ground.Refusal} {@code UNAVAILABLE} when the database does not
   * answer and the key was not seen lately.
   *
   * @return the holder, or nothing when the key is unknown, disabled, expired or rotated, or its
   *     user or tenant is disabled; which of these it is, is not told to whoever presents it
   */
  CompletionStage<Optional<KeyHolder>> authenticate(String presented);

  /** The same, blocking. */
  Optional<KeyHolder> find(String presented);

  /** Makes a key that does not expire; the secret in the answer is shown this once. */
  default IssuedKey issue(
      TenantId tenant, UserId user, String name, OptionalInt requestsPerMinute) {
    return issue(tenant, user, name, requestsPerMinute, Optional.empty());
  }

  /**
   * Makes a key; the secret in the answer is shown this once.
   *
   * @param name what its owner calls it, 1–64 characters
   * @param requestsPerMinute 1 to 1,000,000
   * @param expiresAt from when on it is refused
   * @throws io.tollgate.ground.Refusal {@code USER_NOT_FOUND} when the tenant has no such user
   */
  IssuedKey issue(
      TenantId tenant,
      UserId user,
      String name,
      OptionalInt requestsPerMinute,
      Optional<Instant> expiresAt);

  /**
   * Disables a key: see {@link KeyRegister#setEnabled}.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when the tenant has no such key
   */
  void disable(TenantId tenant, ApiKeyId key);

  /**
   * Whose key this is, also when it has ended. Runs in the caller's transaction.
   *
   * @return the user, or nothing when the tenant has no such key
   */
  Optional<UserId> userOf(Transaction transaction, TenantId tenant, ApiKeyId key);

  /** A new key with its secret. */
  record IssuedKey(ApiKeyId id, String secret) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "IssuedKey[id=" + id + "]";
    }
  }
}
