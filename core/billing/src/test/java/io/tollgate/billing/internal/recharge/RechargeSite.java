package io.tollgate.billing.internal.recharge;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.billing.BillingModule;
import io.tollgate.billing.GrantLimits;
import io.tollgate.billing.RechargeOrder;
import io.tollgate.billing.RechargeRequest;
import io.tollgate.billing.SubscriptionsModule;
import io.tollgate.billing.UserStandings;
import io.tollgate.billing.internal.crash.BillingSteps;
import io.tollgate.billing.internal.subscriptions.SubscriptionsCheck;
import io.tollgate.data.ListRequest;
import io.tollgate.data.testing.SettableClock;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenant;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import io.tollgate.ledger.Ledgers;
import io.tollgate.payments.CertificateTimes;
import io.tollgate.payments.PaymentChannel;
import io.tollgate.payments.PaymentChannels;
import io.tollgate.payments.PaymentMethod;
import io.tollgate.payments.PaymentsConfig;
import io.tollgate.payments.SandboxKeys;
import io.tollgate.sandbox.PaymentKeys;
import io.tollgate.sandbox.SandboxOptions;
import io.tollgate.sandbox.SandboxProvider;
import io.tollgate.site.testing.TestSite;
import io.tollgate.web.SessionCookie;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Recharging over a real database and the sandbox's channel, with a clock that can be set. */
final class RechargeSite implements AutoCloseable {
  final SettableClock clock = new SettableClock(Instant.now());
  final TestSite site = TestSite.at(clock);
  final Tenant tenant = site.tenant("one", 0);
  boolean privateCalls = true;
  private final SandboxProvider sandbox;
  private final PaymentChannels channels;
  private final HttpClient http = HttpClient.newHttpClient();

  RechargeSite() {
    try {
      sandbox =
          SandboxProvider.start(SandboxOptions.local(0, Files.createTempDirectory("recharge")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    channels =
        PaymentChannels.open(
            new PaymentsConfig(
                Duration.ofSeconds(10),
                Duration.ofDays(30),
                new CertificateTimes(Duration.ofSeconds(60), Duration.ofSeconds(120)),
                4,
                Optional.of(new SandboxKeys(sandbox.url(), PaymentKeys.demo().sandboxSecret())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            clock,
            site.random());
  }

  /** Recharging as one process has it. */
  RechargeWing wing() {
    return wing(BillingSteps.NONE);
  }

  /** The same with somebody who hears which step is reached. */
  RechargeWing wing(BillingSteps steps) {
    return RechargeWing.over(
        new RechargeWing.Ground(
            site.transactions(),
            site.ledger(),
            site.identity(),
            subscriptions().subscriptions(),
            standings(),
            channels,
            new RechargeTerms(
                Duration.ofMinutes(30),
                1_000_000,
                30,
                new RechargeTerms.Calls(Duration.ofSeconds(2), 3, privateCalls)),
            new ChannelAddresses(() -> "http://127.0.0.1:1", Optional.empty()),
            SessionCookie.ofUsers(false),
            steps,
            new SimpleMeterRegistry(),
            clock,
            site.random()));
  }

  private UserStandings standings() {
    return BillingModule.over(
            site.transactions(),
            site.ledger(),
            Ledgers.queries(),
            site.identity(),
            GrantLimits.defaults(),
            clock)
        .standings();
  }

  /** Plans and subscriptions as one process has them. */
  SubscriptionsModule subscriptions() {
    return SubscriptionsModule.over(
        site.transactions(),
        site.ledger(),
        site.identity(),
        standings(),
        GrantLimits.defaults(),
        Duration.ofDays(3),
        Duration.ofMinutes(10),
        Duration.ofSeconds(5),
        clock,
        new SimpleMeterRegistry(),
        BillingSteps.NONE);
  }

  PaymentChannel channel() {
    return channels.find(PaymentMethod.SANDBOX).orElseThrow();
  }

  TenantId tenantId() {
    return tenant.id();
  }

  RechargeOrder order(RechargeWing wing, String user, String amount) {
    return wing.orders()
        .create(RechargeRequest.of(tenant.id(), user, new BigDecimal(amount), "sandbox"));
  }

  /** Presses a button of the order's page. */
  void press(RechargeOrder order, String button) {
    URI page = URI.create(order.payUrl().orElseThrow() + "/" + button);
    try {
      HttpResponse<Void> answer =
          http.send(
              HttpRequest.newBuilder(page).POST(HttpRequest.BodyPublishers.noBody()).build(),
              HttpResponse.BodyHandlers.discarding());
      if (answer.statusCode() != 200) {
        throw new AssertionError(page + " answered " + answer.statusCode());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a job as the scheduler does. */
  static void run(RechargeWing wing, String name) {
    wing.jobs().stream()
        .filter(job -> job.name().equals("billing." + name))
        .findFirst()
        .orElseThrow()
        .work()
        .run();
  }

  /** Kinds of the cases that there are, with whose they are. */
  List<String> cases(RechargeWing wing) {
    return site
        .write(
            tx ->
                wing.admin()
                    .cases(
                        tx,
                        new io.tollgate.billing.RechargeCase.Filter(
                            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                        ListRequest.first(100)))
        .rows()
        .stream()
        .map(found -> found.kind())
        .sorted()
        .toList();
  }

  List<AuditFinding> audit() {
    return Ledgers.audit(List.of(new RechargeCheck(), SubscriptionsCheck.CHECK), List.of())
        .run(site.transactions(), AuditScope.WHOLE)
        .findings();
  }

  @Override
  public void close() {
    channels.close();
    sandbox.close();
    site.close();
  }
}
