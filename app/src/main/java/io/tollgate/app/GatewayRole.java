package io.tollgate.app;

import io.tollgate.contracts.Protocol;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.ground.config.Settings;
import io.tollgate.identity.SecretBox;
import io.tollgate.metering.InDoubtRule;
import io.tollgate.metering.Metering;
import io.tollgate.metering.MeteringConfig;
import io.tollgate.metering.MeteringSetup;
import io.tollgate.relay.accounts.AccountsConfig;
import io.tollgate.relay.accounts.NewProviderAccount;
import io.tollgate.relay.accounts.RelayAccounts;
import io.tollgate.relay.gateway.RelayConfig;
import io.tollgate.relay.gateway.RelayGateway;
import io.tollgate.relay.gateway.RelayParts;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.sandbox.SandboxProvider;
import io.tollgate.web.ReadinessCheck;
import io.tollgate.web.Routes;
import io.tollgate.web.UpstreamConfig;
import io.tollgate.web.WebConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The relay of this process: what it needs, wired. Close it after the servers have stopped. */
final class GatewayRole implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayRole.class);
  private static final Duration LAST_SETTLEMENTS = Duration.ofSeconds(30);

  /** Exit code of a process whose meter log failed. */
  private static final int CANNOT_KEEP_CHARGES = 74;

  private final ExecutorService executor;
  private final Metering metering;
  private final RelayAccounts accounts;
  private final RelayGateway gateway;

  private GatewayRole(
      ExecutorService executor, Metering metering, RelayAccounts accounts, RelayGateway gateway) {
    this.executor = executor;
    this.metering = metering;
    this.accounts = accounts;
    this.gateway = gateway;
  }

  static GatewayRole start(
      Settings settings, Foundation foundation, WebConfig web, Optional<SandboxProvider> sandbox) {
    ExecutorService executor =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("metering-", 0).factory());
    Metering metering =
        Metering.start(
            new MeteringSetup(
                MeteringConfig.from(settings),
                foundation.transactions(),
                foundation.database().notifications(),
                foundation.ledger(),
                foundation.billing().freeQuotas(),
                foundation.billing().spendLimits(),
                foundation.prices(),
                inDoubtRules(foundation),
                executor,
                foundation.clock(),
                foundation.random(),
                foundation.dataDirectory(),
                DirectoryId.of(foundation.dataDirectory()),
                UUID.randomUUID(),
                web.loops(),
                GatewayRole::endAtOnce));
    MeteringMetrics.bind(metering, foundation.metrics().registry());
    SecretBox box = foundation.masterKey().secretBox("upstream account keys", foundation.random());
    RelayAccounts accounts =
        RelayAccounts.open(
            foundation.transactions(),
            new SealedKeys(box),
            System::nanoTime,
            AccountsConfig.from(settings));
    sandbox.ifPresent(provider -> register(accounts, provider));
    UpstreamConfig upstream = UpstreamConfig.from(settings);
    RelayGateway gateway =
        new RelayGateway(
            new RelayParts(
                RelayConfig.from(settings),
                foundation.identity().apiKeys(),
                foundation.identity().requestLimits(),
                foundation.identity().concurrencyLimits(),
                foundation.prices(),
                metering,
                accounts.routing(),
                TokenCounter.loadingOn(executor),
                vertx -> upstream.client(vertx, web.loops()),
                foundation.metrics().registry(),
                foundation.clock()));
    foundation
        .database()
        .scheduler()
        .schedule(
            new RecurringJob("metering.prepare_days", Duration.ofHours(6), metering::prepareDays));
    return new GatewayRole(executor, metering, accounts, gateway);
  }

  Routes routes() {
    return gateway;
  }

  /** Requests that an earlier process left in doubt and that were resolved at this start. */
  int recovered() {
    return metering.recovered();
  }

  @Override
  public void close() {
    try {
      if (!gateway.awaitIdle(LAST_SETTLEMENTS)) {
        LOG.atWarn().addKeyValue("running", gateway.running()).log("requests were cut off");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    metering.stop(LAST_SETTLEMENTS);
    accounts.close();
    executor.shutdown();
  }

  /** For those who look at the books in this process. */
  Transactions currentBooks(Transactions transactions) {
    return new CurrentBooks(transactions, metering);
  }

  /** Whether the relay can take requests. */
  ReadinessCheck readiness() {
    return gateway.readiness();
  }

  /** Why requests are not let through, if so; for readiness. */
  Optional<String> closedBy() {
    return metering.closedBy();
  }

  /** Charges can no longer be kept: nobody may be served, and what is written is recovered. */
  private static void endAtOnce(Throwable fault) {
    LOG.atError().setCause(fault).log("the meter log failed; this process ends");
    Runtime.getRuntime().halt(CANNOT_KEEP_CHARGES);
  }

  /** The sandbox is a provider like any other, reached over the wire. */
  private static void register(RelayAccounts accounts, SandboxProvider sandbox) {
    var unused =
        accounts
            .accounts()
            .save(
                NewProviderAccount.of(
                        "sandbox",
                        Protocol.OPENAI,
                        "sandbox",
                        sandbox.accountUrl() + "/v1",
                        "sandbox-key")
                    .asSandbox());
  }

  private static InDoubtRule.Source inDoubtRules(Foundation foundation) {
    return (transaction, tenant) ->
        foundation
            .identity()
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

  /** The keys of upstream accounts, under the installation's master key. */
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
