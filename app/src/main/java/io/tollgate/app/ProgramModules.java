package io.tollgate.app;

import io.tollgate.billing.AccountCostModule;
import io.tollgate.billing.BillingModule;
import io.tollgate.billing.BillingRpcModule;
import io.tollgate.billing.CodesModule;
import io.tollgate.billing.PricesModule;
import io.tollgate.billing.RechargeModule;
import io.tollgate.billing.ServicesModule;
import io.tollgate.billing.SubscriptionsModule;
import io.tollgate.data.DataModule;
import io.tollgate.data.UpgradeCheck;
import io.tollgate.data.UpgradeChecks;
import io.tollgate.edge.admin.AdminModule;
import io.tollgate.edge.admin.BacktestModule;
import io.tollgate.edge.admin.HeartbeatModule;
import io.tollgate.edge.admin.SignalMonitorPort;
import io.tollgate.edge.bus.BusModule;
import io.tollgate.edge.bus.LogBusModule;
import io.tollgate.edge.console.ConsoleModule;
import io.tollgate.edge.merchant.MerchantModule;
import io.tollgate.edge.portal.PortalModule;
import io.tollgate.edge.sync.SyncModule;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.identity.AdminLogModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.PassportModule;
import io.tollgate.insight.InsightModule;
import io.tollgate.ledger.LedgerModule;
import io.tollgate.metering.MeteringModule;
import io.tollgate.redis.RedisModule;
import io.tollgate.relay.accounts.AccountsModule;
import io.tollgate.relay.gateway.GatewayModule;
import io.tollgate.relay.rules.RulesModule;
import io.tollgate.rewards.RewardsModule;
import io.tollgate.trading.engine.EngineModule;
import io.tollgate.trading.engine.MarketsModule;
import io.tollgate.trading.engine.OrdersModule;
import io.tollgate.trading.engine.SignalMonitorModule;
import java.util.List;

/**
 * The modules that the program is made of, from the ground up. A new one is a line here; what a
 * module offers, asks for and can be set stands in the module.
 */
final class ProgramModules {
  static final List<ModuleEntry<?>> ALL =
      List.of(
          SandboxModule.ENTRY,
          DataModule.ENTRY,
          LedgerModule.ENTRY,
          IdentityModule.ENTRY,
          PassportModule.entry(
              ModuleBridges::publicUrl, ModuleBridges::invitations, ModuleBridges::isOverTls),
          PricesModule.ENTRY,
          BillingModule.ENTRY,
          SubscriptionsModule.ENTRY,
          RechargeModule.entry(ModuleBridges::demoPayments),
          RedisModule.ENTRY,
          AccountCostModule.ENTRY,
          MeteringModule.entry(ModuleBridges::metering),
          ServicesModule.ENTRY,
          CodesModule.ENTRY,
          BillingRpcModule.ENTRY,
          RewardsModule.entry(ModuleBridges::isProduction, ModuleBridges::bindingMinimums),
          AccountsModule.entry(ModuleBridges::accountSecrets),
          RulesModule.ENTRY,
          GatewayModule.ENTRY,
          InsightModule.ENTRY,
          SyncModule.ENTRY,
          BusModule.ENTRY,
          LogBusModule.ENTRY,
          PortalModule.ENTRY,
          EngineModule.ENTRY,
          OrdersModule.entry(ModuleBridges::sandboxExchange),
          MarketsModule.entry(ModuleBridges::simulatedMarkets),
          SignalMonitorModule.ENTRY,
          MerchantModule.ENTRY,
          AdminLogModule.ENTRY,
          AdminModule.entry(ModuleBridges.userDevices()),
          HeartbeatModule.ENTRY,
          BacktestModule.ENTRY,
          SignalMonitorPort.ENTRY,
          ConsoleModule.ENTRY);

  private ProgramModules() {}

  /** What they want to see before a database is migrated. */
  static UpgradeChecks upgradeChecks() {
    return new UpgradeChecks(facts(UpgradeCheck.class));
  }

  /** What is known of all of them without opening any. */
  static <T> List<T> facts(Class<T> type) {
    return ALL.stream().flatMap(entry -> entry.facts().all(type).stream()).toList();
  }
}
