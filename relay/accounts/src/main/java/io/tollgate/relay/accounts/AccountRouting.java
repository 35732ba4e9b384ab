package io.tollgate.relay.accounts;

import io.tollgate.contracts.Protocol;
import java.time.Duration;
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
   * @param tried accounts this request has failed on already
   */
  Choice choose(Protocol protocol, String model, Set<ProviderAccountId> tried);

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
