package io.tollgate.relay.accounts.internal;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.accounts.AccountRouting;
import io.tollgate.relay.accounts.AccountsConfig;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.accounts.ProviderAccountId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Routes requests over an immutable list of accounts, which is replaced as a whole when they
 * change.
 */
public final class AccountRouter implements AccountRouting {
  private static final Duration NOTHING_SERVES = Duration.ofSeconds(30);

  private final LongSupplier nanoTime;
  private final AccountsConfig config;
  private final AtomicInteger turn = new AtomicInteger();
  private volatile List<AccountState> states = List.of();

  public AccountRouter(LongSupplier nanoTime, AccountsConfig config) {
    this.nanoTime = nanoTime;
    this.config = config;
  }

  /** Takes over a new list; load and rest of accounts that stay are kept. */
  public synchronized void replace(List<ProviderAccount> accounts) {
    Map<ProviderAccountId, AccountState> known =
        states.stream().collect(Collectors.toMap(s -> s.account().id(), Function.identity()));
    List<AccountState> next = new ArrayList<>(accounts.size());
    for (ProviderAccount account : accounts) {
      AccountState state = known.get(account.id());
      next.add(
          state == null
              ? new AccountState(account, new AccountHealth(nanoTime, config))
              : new AccountState(account, state.health()));
    }
    states = List.copyOf(next);
  }

  @Override
  public Choice choose(Set<Protocol> protocols, String model, Set<ProviderAccountId> tried) {
    long now = nanoTime.getAsLong();
    List<AccountState> all = states;
    int size = all.size();
    // starting at another place each time lets equal accounts take turns
    int start = size <= 1 ? 0 : Math.floorMod(turn.getAndIncrement(), size);
    AccountState best = null;
    AccountState doubtful = null;
    long soonestNanos = Long.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      AccountState state = all.get((start + i) % size);
      ProviderAccount account = state.account();
      if (!protocols.contains(account.protocol())
          || !account.serves(model)
          || tried.contains(account.id())) {
        continue;
      }
      AccountHealth health = state.health();
      long toldNanos = health.toldToRestNanos(now);
      if (toldNanos > 0) {
        soonestNanos = Math.min(soonestNanos, toldNanos);
      } else if (health.doubtful(now)) {
        doubtful = better(doubtful, state);
      } else {
        best = better(best, state);
      }
    }
    AccountState chosen = best != null ? best : doubtful;
    if (chosen != null) {
      return new Choice.Chosen(new CountedUse(chosen));
    }
    return new Choice.None(
        soonestNanos == Long.MAX_VALUE ? NOTHING_SERVES : Duration.ofNanos(soonestNanos));
  }

  @Override
  public Optional<ProviderAccount> likely(Set<Protocol> protocols, String model) {
    for (AccountState state : states) {
      if (protocols.contains(state.account().protocol()) && state.account().serves(model)) {
        return Optional.of(state.account());
      }
    }
    return Optional.empty();
  }

  private static AccountState better(@Nullable AccountState one, AccountState other) {
    if (one == null) {
      return other;
    }
    int byPriority = Integer.compare(other.account().priority(), one.account().priority());
    if (byPriority != 0) {
      return byPriority < 0 ? other : one;
    }
    // (load + 1) / weight, compared without dividing
    long loadOfOne = (one.health().load() + 1L) * other.account().weight();
    long loadOfOther = (other.health().load() + 1L) * one.account().weight();
    return loadOfOther < loadOfOne ? other : one;
  }
}
