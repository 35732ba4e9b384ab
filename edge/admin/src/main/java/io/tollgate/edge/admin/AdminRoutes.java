package io.tollgate.edge.admin;

import io.tollgate.billing.AccountCosts;
import io.tollgate.billing.BillingModule;
import io.tollgate.billing.PriceBook;
import io.tollgate.billing.PriceSheets;
import io.tollgate.data.Transactions;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.PassportModule;
import io.tollgate.ledger.Audit;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.ledger.Ledgers;
import io.tollgate.metering.InDoubt;
import io.tollgate.metering.Metering;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.tollgate.web.SessionCookie;
import io.tollgate.web.SignInShelter;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;

/** The whole admin and data API, for the public port. */
public final class AdminRoutes implements Routes {
  private final List<Routes> areas;

  public AdminRoutes(
      Transactions transactions,
      IdentityModule identity,
      PassportModule passport,
      SignInShelter shelter,
      InDoubt inDoubt,
      BillingModule billing,
      PriceBook prices,
      PriceSheets sheets,
      AccountCosts accountCosts,
      InstantSource clock,
      LedgerQueries ledger,
      Audit audit,
      RelayAdmin relay) {
    boolean secure = passport.address().secure();
    AdminGate gate = AdminGate.of(identity, passport);
    AdminLoginAnswers answers = new AdminLoginAnswers(gate.cookie(), shelter, clock);
    this.areas =
        List.of(
            new AuthRoutes(identity.admins(), gate, answers),
            new AdminFactorRoutes(identity.admins(), identity.secondFactors(), gate),
            new AdminSignOnRoutes(
                passport.signOn(), new SessionCookie("tg_admin_sign_on", secure), answers),
            new AdminAccountRoutes(
                transactions,
                identity.admins(),
                identity.adminRegister(),
                identity.secondFactors(),
                identity.randomPasswords(),
                gate),
            new UserRoutes(
                transactions,
                identity.users(),
                identity.userProfiles(),
                identity.userSessions(),
                identity.secondFactors(),
                passport.passports(),
                gate),
            new ApiKeyRoutes(transactions, identity.keyRegister(), gate),
            new InDoubtRoutes(transactions, inDoubt, gate),
            new SpendLimitRoutes(transactions, billing.spendLimitSettings(), gate),
            new PriceRoutes(transactions, prices, sheets, billing.priceMultipliers(), gate, clock),
            new PricePreviewRoutes(
                transactions,
                sheets,
                new ServingAccounts(relay.accounts()),
                Metering.usageQueries(),
                gate,
                clock),
            new AccountCostRoutes(accountCosts, gate),
            new GrantRoutes(transactions, billing.grants(), gate),
            new LedgerRoutes(transactions, ledger, audit, Ledgers.auditRuns(), clock, gate),
            new BookRoutes(transactions, ledger, Ledgers.auditRuns(), gate),
            new OwedRoutes(transactions, identity, ledger, billing.handPostings(), gate),
            new HandGrantRoutes(transactions, identity, billing.handPostings(), gate),
            new BalanceRoutes(transactions, identity.userProfiles(), ledger, clock, gate),
            new ProviderRoutes(transactions, relay.providers(), gate),
            new ProviderAccountRoutes(transactions, relay.accounts(), accountCosts, gate),
            new RoutingRoutes(transactions, identity.tenants(), relay.routings(), gate),
            new CacheRuleRoutes(transactions, relay.rules(), gate),
            new FilterRuleRoutes(transactions, relay.rules(), gate),
            new PromptRoutes(transactions, relay.rules(), gate));
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.fallback("/api", ErrorForms.admin());
    areas.forEach(area -> area.declare(table, loop, vertx));
  }
}
