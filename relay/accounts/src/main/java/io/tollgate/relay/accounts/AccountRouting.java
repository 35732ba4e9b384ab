package io.tollgate.relay.accounts;

import io.tollgate.contracts.Protocol;
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

  /**
   * The one account that keeps what a request is about, if it can serve now; no other is chosen.
   *
   * @param tried accounts this request has failed on already
   */
  Choice chooseOnly(ProviderAccountId only, AccountQuery query, Set<ProviderAccountId> tried);

  /**
   * An account by its number, whether it rests or not: for what only it has.
   *
   * @param key number of the key to use, if the account still has it; else another of its keys
   */
  Optional<ProviderAccount> find(ProviderAccountId account, long key);

  /**
   * An account for something that no model is known of yet, such as a file: of those that speak one
   * of the protocols, are in one of the groups and do not rest, the lowest priority first, and for
   * one user always the same as long as it does not rest. Nothing is counted.
   */
  Optional<ProviderAccount> keeper(Set<Protocol> protocols, Set<String> groups, long user);

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
