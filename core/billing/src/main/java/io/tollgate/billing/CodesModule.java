package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.internal.codes.CodesCheck;
import io.tollgate.billing.internal.codes.StoredCodes;
import io.tollgate.billing.internal.codes.StoredInvitations;
import io.tollgate.data.DataModule;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.LedgerModule;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** Redemption codes and credit for invitations, as the program opens them. */
public final class CodesModule implements ProgramModule {
  public static final ModuleEntry<CodesModule> ENTRY =
      ModuleEntry.of(CodesModule.class, CodesModule::open)
          .inEveryProcess()
          .stating(AuditCheck.class, List.of(CodesCheck.CHECK));

  private final RedemptionCodes codes;
  private final Invitations invitations;

  private CodesModule(RedemptionCodes codes, Invitations invitations) {
    this.codes = requireNonNull(codes, "codes is null");
    this.invitations = requireNonNull(invitations, "invitations is null");
  }

  private static CodesModule open(ModuleSite site) {
    return over(
        site.module(LedgerModule.class).ledger(),
        site.module(IdentityModule.class),
        site.module(ServicesModule.class).services(),
        BillingConfig.from(site.settings()).grantLimits(),
        site.module(DataModule.class).clock(),
        site.random());
  }

  /**
   * The same without a program around it.
   *
   * @param clock the database's time
   * @param random unpredictable, and safe for use by many threads
   */
  public static CodesModule over(
      Ledger ledger,
      IdentityModule identity,
      Services services,
      GrantLimits limits,
      InstantSource clock,
      RandomGenerator random) {
    return new CodesModule(
        new StoredCodes(
            ledger, identity.users(), identity.tenants(), services, limits, clock, random),
        new StoredInvitations(
            ledger, identity.users(), identity.tenants(), services, limits, clock));
  }

  public RedemptionCodes codes() {
    return codes;
  }

  public Invitations invitations() {
    return invitations;
  }
}
