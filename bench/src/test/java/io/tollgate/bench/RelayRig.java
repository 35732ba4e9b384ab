package io.tollgate.bench;

import io.tollgate.bench.load.NettySetup;
import io.tollgate.billing.PriceTable;
import io.tollgate.contracts.Protocol;
import io.tollgate.data.Transactions;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.identity.IdentityConfig;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.MasterKey;
import io.tollgate.identity.SecretBox;
import io.tollgate.metering.PassageLoops;
import io.tollgate.relay.accounts.AccountsConfig;
import io.tollgate.relay.accounts.NewProviderAccount;
import io.tollgate.relay.accounts.RelayAccounts;
import io.tollgate.relay.gateway.RelayConfig;
import io.tollgate.relay.gateway.RelayGateway;
import io.tollgate.relay.gateway.RelayParts;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.telemetry.LogConfig;
import io.tollgate.telemetry.Logs;
import io.tollgate.telemetry.Metrics;
import io.tollgate.web.Listener;
import io.tollgate.web.UpstreamConfig;
import io.tollgate.web.WebConfig;
import io.tollgate.web.WebEdge;
import io.tollgate.web.WebServer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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
    Logs logs = Logs.open(Path.of(arguments[1]), LogConfig.from(defaults(LogConfig.settings())));
    Metrics metrics = Metrics.ofProcess();
    SecureRandom random = new SecureRandom();
    Transactions transactions = TestDatabase.create().transactions();
    MasterKey masterKey = MasterKey.parse(Base64.getEncoder().encodeToString(new byte[32]));
    IdentityModule identity =
        new IdentityModule(
            transactions,
            Clock.systemUTC(),
            System::nanoTime,
            random,
            IdentityConfig.from(defaults(IdentityConfig.settings())),
            masterKey);
    SecretBox box = masterKey.secretBox("provider accounts", random);
    RelayAccounts accounts =
        RelayAccounts.open(
            transactions,
            new Sealed(box),
            System::nanoTime,
            AccountsConfig.from(defaults(AccountsConfig.settings())));
    addAccount(accounts, Integer.parseInt(arguments[0]));

    WebConfig web = WebConfig.from(defaults(WebConfig.settings()));
    UpstreamConfig upstream = UpstreamConfig.from(defaults(UpstreamConfig.settings()));
    WebEdge edge = WebEdge.open(web, metrics.registry(), Clock.systemUTC(), random);
    RelayGateway gateway =
        new RelayGateway(
            new RelayParts(
                RelayConfig.from(defaults(RelayConfig.settings())),
                identity.apiKeys(),
                identity.requestLimits(),
                identity.concurrencyLimits(),
                PriceTable.shipped(),
                PassageLoops.shared(new FreePassages()),
                accounts.routing(),
                TokenCounter.loaded(),
                vertx -> upstream.client(vertx, web.loops()),
                metrics.registry(),
                Clock.systemUTC()));
    WebServer server = edge.listen(new Listener("public", 0, "port"), List.of(gateway));
    System.out.println("key " + key(identity, transactions));
    System.out.println("ready " + server.port());
    new CountDownLatch(1).await();
    logs.close();
  }

  private static String key(IdentityModule identity, Transactions transactions) {
    TenantId tenant =
        transactions.write(
            transaction -> identity.tenants().create(transaction, "bench", "USD", 0).tenant().id());
    UserId user =
        transactions.write(
            transaction -> identity.users().findOrCreate(transaction, tenant, "user").id());
    return identity
        .apiKeys()
        .issue(tenant, user, "bench", OptionalInt.of(REQUESTS_PER_MINUTE))
        .secret();
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

  private static Settings defaults(List<Setting<?>> known) {
    return Settings.merge(known, Map.of(), Map.of(), Map.of(), Map.of(), "none");
  }

  /** Identity's box in the form that the accounts take. */
  private record Sealed(SecretBox box) implements io.tollgate.relay.accounts.SecretBox {
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
