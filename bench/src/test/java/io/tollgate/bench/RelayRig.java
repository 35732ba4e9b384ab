package io.tollgate.bench;

import io.tollgate.bench.load.NettySetup;
import io.tollgate.billing.PriceTable;
import io.tollgate.contracts.Protocol;
import io.tollgate.data.testing.TestSettings;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.IdentityModule;
import io.tollgate.metering.PassageLoops;
import io.tollgate.relay.accounts.NewProviderAccount;
import io.tollgate.relay.accounts.RelayAccounts;
import io.tollgate.relay.gateway.RelayConfig;
import io.tollgate.relay.gateway.RelayGateway;
import io.tollgate.relay.gateway.RelayParts;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.site.testing.TestSite;
import io.tollgate.telemetry.LogConfig;
import io.tollgate.telemetry.Logs;
import io.tollgate.telemetry.Metrics;
import io.tollgate.web.ListeningPort;
import io.tollgate.web.UpstreamConfig;
import io.tollgate.web.WebConfig;
import io.tollgate.web.WebEdge;
import io.tollgate.web.WebServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;

/**
 * The relay with everything on but money, as a process of its own: the real edge, gateway, keys,
 * limits, prices, accounts, meters and logs, over passages that let everything through.
 */
public final class RelayRig {
  private static final int REQUESTS_PER_MINUTE = 1_000_000;

  private RelayRig() {}

  /** Serves until it is ended: {@code UPSTREAM_PORT LOG_FOLDER}; says its key and its port. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Logs logs =
        Logs.open(
            Path.of(arguments[1]), LogConfig.from(TestSettings.defaults(LogConfig.settings())));
    Metrics metrics = Metrics.ofProcess();
    TestSite site = TestSite.create();
    IdentityModule identity = site.identity();
    RelayAccounts accounts = site.openAccounts();
    addAccount(accounts, Integer.parseInt(arguments[0]));

    WebConfig web = WebConfig.from(TestSettings.defaults(WebConfig.settings()));
    UpstreamConfig upstream = UpstreamConfig.from(TestSettings.defaults(UpstreamConfig.settings()));
    WebEdge edge = WebEdge.open(web, metrics.registry(), Clock.systemUTC(), site.random());
    RelayGateway gateway =
        new RelayGateway(
            new RelayParts(
                RelayConfig.from(TestSettings.defaults(RelayConfig.settings())),
                identity.apiKeys(),
                identity.requestLimits(),
                identity.tokenLimits(),
                identity.concurrencyLimits(),
                PriceTable.shipped(),
                PassageLoops.shared(new FreePassages()),
                accounts.routing(),
                TokenCounter.loaded(),
                upstream.clients(web.loops(), metrics.registry()),
                metrics.registry(),
                Clock.systemUTC(),
                java.nio.file.Path.of("target", "forms")));
    WebServer server = edge.listen(new ListeningPort("public", 0, "port"), List.of(gateway));
    System.out.println("key " + key(site));
    System.out.println("ready " + server.port());
    new CountDownLatch(1).await();
    logs.close();
  }

  private static String key(TestSite site) {
    TenantId tenant = site.tenant("bench", 0).id();
    UserId user = site.user(tenant, "user").id();
    return site.key(tenant, user, OptionalInt.of(REQUESTS_PER_MINUTE));
  }

  private static void addAccount(RelayAccounts accounts, int port) {
    var id =
        accounts
            .accounts()
            .save(
                NewProviderAccount.of(
                    "bench",
                    Protocol.OPENAI,
                    "bench",
                    "http://" + NettySetup.HOST + ":" + port + "/v1",
                    "upstream-key"));
    accounts.accounts().setEnabled(id, true);
  }
}
