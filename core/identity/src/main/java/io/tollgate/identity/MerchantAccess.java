package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Lets the backends of tenants in. Runs in the caller's transaction. */
public interface MerchantAccess {
  /** How long a nonce is remembered, at least. */
  Duration NONCE_LIFE = Duration.ofMinutes(10);

  /**
   * Who signs with a key: the tenant's own, or one that was replaced and goes on for a while.
   *
   * @return nothing for a key that nobody has
   */
  Optional<Merchant> find(Transaction transaction, String appKey);

  /**
   * Uses a nonce up, for all processes together.
   *
   * @param goodUntil when the request can be sent no more, by the clock of whichever process: the
   *     nonce is remembered until then, where that is later than {@link #NONCE_LIFE} from now
   * @return whether it was unused since; of two at once it is for one
   */
  boolean useNonce(Transaction transaction, Tenant tenant, String nonce, Instant goodUntil);

  /**
   * Counts a call against the tenant's plan, in days and months of its zone, for all processes
   * together: exactly as many pass as the plan says. The transaction must end with the refusal.
   *
   * @throws io.tollgate.ground.Refusal {@code RATE_LIMITED} with the time until there are calls
   *     again
   */
  void countCall(Transaction transaction, Tenant tenant);

  /** Forgets nonces whose time is over, a few thousand at a time; how many. */
  int purgeNonces(Transaction transaction);

  /**
   * A tenant whose backend calls.
   *
   * @param active whether it is let in
   * @param secret with which it signs
   * @param md5Signing whether it may sign in the old way, which covers neither body nor path
   */
  record Merchant(Tenant tenant, boolean active, String secret, boolean md5Signing) {
    public Merchant {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(secret, "secret is null");
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Merchant[tenant=" + tenant + ", active=" + active + "]";
    }
  }
}
