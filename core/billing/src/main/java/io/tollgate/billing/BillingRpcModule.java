package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.internal.rpc.InternalRpc;
import io.tollgate.billing.internal.rpc.OpenRpc;
import io.tollgate.billing.internal.rpc.PaymentRpc;
import io.tollgate.billing.internal.rpc.RpcCallers;
import io.tollgate.data.DataModule;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.Tenants;
import io.tollgate.rpc.RpcService;
import java.util.List;
import java.util.function.Function;

/** Offers billing over gRPC, as the program opens it. */
public final class BillingRpcModule implements ProgramModule {
  private static final String ROLE = "billing";

  public static final ModuleEntry<BillingRpcModule> ENTRY =
      ModuleEntry.of(BillingRpcModule.class, BillingRpcModule::open).inRole(ROLE);

  private final Offers offers;

  private BillingRpcModule(Offers offers) {
    this.offers = requireNonNull(offers, "offers is null");
  }

  private static BillingRpcModule open(ModuleSite site) {
    IdentityModule identity = site.module(IdentityModule.class);
    RpcCallers callers = new RpcCallers(identity.serviceTokens(), identity.bearers());
    ServicesModule services = site.module(ServicesModule.class);
    ServiceCharges charges = services.charges();
    RechargeOrders orders = site.module(RechargeModule.class).orders();
    return new BillingRpcModule(
        Offers.NONE.and(
            RpcService.class,
            List.of(
                RpcService.of(ROLE, new OpenRpc(callers, services.records(), orders).bindService()),
                RpcService.of(ROLE, new InternalRpc(callers, charges, orders).bindService()),
                RpcService.of(
                    ROLE,
                    new PaymentRpc(
                            callers,
                            orders,
                            site.module(RechargeModule.class).refunds(),
                            currencies(site))
                        .bindService()))));
  }

  private static Function<TenantId, String> currencies(ModuleSite site) {
    Transactions transactions = site.module(DataModule.class).transactions();
    Tenants tenants = site.module(IdentityModule.class).tenants();
    return tenant ->
        transactions.read(
            transaction ->
                tenants
                    .find(transaction, tenant)
                    .map(found -> found.currency().code())
                    .orElseThrow(
                        () -> new Refusal(ErrorCode.NOT_FOUND, "there is no tenant " + tenant)));
  }

  @Override
  public Offers offers() {
    return offers;
  }
}
