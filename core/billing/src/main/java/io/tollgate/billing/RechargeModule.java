package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.internal.callers.BillingForm;
import io.tollgate.billing.internal.crash.BillingSteps;
import io.tollgate.billing.internal.recharge.ChannelAddresses;
import io.tollgate.billing.internal.recharge.RechargeCheck;
import io.tollgate.billing.internal.recharge.RechargeTerms;
import io.tollgate.billing.internal.recharge.RechargeWing;
import io.tollgate.data.DataModule;
import io.tollgate.data.RecurringJob;
import io.tollgate.ground.Asset;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.LedgerModule;
import io.tollgate.payments.PaymentChannels;
import io.tollgate.payments.PaymentsConfig;
import io.tollgate.web.HttpInterface;
import io.tollgate.web.InterfaceRoutes;
import io.tollgate.web.PublicAddress;
import io.tollgate.web.SessionCookie;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Recharge orders and the payment channels that they are paid through, as the program opens them.
 */
public final class RechargeModule implements ProgramModule {
  private static final HttpInterface USERS = HttpInterface.open("billing");
  private static final HttpInterface BACKEND = HttpInterface.internal("billing");

  private static final Setting<String> RETURN_URL =
      Setting.optionalText(
          "payments.return.url", "Where payers go after paying; without it the public address.");

  private final PaymentChannels channels;
  private final RechargeWing wing;
  private final BillingForm form;
  private final long amountMax;

  private RechargeModule(
      PaymentChannels channels, RechargeWing wing, BillingForm form, long amountMax) {
    this.channels = requireNonNull(channels, "channels is null");
    this.wing = requireNonNull(wing, "wing is null");
    this.form = requireNonNull(form, "form is null");
    this.amountMax = amountMax;
  }

  /**
   * The module's entry.
   *
   * @param demo the channels of a demo, where there is one: for methods without keys of their own
   */
  public static ModuleEntry<RechargeModule> entry(
      Function<ModuleSite, Optional<PaymentsConfig.Demo>> demo) {
    return ModuleEntry.of(RechargeModule.class, site -> open(site, demo.apply(site)))
        .inRole("billing")
        .with(RechargeTerms.settings())
        .with(PaymentsConfig.settings())
        .with(List.of(RETURN_URL))
        .stating(HttpInterface.class, List.of(USERS, BACKEND))
        .stating(AuditCheck.class, List.of(new RechargeCheck()));
  }

  private static RechargeModule open(ModuleSite site, Optional<PaymentsConfig.Demo> demo) {
    DataModule data = site.module(DataModule.class);
    PaymentsConfig given = PaymentsConfig.from(site.settings());
    PaymentChannels channels =
        PaymentChannels.open(demo.map(given::orDemo).orElse(given), data.clock(), site.random());
    Optional<String> returning = site.settings().find(RETURN_URL);
    PublicAddress address = site.facility(PublicAddress.class);
    return new RechargeModule(
        channels,
        RechargeWing.over(
            new RechargeWing.Ground(
                data.transactions(),
                site.module(LedgerModule.class).ledger(),
                site.module(IdentityModule.class),
                site.module(SubscriptionsModule.class).subscriptions(),
                site.module(BillingModule.class).standings(),
                channels,
                RechargeTerms.from(site.settings()),
                new ChannelAddresses(address::url, returning),
                SessionCookie.ofUsers(address.secure()),
                BillingSteps.of(System.getenv(), Runtime.getRuntime()::halt),
                site.facility(MeterRegistry.class),
                data.clock(),
                site.random())),
        site.settings().get(ServicesConfig.ENVELOPE),
        RechargeTerms.from(site.settings()).maxAmount());
  }

  /** What other interfaces make and settle orders by. */
  public RechargeOrders orders() {
    return wing.orders();
  }

  public RechargeRefunds refunds() {
    return wing.refunds();
  }

  /** What administrators see and do. */
  public RechargeAdmin admin() {
    return wing.admin();
  }

  /** How somebody may pay in who has this currency; in a demo as outside of it. */
  public List<RechargeOption> options(Asset currency) {
    return channels.all().stream()
        .flatMap(
            channel -> {
              OptionalInt decimals = channel.decimals(currency.code());
              return decimals.isEmpty()
                  ? Stream.empty()
                  : Stream.of(new RechargeOption(channel.method().code(), decimals.getAsInt()));
            })
        .toList();
  }

  /** How much one order may be of, in whole units of the currency. */
  public long amountMax() {
    return amountMax;
  }

  /** The channels that are configured. */
  public PaymentChannels channels() {
    return channels;
  }

  @Override
  public Offers offers() {
    return Offers.of(InterfaceRoutes.class, new InterfaceRoutes(USERS, wing.openRoutes(form)))
        .and(InterfaceRoutes.class, new InterfaceRoutes(BACKEND, wing.backendRoutes(form)))
        .and(RecurringJob.class, wing.jobs());
  }

  @Override
  public void close() {
    channels.close();
  }
}
