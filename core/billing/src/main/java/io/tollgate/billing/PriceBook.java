package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.internal.sheets.StoredPrices;
import io.tollgate.billing.internal.sheets.TableKeeper;
import io.tollgate.data.Notifications;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.PriceQuote;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.ServedUsage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The prices of this process: one table in memory that is replaced as a whole when prices change in
 * the database, by whatever process. Reading never blocks. Safe for use by many threads.
 */
public final class PriceBook implements ModelPrices, QuoteBook, AutoCloseable {
  private final TableKeeper keeper;
  private final LongAdder costsUnknown = new LongAdder();
  private volatile AccountCostFactors factors = AccountCostFactors.SAME;

  private PriceBook(TableKeeper keeper) {
    this.keeper = requireNonNull(keeper, "keeper is null");
  }

  /**
   * Reads the prices of the database beside the list, and from then on every change of them within
   * a second.
   *
   * @param list without sheets
   * @param clock the database's time
   */
  public static PriceBook open(
      PriceTable list,
      Transactions transactions,
      Notifications notifications,
      InstantSource clock) {
    return new PriceBook(
        TableKeeper.start(list, new StoredPrices(), transactions, notifications, clock));
  }

  /** Says what accounts charge; until it is said, what the model costs. */
  public void accountsCharge(AccountCostFactors charged) {
    this.factors = requireNonNull(charged, "charged is null");
  }

  /** All prices as they are known now. */
  public PriceTable table() {
    return keeper.table();
  }

  /** Reads them again at once: for who has just changed them and wants to see it. Blocks. */
  public void refresh() {
    keeper.refresh();
  }

  @Override
  public Optional<ModelPrice> find(String model) {
    return table().find(model);
  }

  @Override
  public List<ModelPrice> all() {
    return table().all();
  }

  @Override
  public TierQuotes quotes(
      ModelPrice model, TenantId tenant, UserId user, Asset currency, Instant at) {
    return table().quotes(model, tenant, user, currency, at);
  }

  @Override
  public long servedWithoutPrice() {
    return table().servedWithoutPrice();
  }

  @Override
  public PriceQuote byVersion(String version) {
    return table().byVersion(version);
  }

  @Override
  public OptionalLong upstreamCost(ServedUsage served) {
    BigDecimal factor =
        served.account().isPresent() ? factors.of(served.account().getAsLong()) : BigDecimal.ONE;
    OptionalLong cost = table().upstreamCost(served, factor);
    if (cost.isEmpty()) {
      costsUnknown.increment();
    }
    return cost;
  }

  /** How many requests were booked since the start of which nobody knows what they cost us. */
  public long costsUnknown() {
    return costsUnknown.sum();
  }

  /** How often the table was replaced since the start. */
  public long replaced() {
    return keeper.replaced();
  }

  /** How often prices could not be read since the start; the table stayed as it was. */
  public long failures() {
    return keeper.failures();
  }

  @Override
  public void close() {
    keeper.close();
  }
}
