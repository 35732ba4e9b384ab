package io.tollgate.relay.accounts.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.contracts.Protocol;
import io.tollgate.ground.TenantId;
import io.tollgate.relay.accounts.AccountQuery;
import io.tollgate.relay.accounts.AccountRouting;
import io.tollgate.relay.accounts.AccountUse;
import io.tollgate.relay.accounts.AccountsConfig;
import io.tollgate.relay.accounts.HealthState;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.relay.accounts.RoutingStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Routes requests over an immutable list of accounts, which is replaced as a whole when they
 * change.
 */
public final class AccountRouter implements AccountRouting {
  private static final Duration NOTHING_SERVES = Duration.ofSeconds(30);
  private static final Duration TAKEN_MEANWHILE = Duration.ofSeconds(1);
  private static final int ROUNDS = 8;

  private final LongSupplier nanoTime;
  private final AccountsConfig config;
  private final Consumer<Health> changed;
  private final MeterRegistry registry;
  private final StickySessions sessions;
  private final AtomicInteger turn = new AtomicInteger();
  private final Map<Long, AccountMemory> memories = new HashMap<>();
  private volatile RouteMap routes = RouteMap.EMPTY;

  /**
   * @param changed hears of health that has changed here; must not block
   */
  AccountRouter(
      LongSupplier nanoTime,
      AccountsConfig config,
      Consumer<Health> changed,
      MeterRegistry registry) {
    this.nanoTime = nanoTime;
    this.config = config;
    this.changed = changed;
    this.registry = registry;
    sessions = new StickySessions(config.stickySessions());
  }

  /**
   * Takes over a new list; load and health of accounts that stay are kept.
   *
   * @param accounts each account once with each of its keys, in a row
   * @param health of any of them
   */
  synchronized void replace(
      List<List<ProviderAccount>> accounts,
      Map<TenantId, RoutingStrategy> strategies,
      Collection<LearnedHealth> health) {
    Map<ProviderAccountId, RoutedAccount> before =
        routes.accounts().stream().collect(Collectors.toMap(RoutedAccount::id, each -> each));
    List<RoutedAccount> next = new ArrayList<>(accounts.size());
    Set<Long> present = new HashSet<>();
    for (List<ProviderAccount> withKeys : accounts) {
      ProviderAccount any = withKeys.getFirst();
      present.add(any.id().value());
      RoutedAccount same = before.get(any.id());
      next.add(
          same != null && same.withKeys().equals(withKeys)
              ? same
              : new RoutedAccount(withKeys, memory(any, withKeys)));
    }
    learn(health);
    routes = new RouteMap(next, strategies);
    memories
        .entrySet()
        .removeIf(
            entry -> {
              if (present.contains(entry.getKey())) {
                return false;
              }
              entry.getValue().meters().close();
              return true;
            });
  }

  /** Takes over what other processes have learned. */
  synchronized void learn(Collection<LearnedHealth> health) {
    long now = nanoTime.getAsLong();
    for (LearnedHealth learned : health) {
      AccountMemory memory = memories.get(learned.subject().account());
      if (memory != null) {
        memory.learn(learned, now);
      }
    }
  }

  @Override
  public Choice choose(AccountQuery query, Set<ProviderAccountId> tried) {
    RouteMap current = routes;
    return choose(query, tried, current, current.accounts());
  }

  @Override
  public Choice chooseOnly(
      ProviderAccountId only, AccountQuery query, Set<ProviderAccountId> tried) {
    RouteMap current = routes;
    List<RoutedAccount> found =
        current.accounts().stream().filter(each -> each.id().equals(only)).toList();
    return choose(query, tried, current, found);
  }

  @Override
  public Optional<ProviderAccount> find(ProviderAccountId account, long key) {
    for (RoutedAccount each : routes.accounts()) {
      if (each.id().equals(account)) {
        return each.withKeys().stream()
            .filter(withKey -> withKey.apiKey().id() == key)
            .findFirst()
            .or(() -> Optional.of(each.withKeys().getFirst()));
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<ProviderAccount> keeper(Set<Protocol> protocols, Set<String> groups, long user) {
    long now = nanoTime.getAsLong();
    RoutedAccount best = null;
    for (RoutedAccount each : routes.accounts()) {
      if (each.keeps(protocols, groups, now) && (best == null || before(each, best, user))) {
        best = each;
      }
    }
    return Optional.ofNullable(best).map(found -> found.withKey(Math.max(0, found.key(0, now))));
  }

  private static boolean before(RoutedAccount one, RoutedAccount other, long user) {
    return one.priority() != other.priority()
        ? one.priority() < other.priority()
        : one.affinity(user) > other.affinity(user);
  }

  private Choice choose(
      AccountQuery query, Set<ProviderAccountId> tried, RouteMap current, List<RoutedAccount> all) {
    long now = nanoTime.getAsLong();
    int start = all.size() <= 1 ? 0 : Math.floorMod(turn.getAndIncrement(), all.size());
    long conversation = StickySessions.conversation(query);
    long sticky = sessions.account(conversation);
    AccountScan scan = new AccountScan(query, tried, current.strategy(query.tenant()), sticky, now);
    Set<RoutedAccount> passed = Set.of();
    for (int round = 0; round < ROUNDS; round++) {
      RoutedAccount found = scan.find(all, start, passed);
      if (found == null) {
        long soonest = scan.soonestNanos();
        return new Choice.None(
            soonest == Long.MAX_VALUE ? NOTHING_SERVES : Duration.ofNanos(soonest));
      }
      AccountUse use = take(found, query, conversation, sticky, now);
      if (use != null) {
        return new Choice.Chosen(use);
      }
      passed = passed.isEmpty() ? new HashSet<>() : passed;
      passed.add(found);
    }
    return new Choice.None(TAKEN_MEANWHILE);
  }

  @Override
  public Optional<ProviderAccount> likely(AccountQuery query) {
    int wanted = RoutedAccount.mask(query.protocols());
    RoutedAccount likely = null;
    for (RoutedAccount each : routes.accounts()) {
      if (each.suits(query, wanted) && (likely == null || each.priority() < likely.priority())) {
        likely = each;
      }
    }
    return Optional.ofNullable(likely).map(found -> found.withKeys().getFirst());
  }

  private @Nullable AccountUse take(
      RoutedAccount account, AccountQuery query, long conversation, long sticky, long now) {
    int key = account.key(query.session(), now);
    if (key < 0 || !account.tryBegin(query.tokens(), now)) {
      return null;
    }
    Health health = account.memory().health();
    boolean probe = health.open();
    if (probe && !health.tryProbe(now)) {
      account.undoBegin(query.tokens(), now);
      return null;
    }
    // only an account that answers has something of the conversation in its cache
    long unkept = account.id().value() == sticky ? 0 : conversation;
    return new CountedUse(account, key, query.tokens(), probe, nanoTime, now, sessions, unkept);
  }

  private AccountMemory memory(ProviderAccount account, List<ProviderAccount> withKeys) {
    AccountMemory memory = memories.computeIfAbsent(account.id().value(), _ -> newMemory(account));
    memory.keepKeys(withKeys.stream().map(each -> each.apiKey().id()).collect(Collectors.toSet()));
    return memory;
  }

  private AccountMemory newMemory(ProviderAccount account) {
    long id = account.id().value();
    AccountMeters meters =
        memories.size() < config.meteredMax()
            ? AccountMeters.of(registry, id, account.provider())
            : AccountMeters.none();
    AccountMemory memory = new AccountMemory(id, config, changed, nanoTime.getAsLong(), meters);
    meters.watch(() -> state(memory).ordinal(), () -> memory.load().get());
    return memory;
  }

  /** What metrics show: the worse of the account's state and that of its best key. */
  private HealthState state(AccountMemory memory) {
    return memory.state(nanoTime.getAsLong());
  }
}
