package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.RechargeAdmin;
import io.tollgate.billing.RechargeOrders;
import io.tollgate.billing.RechargeRefunds;
import io.tollgate.billing.Subscriptions;
import io.tollgate.billing.UserStandings;
import io.tollgate.billing.internal.callers.BillingCallers;
import io.tollgate.billing.internal.callers.BillingForm;
import io.tollgate.billing.internal.crash.BillingSteps;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.identity.IdentityModule;
import io.tollgate.ledger.Ledger;
import io.tollgate.payments.PaymentChannels;
import io.tollgate.web.Routes;
import io.tollgate.web.SessionCookie;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** Everything of recharging, put together over a database, the ledger and the channels. */
public final class RechargeWing {
  private final RechargeOrders orders;
  private final RechargeRefunds refunds;
  private final RechargeAdmin admin;
  private final BillingCallers callers;
  private final List<RecurringJob> jobs;

  private RechargeWing(
      RechargeOrders orders,
      RechargeRefunds refunds,
      RechargeAdmin admin,
      BillingCallers callers,
      List<RecurringJob> jobs) {
    this.orders = orders;
    this.refunds = refunds;
    this.admin = admin;
    this.callers = callers;
    this.jobs = List.copyOf(jobs);
  }

  /**
   * What it stands on.
   *
   * @param clock the database's time
   * @param random of numbers that nobody may guess
   */
  public record Ground(
      Transactions transactions,
      Ledger ledger,
      IdentityModule identity,
      Subscriptions subscriptions,
      UserStandings standings,
      PaymentChannels channels,
      RechargeTerms terms,
      ChannelAddresses addresses,
      SessionCookie cookie,
      BillingSteps steps,
      MeterRegistry registry,
      InstantSource clock,
      RandomGenerator random) {
    public Ground {
      requireNonNull(transactions, "transactions is null");
      requireNonNull(ledger, "ledger is null");
      requireNonNull(identity, "identity is null");
      requireNonNull(subscriptions, "subscriptions is null");
      requireNonNull(standings, "standings is null");
      requireNonNull(channels, "channels is null");
      requireNonNull(terms, "terms is null");
      requireNonNull(cookie, "cookie is null");
      requireNonNull(addresses, "addresses is null");
      requireNonNull(steps, "steps is null");
      requireNonNull(registry, "registry is null");
      requireNonNull(clock, "clock is null");
      requireNonNull(random, "random is null");
    }
  }

  public static RechargeWing over(Ground ground) {
    RechargeMeters meters = new RechargeMeters(ground.registry());
    RechargeSignals signals = new RechargeSignals(meters, ground.standings(), ground.clock());
    OrderTable orders = new OrderTable();
    CaseTable cases = new CaseTable();
    PaymentTable payments = new PaymentTable();
    PaymentBooks books = new PaymentBooks(ground.ledger());
    RefundTable refundTable = new RefundTable();
    OrderNumbers numbers = new OrderNumbers(ground.random());
    PaymentSettling settling =
        new PaymentSettling(
            orders,
            payments,
            cases,
            books,
            signals,
            new PlanPurchases(orders, cases, ground.subscriptions(), meters, ground.clock()),
            ground.clock());
    ChannelDesk desk =
        new ChannelDesk(
            ground.transactions(),
            ground.channels(),
            orders,
            settling,
            signals,
            ground.steps(),
            ground.clock());
    OrderMaking making =
        new OrderMaking(
            ground.transactions(),
            ground.identity().tenants(),
            ground.identity().users(),
            orders,
            ground.subscriptions(),
            new RequestReading(ground.channels(), ground.terms()),
            ground.terms(),
            signals,
            ground.steps(),
            desk,
            ground.addresses(),
            numbers,
            ground.clock());
    NoticeTable noticeTable = new NoticeTable();
    NoticeBooking notices =
        new NoticeBooking(
            ground.transactions(),
            ground.channels(),
            orders,
            noticeTable,
            cases,
            desk,
            meters,
            ground.steps(),
            ground.clock());
    RechargeDesk face =
        new RechargeDesk(
            ground.transactions(),
            orders,
            making,
            new CallbackBooking(ground.transactions(), orders, settling, desk, ground.steps()),
            notices,
            desk,
            meters);
    RefundCourse refunds =
        new RefundCourse(
            ground,
            new RefundHolding(
                ground.transactions(),
                ground.ledger(),
                orders,
                payments,
                refundTable,
                numbers,
                ground.clock()),
            orders,
            payments,
            refundTable,
            cases,
            books,
            signals,
            meters);
    BillComparison comparison =
        new BillComparison(ground, new ComparisonTable(), new BillDifferences(orders, cases));
    return new RechargeWing(
        face,
        refunds,
        new RechargeLists(orders, payments, refundTable, new CaseDecisions(ground.clock())),
        new BillingCallers(ground.identity(), ground.cookie()),
        List.of(
            new OrderExpiry(ground, orders, desk).job(),
            new NoticeRetries(ground, orders, noticeTable, notices, cases).job(),
            refunds.job(),
            comparison.job(),
            new OrderCalls(
                    ground.transactions(),
                    ground.identity().tenants(),
                    orders,
                    cases,
                    ground.terms().calls(),
                    meters,
                    ground.clock())
                .job(),
            new CaseWatch(ground, cases, meters).job()));
  }

  public RechargeOrders orders() {
    return orders;
  }

  public RechargeRefunds refunds() {
    return refunds;
  }

  public RechargeAdmin admin() {
    return admin;
  }

  /** For users and payment channels. */
  public Routes openRoutes(BillingForm form) {
    return new RechargeRoutes(orders, callers, form);
  }

  /** For backends. */
  public Routes backendRoutes(BillingForm form) {
    return new CallbackRoutes(orders, callers, form);
  }

  public List<RecurringJob> jobs() {
    return jobs;
  }
}
