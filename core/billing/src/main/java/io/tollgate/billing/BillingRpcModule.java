package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.internal.rpc.InternalRpc;
import io.tollgate.billing.internal.rpc.RpcCallers;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.rpc.RpcService;

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
    ServiceCharges charges = site.module(ServicesModule.class).charges();
    return new BillingRpcModule(
        Offers.of(
            RpcService.class,
            RpcService.of(ROLE, new InternalRpc(callers, charges).bindService())));
  }

  @Override
  public Offers offers() {
    return offers;
  }
}
