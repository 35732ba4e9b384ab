package io.tollgate.app;

import io.tollgate.billing.AccountCostModule;
import io.tollgate.billing.BillingModule;
import io.tollgate.billing.CodesModule;
import io.tollgate.billing.PriceBook;
import io.tollgate.billing.PricesModule;
import io.tollgate.data.Transaction;
import io.tollgate.edge.admin.UserDevices;
import io.tollgate.edge.sync.SyncDevices;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.SecretBox;
import io.tollgate.identity.VerifiedUsers;
import io.tollgate.metering.InDoubtRule;
import io.tollgate.metering.MeteringPorts;
import io.tollgate.payments.PaymentsConfig;
import io.tollgate.relay.accounts.AccountsModule;
import io.tollgate.rewards.ProfitShare.BindingMinimums;
import io.tollgate.sandbox.PaymentKeys;
import io.tollgate.trading.engine.EngineModule;
import io.tollgate.web.PublicAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects modules that need something of others which they must not know. */
final class ModuleBridges {
  private static final Logger LOG = LoggerFactory.getLogger(ModuleBridges.class);

  /** Exit code of a process whose meter log failed. */
  private static final int CANNOT_KEEP_CHARGES = 74;

  private ModuleBridges() {}

  static MeteringPorts metering(ModuleSite site) {
    BillingModule billing = site.module(BillingModule.class);
    PriceBook prices = site.module(PricesModule.class).prices();
    prices.accountsCharge(site.module(AccountsModule.class)::costFactor);
    return new MeteringPorts(
        billing.freeQuotas(),
        billing.spendLimits(),
        prices,
        inDoubtRules(site.module(IdentityModule.class)),
        site.module(AccountCostModule.class).listener(),
        billing.requestEvents(),
        ModuleBridges::endAtOnce);
  }

  /** Whether browsers are to keep sessions for TLS only. */
  static boolean isOverTls(ModuleSite site) {
    return site.facility(PublicAddress.class).secure();
  }

  /** Whether accounts at test sites count for nothing. */
  static boolean isProduction(ModuleSite site) {
    return site.settings().get(AppConfig.ENVIRONMENT) == AppConfig.Environment.PRODUCTION;
  }

  /** Where accounts of the sandbox are traded, where the simulator runs in this process. */
  static Optional<URI> sandboxExchange(ModuleSite site) {
    return site.ifOpen(SandboxModule.class).map(SandboxModule::url).map(URI::create);
  }

  /** What running bindings want on the point card. */
  static BindingMinimums bindingMinimums(ModuleSite site) {
    return EngineModule.minimums();
  }

  /** What users have connected, on whichever process. */
  static UserDevices userDevices() {
    return new SyncedDevices();
  }

  /** Where links in mails point to. */
  static Supplier<String> publicUrl(ModuleSite site) {
    return site.facility(PublicAddress.class)::url;
  }

  /**
   * Who invites, and who was invited, get their credit; where it is refused the address is verified
   * all the same.
   */
  static VerifiedUsers invitations(ModuleSite site) {
    return (transaction, tenant, user, inviter) -> {
      try {
        var unused =
            site.module(CodesModule.class)
                .invitations()
                .verified(transaction, tenant, user, inviter);
      } catch (Refusal refusal) {
        LOG.atWarn()
            .setCause(refusal)
            .addKeyValue("tenant", tenant)
            .addKeyValue("user", user)
            .log("the credit for an invitation could not be given");
      }
    };
  }

  /** The keys of upstream accounts, under the installation's master key. */
  static io.tollgate.relay.accounts.SecretBox accountSecrets(ModuleSite site) {
    return new SealedKeys(site.module(IdentityModule.class).secretBox("upstream account keys"));
  }

  /** The sandbox's payment channels, where it runs in this process beside a demo. */
  static Optional<PaymentsConfig.Demo> demoPayments(ModuleSite site) {
    boolean demo = AppConfig.from(site.settings()).demo();
    return site.ifOpen(SandboxModule.class)
        .filter(_ -> demo)
        .map(sandbox -> DemoPayments.of(sandbox.url(), PaymentKeys.demo()));
  }

  /** The sandbox's exchange, where it runs in this process beside a demo. */
  static Optional<URI> simulatedMarkets(ModuleSite site) {
    boolean demo = AppConfig.from(site.settings()).demo();
    return site.ifOpen(SandboxModule.class).filter(_ -> demo).map(at -> URI.create(at.url()));
  }

  private static InDoubtRule.Source inDoubtRules(IdentityModule identity) {
    return (transaction, tenant) ->
        identity
            .tenants()
            .find(transaction, tenant)
            .map(
                found ->
                    switch (found.inDoubtRule()) {
                      case CHARGE_INPUT -> InDoubtRule.CHARGE_INPUT;
                      case FREE -> InDoubtRule.FREE;
                      case MANUAL -> InDoubtRule.MANUAL;
                    })
            .orElse(InDoubtRule.CHARGE_INPUT);
  }

  /** Charges can no longer be kept: nobody may be served, and what is written is recovered. */
  private static void endAtOnce(Throwable fault) {
    LOG.atError().setCause(fault).log("the meter log failed; this process ends");
    Runtime.getRuntime().halt(CANNOT_KEEP_CHARGES);
  }

  private record SyncedDevices() implements UserDevices {
    @Override
    public List<UserDevice> of(Transaction transaction, UserId user) {
      return SyncDevices.of(transaction, user).stream()
          .map(
              each ->
                  new UserDevice(each.id(), each.deviceId(), each.connectedAt(), each.channels()))
          .toList();
    }

    @Override
    public boolean end(Transaction transaction, UserId user, String id) {
      return SyncDevices.end(transaction, user, id);
    }
  }

  private record SealedKeys(SecretBox box) implements io.tollgate.relay.accounts.SecretBox {
    @Override
    public byte[] seal(byte[] plain, String associated) {
      return box.seal(plain, associated);
    }

    @Override
    public byte[] open(byte[] sealed, String associated) {
      return box.open(sealed, associated);
    }
  }
}
