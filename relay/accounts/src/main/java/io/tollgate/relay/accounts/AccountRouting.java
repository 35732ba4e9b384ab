package io.tollgate.relay.accounts;

import io.tollgate.contracts.Protocol;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the account that serves a request: of those that are enabled, serve the model and do not
 * rest, the lowest priority; among equals the one with the least running requests for its weight.
 *
 * <p>An account rests after a failure. One that was told for how long (429 with {@code
 * Retry-After}) is left alone until then; one that merely failed is passed over while another can
 * serve, and tried all the same when none can: a doubtful account is better than none.
 *
 * <p>Never blocks; safe for use by many threads.
 */
public interface AccountRouting {
  /**
   * @param protocols any of which will do
   * @param tried accounts this request has failed on already
   */
  Choice choose(Set<Protocol> protocols, String model, Set<ProviderAccountId> tried);

  /**
   * An account that may be chosen for such a request, for what is to be prepared before; nothing is
   * counted. Empty where none is known that could ever serve it.
   */
  Optional<ProviderAccount> likely(Set<Protocol> protocols, String model);

  /** The outcome of choosing. */
  sealed interface Choice {
    /** The account that was chosen; its use must be ended, whatever becomes of the request. */
    record Chosen(AccountUse use) implements Choice {}

    /**
     * No account can serve.
     *
     * @param retryAfter when it is worth asking again
     */
    record None(Duration retryAfter) implements Choice {}
  }
}
