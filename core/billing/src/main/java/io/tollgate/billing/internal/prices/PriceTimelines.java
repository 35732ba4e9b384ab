package io.tollgate.billing.internal.prices;

import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.PriceSheet;
import io.tollgate.billing.TierPrice;
import io.tollgate.contracts.ServiceTier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/** The prices of all models by name and time. Immutable but for quotes that are made when asked. */
public final class PriceTimelines {
  private final SequencedMap<String, PriceTimeline> byId = new LinkedHashMap<>();
  private final Map<String, List<PriceTimeline>> byName = new HashMap<>();
  private final Map<String, Map<ServiceTier, TierPrice>> listedCosts = new HashMap<>();
  private final Map<ModelPrice, DatedPrice> holding = new IdentityHashMap<>();
  private final boolean timeless;
  // asked for on the way of requests; the same until a price begins
  private volatile Sold sold = new Sold(Instant.MAX, Instant.MIN, List.of());

  /** What is sold from one time until another. */
  private record Sold(Instant from, Instant until, List<ModelPrice> models) {}

  private PriceTimelines(boolean timeless) {
    this.timeless = timeless;
  }

  /**
   * The timelines of a list and of sheets.
   *
   * @param before what was there: prices that have not changed stay the same objects, as requests
   *     under way hold them
   */
  public static PriceTimelines of(
      PriceList list,
      List<PriceSheet> sheets,
      UnpricedTiers unpriced,
      Optional<PriceTimelines> before) {
    PriceTimelines made = new PriceTimelines(sheets.isEmpty());
    SequencedMap<String, List<DatedPrice>> prices = new LinkedHashMap<>();
    for (ModelPrice model : list.models()) {
      Map<ServiceTier, TierPrice> cost = list.costs().getOrDefault(model.id(), model.tiers());
      made.listedCosts.put(model.id(), cost);
      DatedPrice fresh =
          kept(before, model)
              .orElseGet(
                  () ->
                      new DatedPrice(
                          Instant.EPOCH, list.version(), model, Optional.of(cost), unpriced));
      prices.computeIfAbsent(model.id(), id -> new ArrayList<>()).add(fresh);
    }
    Map<String, List<DatedPrice>> others = new TreeMap<>();
    for (PriceSheet sheet : sheets) {
      ModelPrice model = sheet.model();
      DatedPrice price = kept(before, model).orElseGet(() -> made.dated(sheet, unpriced));
      List<DatedPrice> listed = prices.get(model.id());
      (listed != null ? listed : others.computeIfAbsent(model.id(), id -> new ArrayList<>()))
          .add(price);
    }
    prices.putAll(others);
    prices.forEach(made::add);
    return made;
  }

  private static Optional<DatedPrice> kept(Optional<PriceTimelines> before, ModelPrice model) {
    return before.flatMap(known -> known.holding(model));
  }

  private DatedPrice dated(PriceSheet sheet, UnpricedTiers unpriced) {
    return new DatedPrice(
        sheet.effectiveFrom(),
        sheet.origin(),
        sheet.model(),
        sheet.upstreamCost().or(() -> listedCost(sheet.model().id())),
        unpriced);
  }

  private void add(String id, List<DatedPrice> prices) {
    prices.sort(Comparator.comparing(DatedPrice::from));
    PriceTimeline timeline = new PriceTimeline(prices);
    byId.put(id, timeline);
    Set<String> names = new HashSet<>();
    for (DatedPrice price : prices) {
      holding.put(price.model(), price);
      names.addAll(price.names());
    }
    names.forEach(name -> byName.computeIfAbsent(name, n -> new ArrayList<>()).add(timeline));
  }

  public Optional<DatedPrice> find(String name, InstantSource clock) {
    List<PriceTimeline> called = byName.get(name);
    if (called == null) {
      return Optional.empty();
    }
    if (timeless) {
      // on the way of every request: nothing to look for
      return Optional.of(called.getFirst().prices().getFirst());
    }
    return find(name, clock.instant());
  }

  /** The price of the model of that name at that time. */
  public Optional<DatedPrice> find(String name, Instant time) {
    for (PriceTimeline timeline : byName.getOrDefault(name, List.of())) {
      Optional<DatedPrice> price = timeline.at(time).filter(each -> each.isCalled(name));
      if (price.isPresent()) {
        return price;
      }
    }
    return Optional.empty();
  }

  /** The models that are sold now. */
  public List<ModelPrice> models(InstantSource clock) {
    Instant now = clock.instant();
    Sold known = sold;
    if (now.isBefore(known.from()) || !now.isBefore(known.until())) {
      known =
          new Sold(now, nextAfter(now), all(() -> now).stream().map(DatedPrice::model).toList());
      sold = known;
    }
    return known.models();
  }

  /** When the next price of any model begins; far in the future where none does. */
  private Instant nextAfter(Instant time) {
    return byId.values().stream()
        .flatMap(timeline -> timeline.prices().stream())
        .map(DatedPrice::from)
        .filter(from -> from.isAfter(time))
        .min(Comparator.naturalOrder())
        .orElse(Instant.MAX);
  }

  /** What is sold at the clock's time. */
  public List<DatedPrice> all(InstantSource clock) {
    Instant now = clock.instant();
    return byId.values().stream().flatMap(timeline -> timeline.at(now).stream()).toList();
  }

  /** When the model's next price begins. */
  public Optional<Instant> nextAfter(String id, Instant time) {
    return Optional.ofNullable(byId.get(id)).stream()
        .flatMap(timeline -> timeline.prices().stream())
        .map(DatedPrice::from)
        .filter(from -> from.isAfter(time))
        .findFirst();
  }

  /** The price with that model: the very object. */
  public Optional<DatedPrice> holding(ModelPrice model) {
    return Optional.ofNullable(holding.get(model));
  }

  public Optional<Map<ServiceTier, TierPrice>> listedCost(String id) {
    return Optional.ofNullable(listedCosts.get(id));
  }

  /** A name that two models have at one time. */
  public Optional<String> ambiguity() {
    for (Map.Entry<String, List<PriceTimeline>> named : byName.entrySet()) {
      List<PriceTimeline> all = named.getValue();
      for (int i = 0; i < all.size(); i++) {
        for (int k = i + 1; k < all.size(); k++) {
          if (meet(named.getKey(), all.get(i), all.get(k))) {
            return Optional.of(
                named.getKey()
                    + ": a name of "
                    + all.get(i).prices().getFirst().model().id()
                    + " and of "
                    + all.get(k).prices().getFirst().model().id());
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean meet(String name, PriceTimeline one, PriceTimeline other) {
    for (int i = 0; i < one.prices().size(); i++) {
      for (int k = 0; k < other.prices().size(); k++) {
        DatedPrice left = one.prices().get(i);
        DatedPrice right = other.prices().get(k);
        if (left.isCalled(name)
            && right.isCalled(name)
            && left.from().isBefore(other.end(k))
            && right.from().isBefore(one.end(i))) {
          return true;
        }
      }
    }
    return false;
  }
}
