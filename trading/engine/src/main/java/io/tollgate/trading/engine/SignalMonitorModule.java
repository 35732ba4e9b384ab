package io.tollgate.trading.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.DataModule;
import io.tollgate.data.RecurringJob;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.trading.engine.internal.monitor.MonitorDesk;
import io.tollgate.trading.engine.internal.monitor.ScanMeters;
import io.tollgate.trading.engine.internal.orders.SignalIntake;
import io.tollgate.trading.exchange.Exchange;
import java.time.Duration;
import java.util.List;

/** Looks at bars as they close and makes signals of what strategies say of them. */
public final class SignalMonitorModule implements ProgramModule {
  /** The role in whose processes it is open. */
  public static final String ROLE = "signal-monitor";

  private static final Setting<Exchange> EXCHANGE =
      new Setting<>(
          "signal.monitor.exchange",
          "Exchange whose bars strategies see that are followed on any: binance, okx or gate.",
          "binance",
          SignalMonitorModule::exchange,
          false);

  /** The module's entry. */
  public static final ModuleEntry<SignalMonitorModule> ENTRY =
      ModuleEntry.of(SignalMonitorModule.class, SignalMonitorModule::new)
          .inRole(ROLE)
          .with(List.of(EXCHANGE));

  private final MonitorDesk desk;

  private SignalMonitorModule(ModuleSite site) {
    DataModule data = site.module(DataModule.class);
    Duration maxAge = EngineModule.signalAge(site);
    this.desk =
        new MonitorDesk(
            new MonitorDesk.Below(
                data.transactions(),
                site.module(EngineModule.class).strategies(),
                new SignalIntake(site.random(), maxAge, data.clock()),
                site.module(MarketsModule.class)::market),
            usualExchange(site),
            maxAge,
            new ScanMeters(site.facility(MeterRegistry.class)),
            site.random(),
            data.clock(),
            System::nanoTime);
  }

  private static Exchange exchange(String text) {
    return switch (text) {
      case "binance" -> Exchange.BINANCE;
      case "okx" -> Exchange.OKX;
      case "gate" -> Exchange.GATE;
      default -> throw new IllegalArgumentException("binance, okx or gate");
    };
  }

  /** Whose bars strategies see that are followed on any exchange, as set. */
  public static Exchange usualExchange(ModuleSite site) {
    return site.settings().get(EXCHANGE);
  }

  @Override
  public Offers offers() {
    return Offers.of(RecurringJob.class, desk.job());
  }

  @Override
  public void close() {
    desk.close();
  }
}
