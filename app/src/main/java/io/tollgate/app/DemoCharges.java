package io.tollgate.app;

import io.tollgate.billing.ServiceCharges;
import io.tollgate.billing.ServiceDeduct;
import io.tollgate.billing.ServiceRefund;
import io.tollgate.billing.ServicesModule;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.identity.User;
import java.util.Optional;

/**
 * What a demo tenant's backend has charged a user for, so that lists of records have something in
 * them: free calls, calls that are paid in part, and a charge that was given back.
 */
final class DemoCharges {
  private static final String GIVEN_BACK = "demo-charge-3";

  private final ServiceCharges charges;

  DemoCharges(ModuleSite site) {
    this.charges = site.module(ServicesModule.class).charges();
  }

  /** Charges once: each has a request id of its own. */
  void ensure(TenantId tenant, User user) {
    deduct(tenant, user, "passport", 3, "demo-charge-1");
    deduct(tenant, user, "asset", 1_004, "demo-charge-2");
    deduct(tenant, user, "payment", 2, GIVEN_BACK);
  }

  private void deduct(TenantId tenant, User user, String service, long count, String request) {
    var receipt =
        charges.deduct(
            new ServiceDeduct(
                tenant, user.externalId(), service, count, Optional.empty(), Optional.of(request)));
    if (request.equals(GIVEN_BACK)) {
      var _ = charges.refund(new ServiceRefund(tenant, receipt.record(), "the demo's"));
    }
  }
}
