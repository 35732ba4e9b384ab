package io.tollgate.relay.accounts;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the account that serves a request, of those that are enabled, speak one of its protocols,
 * serve its model and a group of its caller, do not rest, and are within their own limits. The
 * order: the account that served the conversation before, then the lowest priority, then what the
 * tenant's {@link RoutingStrategy} prefers, then the least running requests for its weight.
 *
 * <p>An account rests after a failure. One that was told for how long, was refused by its provider,
 * or failed again and again is left alone; one that merely failed is passed over while another can
 * serve, and tried all the same when none can: a doubtful account is better than none.
 *
 * <p>Everything is in memory: never blocks; safe for use by many threads.
 */
public interface AccountRouting {
  /**
   * @param tried accounts this request has failed on already
   */
  Choice choose(AccountQuery query, Set<ProviderAccountId> tried);

  /**
   * An account that may be chosen for such a request, for what is to be prepared before; nothing is
   * counted. Empty where none is known that could ever serve it.
   */
  Optional<ProviderAccount> likely(AccountQuery query);

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
