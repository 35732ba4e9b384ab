package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.ProgramModule;

/** The price list, read when the program opens it. */
public final class PricesModule implements ProgramModule {
  public static final ModuleEntry<PricesModule> ENTRY =
      ModuleEntry.of(PricesModule.class, PricesModule::open)
          .inEveryProcess()
          .with(BillingConfig.settings());

  private final PriceTable prices;

  private PricesModule(PriceTable prices) {
    this.prices = requireNonNull(prices, "prices is null");
  }

  private static PricesModule open(ModuleSite site) {
    PriceTable prices = PriceTable.load(BillingConfig.from(site.settings()));
    PriceMetrics.bind(prices, site.facility(MeterRegistry.class));
    return new PricesModule(prices);
  }

  public PriceTable prices() {
    return prices;
  }
}
