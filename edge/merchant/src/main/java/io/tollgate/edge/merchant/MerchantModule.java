package io.tollgate.edge.merchant;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.DataModule;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.MerchantAccess;
import io.tollgate.rewards.RewardsModule;
import io.tollgate.trading.engine.EngineModule;
import io.tollgate.web.HttpInterface;
import io.tollgate.web.InterfaceRoutes;
import io.tollgate.web.Routes;
import java.time.Duration;
import java.util.List;

/** Opens the merchant API for the program. */
public final class MerchantModule implements ProgramModule {
  private static final Setting<Integer> PORT =
      Setting.port("merchant.port", 8_010, "Port of the merchant API as a role of its own.");
  private static final HttpInterface MERCHANT =
      HttpInterface.open("merchant").withOwnPort(PORT).saying("ok").refusing(Envelope.errors());

  public static final ModuleEntry<MerchantModule> ENTRY =
      ModuleEntry.of(MerchantModule.class, MerchantModule::open)
          .inRole("merchant")
          .with(List.of(PORT))
          .stating(HttpInterface.class, List.of(MERCHANT));

  /** How often nonces whose time is over are forgotten. */
  private static final Duration SWEEP = Duration.ofMinutes(1);

  private final Routes routes;
  private final Transactions transactions;
  private final MerchantAccess access;

  private MerchantModule(Routes routes, Transactions transactions, MerchantAccess access) {
    this.routes = requireNonNull(routes, "routes is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.access = requireNonNull(access, "access is null");
  }

  private static MerchantModule open(ModuleSite site) {
    DataModule data = site.module(DataModule.class);
    RewardsModule rewards = site.module(RewardsModule.class);
    return over(
        new Contexts(
            data.transactions(),
            data.clock(),
            site.module(IdentityModule.class),
            site.module(EngineModule.class),
            rewards.cards(),
            rewards.pointLogs(),
            rewards.members(),
            rewards.rewards(),
            rewards.withdrawals(),
            rewards.terms()),
        site.facility(MeterRegistry.class),
        MerchantSteps.of(System.getenv(), Runtime.getRuntime()::halt));
  }

  /** Puts it together over the contexts below. */
  static MerchantModule over(Contexts contexts, MeterRegistry registry, MerchantSteps steps) {
    return new MerchantModule(
        new MerchantRoutes(contexts, registry, steps),
        contexts.transactions(),
        contexts.identity().merchantAccess());
  }

  Routes routes() {
    return routes;
  }

  @Override
  public Offers offers() {
    return Offers.of(InterfaceRoutes.class, new InterfaceRoutes(MERCHANT, routes))
        .and(RecurringJob.class, new RecurringJob("merchant.nonces", SWEEP, this::sweep));
  }

  /** Forgets old nonces until there are none left. */
  private void sweep() {
    int forgotten;
    do {
      forgotten = transactions.write(access::purgeNonces);
    } while (forgotten > 0);
  }
}
