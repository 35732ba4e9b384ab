package io.tollgate.billing.internal.costs;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.AccountCostSummary;
import io.tollgate.billing.AccountCosts;
import io.tollgate.data.Transactions;
import io.tollgate.metering.AccountCost;
import io.tollgate.metering.AccountCostQueries;
import io.tollgate.redis.RedisStore;
import java.math.BigInteger;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;

/** Reads costs from Redis first, and what it does not have from the books. */
public final class ReadCosts implements AccountCosts {
  private static final int MAX_ACCOUNTS = 500;

  private final Optional<RedisStore> redis;
  private final Transactions transactions;
  private final AccountCostQueries costs;
  private final InstantSource clock;
  private final LongAdder fromBooks = new LongAdder();

  public ReadCosts(
      Optional<RedisStore> redis,
      Transactions transactions,
      AccountCostQueries costs,
      InstantSource clock) {
    this.redis = requireNonNull(redis, "redis is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.costs = requireNonNull(costs, "costs is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  private record Place(long account, Optional<LocalDate> day) {}

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  @Override
  public Map<Long, AccountCostSummary> summaries(Collection<Long> accounts) {
    List<Long> asked = List.copyOf(new HashSet<>(accounts));
    if (asked.size() > MAX_ACCOUNTS) {
      throw new IllegalArgumentException(
          "accounts: " + asked.size() + " (expected: at most " + MAX_ACCOUNTS + ")");
    }
    if (asked.isEmpty()) {
      return Map.of();
    }
    LocalDate today = today();
    List<Place> places = new ArrayList<>();
    for (long account : asked) {
      places.add(new Place(account, Optional.empty()));
      places.add(new Place(account, Optional.of(today)));
    }
    Map<Place, AccountCost> found = fromRedis(places);
    Map<Long, List<AccountCost>> days =
        transactions.read(tx -> costs.days(tx, asked, today.minusDays(MAX_DAYS - 1L), today));
    List<Long> unknown =
        asked.stream()
            .filter(account -> !found.containsKey(new Place(account, Optional.empty())))
            .toList();
    Map<Long, AccountCost> totals =
        unknown.isEmpty() ? Map.of() : transactions.read(tx -> costs.totals(tx, unknown));
    fromBooks.add(unknown.size());
    Map<Long, AccountCostSummary> summaries = new HashMap<>();
    for (long account : asked) {
      List<AccountCost> recent = days.getOrDefault(account, List.of());
      AccountCost total =
          Optional.ofNullable(found.get(new Place(account, Optional.empty())))
              .or(() -> Optional.ofNullable(totals.get(account)))
              .orElseGet(() -> AccountCost.none(account, Optional.empty()));
      AccountCost last =
          Optional.ofNullable(found.get(new Place(account, Optional.of(today))))
              .or(() -> on(recent, today))
              .orElseGet(() -> AccountCost.none(account, Optional.of(today)));
      summaries.put(account, summary(total, last, recent));
    }
    return summaries;
  }

  private static Optional<AccountCost> on(List<AccountCost> days, LocalDate day) {
    return days.stream().filter(cost -> cost.day().equals(Optional.of(day))).findFirst();
  }

  private static AccountCostSummary summary(
      AccountCost total, AccountCost today, List<AccountCost> recent) {
    BigInteger nanos =
        recent.stream().map(AccountCost::nanos).reduce(BigInteger.ZERO, BigInteger::add);
    long requests = recent.stream().mapToLong(AccountCost::requests).sum();
    AccountCost sum = new AccountCost(total.account(), Optional.empty(), requests, nanos, 0);
    return new AccountCostSummary(total, today, sum.usd(), requests);
  }

  @Override
  public List<AccountCost> daily(long account, int days) {
    if (days < 1 || days > MAX_DAYS) {
      throw new IllegalArgumentException("days: " + days + " (expected: 1 to " + MAX_DAYS + ")");
    }
    LocalDate today = today();
    List<Place> places = new ArrayList<>();
    for (int back = 0; back < days; back++) {
      places.add(new Place(account, Optional.of(today.minusDays(back))));
    }
    Map<Place, AccountCost> found = fromRedis(places);
    if (found.size() < places.size()) {
      Map<Long, List<AccountCost>> booked =
          transactions.read(
              tx -> costs.days(tx, List.of(account), today.minusDays(days - 1L), today));
      fromBooks.increment();
      booked
          .getOrDefault(account, List.of())
          .forEach(cost -> found.putIfAbsent(new Place(account, cost.day()), cost));
    }
    return places.stream()
        .map(
            place ->
                Optional.ofNullable(found.get(place))
                    .orElseGet(() -> AccountCost.none(account, place.day())))
        .toList();
  }

  /** What Redis has; what is missing, late or broken is left out. */
  private Map<Place, AccountCost> fromRedis(List<Place> places) {
    Map<Place, AccountCost> found = new LinkedHashMap<>();
    if (redis.isEmpty() || !redis.get().isConnected()) {
      return found;
    }
    Map<Place, CompletableFuture<List<Optional<String>>>> asked = new LinkedHashMap<>();
    for (Place place : places) {
      asked.put(
          place,
          redis
              .get()
              .fields(CostKeys.key(place.account(), place.day()), CostKeys.FIELDS)
              .toCompletableFuture());
    }
    asked.forEach(
        (place, answer) -> {
          try {
            CostKeys.read(place.account(), place.day(), answer.join())
                .ifPresent(cost -> found.put(place, cost));
          } catch (CompletionException _) {
            // the books have it
          }
        });
    return found;
  }

  /** How often the books were asked for what Redis did not have, since the start. */
  public long fromBooks() {
    return fromBooks.sum();
  }
}
