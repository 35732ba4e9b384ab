package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.internal.prices.CallerMultipliers;
import io.tollgate.billing.internal.prices.DatedPrice;
import io.tollgate.billing.internal.prices.ListQuote;
import io.tollgate.billing.internal.prices.PriceList;
import io.tollgate.billing.internal.prices.PriceListReader;
import io.tollgate.billing.internal.prices.PriceTimelines;
import io.tollgate.billing.internal.prices.QuoteVersion;
import io.tollgate.billing.internal.prices.UnpricedTiers;
import io.tollgate.billing.internal.prices.UpstreamCost;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.metering.PriceQuote;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.ServedUsage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All prices at once: a list that is read whole at start, the price sheets of the database beside
 * it, and callers' multipliers. A sheet takes the place of the list's row of the same model from
 * its moment on. Never changes: what is changed in the database makes another table.
 */
public final class PriceTable implements ModelPrices, QuoteBook {
  private static final String SHIPPED = "/prices/models.yaml";
  private static final Asset USD = Asset.money("USD");

  private final PriceList list;
  private final PriceTimelines timelines;
  private final CallerMultipliers multipliers;
  private final UnpricedTiers unpriced;
  private final InstantSource clock;
  private final UpstreamCost upstream;

  private PriceTable(
      PriceList list,
      PriceTimelines timelines,
      CallerMultipliers multipliers,
      UnpricedTiers unpriced,
      InstantSource clock) {
    this.list = list;
    this.timelines = timelines;
    this.multipliers = multipliers;
    this.unpriced = unpriced;
    this.clock = clock;
    this.upstream = new UpstreamCost(timelines);
  }

  private static PriceTable of(PriceList list) {
    UnpricedTiers unpriced = new UnpricedTiers();
    return new PriceTable(
        list,
        PriceTimelines.of(list, List.of(), unpriced, Optional.empty()),
        CallerMultipliers.NONE,
        unpriced,
        InstantSource.system());
  }

  /**
   * The list the settings name, or the one shipped.
   *
   * @throws SettingsException naming the first thing in it that cannot be used
   */
  public static PriceTable load(BillingConfig config) {
    return config.pricesFile().map(PriceTable::read).orElseGet(PriceTable::shipped);
  }

  /** The list that comes with the program. */
  public static PriceTable shipped() {
    try (InputStream stream = PriceTable.class.getResourceAsStream(SHIPPED)) {
      if (stream == null) {
        throw new IllegalStateException("resource " + SHIPPED + " is missing");
      }
      return of(PriceListReader.read("the price list shipped", stream.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PriceTable read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new SettingsException(
          BillingConfig.PRICES_FILE.name()
              + ": "
              + file
              + " (expected: a file to read; "
              + e
              + ")");
    }
    return of(PriceListReader.read(file.toString(), bytes));
  }

  /**
   * The same list with sheets and multipliers.
   *
   * @param clock says which sheets have begun
   * @throws SettingsException when a sheet cannot be used
   */
  public PriceTable with(List<PriceSheet> sheets, CallerMultipliers callers, InstantSource clock) {
    requireNonNull(callers, "callers is null");
    requireNonNull(clock, "clock is null");
    return new PriceTable(
        list,
        PriceTimelines.of(list, sheets, unpriced, Optional.of(timelines)),
        callers,
        unpriced,
        clock);
  }

  @Override
  public Optional<ModelPrice> find(String model) {
    return timelines.find(model, clock).map(DatedPrice::model);
  }

  @Override
  public List<ModelPrice> all() {
    return timelines.models(clock);
  }

  /** What every model costs at that time, in the order of the list, others after it by name. */
  public List<CurrentPrice> at(Instant time) {
    return timelines.all(() -> time).stream()
        .map(
            price ->
                new CurrentPrice(
                    price.model(),
                    price.list(),
                    price.from(),
                    price.cost(),
                    timelines.nextAfter(price.model().id(), time)))
        .toList();
  }

  /** By how much the prices of a caller are multiplied. */
  public PriceMultipliers multipliers(TenantId tenant, UserId user) {
    return multipliers.of(tenant, user);
  }

  /** Names that two models have at one time, with both; empty when each name means one model. */
  public Optional<String> ambiguity() {
    return timelines.ambiguity();
  }

  @Override
  public TierQuotes quotes(
      ModelPrice model, TenantId tenant, UserId user, Asset currency, Instant at) {
    if (!currency.equals(USD)) {
      throw new Refusal(
          ErrorCode.CURRENCY_MISMATCH,
          "currency: " + currency + " (expected: " + USD + ", in which list prices are)");
    }
    PriceMultipliers by = multipliers.of(tenant, user);
    return timelines
        .holding(model)
        .orElseGet(
            () -> new DatedPrice(Instant.EPOCH, list.version(), model, Optional.empty(), unpriced))
        .quotes(by);
  }

  @Override
  public long servedWithoutPrice() {
    return unpriced.count();
  }

  @Override
  public PriceQuote byVersion(String version) {
    return new ListQuote(QuoteVersion.read(version));
  }

  @Override
  public OptionalLong upstreamCost(ServedUsage served) {
    return upstreamCost(served, BigDecimal.ONE);
  }

  /**
   * What an upstream charges for a request, nano USD; nothing where that is not known.
   *
   * @param factor what the account charges, as a multiple of the model's cost
   */
  public OptionalLong upstreamCost(ServedUsage served, BigDecimal factor) {
    return upstream.cost(served, factor);
  }

  /** What the list says that a model costs us, where a sheet does not say. */
  public Optional<Map<ServiceTier, TierPrice>> listedCost(String model) {
    return timelines.listedCost(model);
  }
}
