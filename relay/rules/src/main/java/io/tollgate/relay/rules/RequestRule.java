package io.tollgate.relay.rules;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What is to be done with the requests of one key beside passing them on.
 *
 * @param cache how their answers are kept; empty: they are not
 * @param filter what is asked about them and their answers; empty: nothing is
 * @param prompts how they are kept with their answers; empty: they are not
 */
public record RequestRule(
    Optional<CacheRule> cache, Optional<FilterRule> filter, Optional<PromptRule> prompts) {
  /** Nothing, as for everybody of whom nothing was set. */
  public static final RequestRule NONE =
      new RequestRule(Optional.empty(), Optional.empty(), Optional.empty());

  public RequestRule {
    requireNonNull(cache, "cache is null");
    requireNonNull(filter, "filter is null");
    requireNonNull(prompts, "prompts is null");
  }

  /** Whether requests and answers are looked at or kept, so that none may pass unseen. */
  public boolean looksAtRequests() {
    return filter.isPresent() || prompts.isPresent();
  }
}
