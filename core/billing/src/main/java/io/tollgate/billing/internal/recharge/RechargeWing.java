package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.RechargeOrders;
import io.tollgate.billing.internal.callers.BillingCallers;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.identity.IdentityModule;
import io.tollgate.ledger.Ledger;
import io.tollgate.payments.PaymentChannels;
import io.tollgate.web.Routes;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** Everything of recharging, put together over a database, the ledger and the channels. */
public final class RechargeWing {
  private final RechargeOrders orders;
  private final BillingCallers callers;
  private final List<RecurringJob> jobs;

  private RechargeWing(RechargeOrders orders, BillingCallers callers, List<RecurringJob> jobs) {
    this.orders = orders;
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
      PaymentChannels channels,
      RechargeTerms terms,
      ChannelAddresses addresses,
      RechargeSteps steps,
      MeterRegistry registry,
      InstantSource clock,
      RandomGenerator random) {
    public Ground {
      requireNonNull(transactions, "transactions is null");
      requireNonNull(ledger, "ledger is null");
      requireNonNull(identity, "identity is null");
      requireNonNull(channels, "channels is null");
      requireNonNull(terms, "terms is null");
      requireNonNull(addresses, "addresses is null");
      requireNonNull(steps, "steps is null");
      requireNonNull(registry, "registry is null");
      requireNonNull(clock, "clock is null");
      requireNonNull(random, "random is null");
    }
  }

  public static RechargeWing over(Ground ground) {
    RechargeMeters meters = new RechargeMeters(ground.registry());
    RechargeSignals signals = new RechargeSignals(meters);
    OrderTable orders = new OrderTable();
    CaseTable cases = new CaseTable();
    PaymentSettling settling =
        new PaymentSettling(
            orders,
            new PaymentTable(),
            cases,
            new PaymentBooks(ground.ledger()),
            signals,
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
            new RequestReading(ground.channels(), ground.terms()),
            ground.terms(),
            signals,
            ground.steps(),
            desk,
            ground.addresses(),
            new OrderNumbers(ground.random()),
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
    return new RechargeWing(
        face,
        new BillingCallers(ground.identity().bearers(), ground.identity().serviceTokens()),
        List.of(
            new OrderExpiry(ground, orders, desk).job(),
            new NoticeRetries(ground, orders, noticeTable, notices, cases).job()));
  }

  public RechargeOrders orders() {
    return orders;
  }

  /** For users and payment channels. */
  public Routes openRoutes() {
    return new RechargeRoutes(orders, callers);
  }

  /** For backends. */
  public Routes backendRoutes() {
    return new CallbackRoutes(orders, callers);
  }

  public List<RecurringJob> jobs() {
    return jobs;
  }
}
