package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.internal.sheets.SetPrices;
import io.tollgate.data.DataModule;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.ProgramModule;
import java.time.InstantSource;

/** The prices of the program: a list that is read when it is opened, and those of the database. */
public final class PricesModule implements ProgramModule {
  public static final ModuleEntry<PricesModule> ENTRY =
      ModuleEntry.of(PricesModule.class, PricesModule::open)
          .inEveryProcess()
          .with(BillingConfig.settings());

  private final PriceBook prices;
  private final PriceSheets sheets;

  private PricesModule(PriceBook prices, PriceSheets sheets) {
    this.prices = requireNonNull(prices, "prices is null");
    this.sheets = requireNonNull(sheets, "sheets is null");
  }

  private static PricesModule open(ModuleSite site) {
    PriceTable list = PriceTable.load(BillingConfig.from(site.settings()));
    DataModule data = site.module(DataModule.class);
    PriceBook prices =
        PriceBook.open(list, data.transactions(), data.notifications(), data.clock());
    PriceMetrics.bind(prices, site.facility(MeterRegistry.class));
    return new PricesModule(prices, sheets(list, data.clock()));
  }

  /**
   * What operators set of prices.
   *
   * @param list the price list beside which they are
   * @param clock the database's time
   */
  public static PriceSheets sheets(PriceTable list, InstantSource clock) {
    return new SetPrices(list, clock);
  }

  public PriceBook prices() {
    return prices;
  }

  public PriceSheets sheets() {
    return sheets;
  }

  @Override
  public void close() {
    prices.close();
  }
}
