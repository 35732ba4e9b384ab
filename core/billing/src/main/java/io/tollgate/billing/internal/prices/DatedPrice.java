package io.tollgate.billing.internal.prices;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ChargedPart;
import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.PriceMultipliers;
import io.tollgate.billing.TierPrice;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.metering.PriceQuote;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A model's prices from a moment on, with its quotes. They are made once for all callers without
 * multipliers and once for each pair of multipliers: writing a quote's version costs more than all
 * the rest of asking for it. Safe for use by many threads.
 */
public final class DatedPrice {
  private static final Asset USD = Asset.money("USD");
  private static final int MAX_MULTIPLIED = 1_000;

  /** With room for the part that is charged of an answer from the cache. */
  private static final int MAX_VERSION_BYTES =
      PriceQuote.MAX_VERSION_BYTES - ChargedPart.ROOM_IN_VERSION;

  private final Instant from;
  private final String list;
  private final ModelPrice model;
  private final Optional<Map<ServiceTier, TierPrice>> cost;
  private final Map<ServiceTier, ListQuote> costQuotes = new HashMap<>();
  private final UnpricedTiers unpriced;
  private final Set<String> names;
  private final ModelQuotes quotes;
  private final Map<PriceMultipliers, ModelQuotes> multiplied = new ConcurrentHashMap<>();

  /**
   * @param from when it begins
   * @param list what the price versions name as its origin
   * @param cost what it costs us, if that is known
   * @throws SettingsException when its price versions do not fit into a record
   */
  public DatedPrice(
      Instant from,
      String list,
      ModelPrice model,
      Optional<Map<ServiceTier, TierPrice>> cost,
      UnpricedTiers unpriced) {
    this.from = requireNonNull(from, "from is null");
    this.list = requireNonNull(list, "list is null");
    this.model = requireNonNull(model, "model is null");
    this.cost = cost;
    this.unpriced = requireNonNull(unpriced, "unpriced is null");
    this.names = new HashSet<>(model.aliases());
    names.add(model.id());
    this.quotes = new ModelQuotes(list, model, USD, PriceMultipliers.NONE, unpriced);
    requireRoom();
    cost.ifPresent(
        tiers ->
            tiers.forEach(
                (tier, price) ->
                    costQuotes.put(
                        tier, new ListQuote(new QuoteTerms(list, model.id(), USD, tier, price)))));
  }

  private void requireRoom() {
    for (ServiceTier tier : model.tiers().keySet()) {
      int bytes = bytes(quotes.asked("tier", tier).version());
      if (bytes > MAX_VERSION_BYTES) {
        throw new SettingsException(
            "model %s, tier %s: its prices take %d bytes in each record (expected: at most %d)"
                .formatted(model.id(), tier, bytes, MAX_VERSION_BYTES));
      }
    }
  }

  private static int bytes(String version) {
    return version.getBytes(StandardCharsets.UTF_8).length;
  }

  public Instant from() {
    return from;
  }

  public String list() {
    return list;
  }

  public ModelPrice model() {
    return model;
  }

  /** By the tier that serves; empty where it is not known. */
  public Optional<Map<ServiceTier, TierPrice>> cost() {
    return cost;
  }

  /** Whether callers may call it so. */
  boolean isCalled(String name) {
    return names.contains(name);
  }

  Set<String> names() {
    return names;
  }

  /**
   * Its quotes for callers with these multipliers.
   *
   * @throws Refusal {@code INVALID_REQUEST} when a price multiplied so is none any more
   */
  public ModelQuotes quotes(PriceMultipliers multipliers) {
    if (multipliers.isNone()) {
      return quotes;
    }
    ModelQuotes known = multiplied.get(multipliers);
    if (known != null) {
      return known;
    }
    ModelQuotes made = made(multipliers);
    if (multiplied.size() >= MAX_MULTIPLIED) {
      multiplied.clear();
    }
    multiplied.put(multipliers, made);
    return made;
  }

  private ModelQuotes made(PriceMultipliers multipliers) {
    ModelQuotes made;
    try {
      made = new ModelQuotes(list, model, USD, multipliers, unpriced);
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "model: " + model.id() + " (expected: one with a price; " + e.getMessage() + ")",
          e);
    }
    for (ServiceTier tier : model.tiers().keySet()) {
      if (bytes(made.asked("tier", tier).version()) > MAX_VERSION_BYTES) {
        throw new Refusal(
            ErrorCode.INVALID_REQUEST,
            "model: " + model.id() + " (expected: one whose multiplied prices fit into a record)");
      }
    }
    return made;
  }

  /** What usage of a tier costs us; that of the standard tier where the tier has none. */
  Optional<ListQuote> costQuote(ServiceTier tier) {
    ListQuote found = costQuotes.get(tier);
    return Optional.ofNullable(found != null ? found : costQuotes.get(ServiceTier.STANDARD));
  }
}
