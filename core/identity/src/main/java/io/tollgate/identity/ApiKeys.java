package io.tollgate.identity;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/** API keys of users: hash only at rest. Safe for use by many threads. */
public interface ApiKeys {
  /**
   * Whose key it is. Never blocks: completes at once from the cache, else from a virtual thread.
   *
   * @return the holder, or nothing when the key is unknown, disabled or expired
   */
  CompletionStage<Optional<KeyHolder>> authenticate(String presented);

  /** The same, blocking. */
  Optional<KeyHolder> find(String presented);

  /** Makes a key; the secret in the answer is shown this once. */
  IssuedKey issue(TenantId tenant, UserId user, String name, OptionalInt requestsPerMinute);

  /** Ends a key: refused within a second everywhere in this process. */
  void disable(TenantId tenant, ApiKeyId key);

  /** A new key with its secret. */
  record IssuedKey(ApiKeyId id, String secret) {}
}
