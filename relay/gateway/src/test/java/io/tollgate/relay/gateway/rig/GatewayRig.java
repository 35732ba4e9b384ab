package io.tollgate.relay.gateway.rig;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.contracts.Protocol;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.testing.TestSettings;
import io.tollgate.identity.KeyRates;
import io.tollgate.identity.KeyTerms;
import io.tollgate.metering.PassageLoops;
import io.tollgate.relay.accounts.AccountFilter;
import io.tollgate.relay.accounts.AccountSettingsBuilder;
import io.tollgate.relay.accounts.AccountStanding;
import io.tollgate.relay.accounts.NewProviderAccount;
import io.tollgate.relay.accounts.RelayAccounts;
import io.tollgate.relay.gateway.RelayConfig;
import io.tollgate.relay.gateway.RelayGateway;
import io.tollgate.relay.gateway.RelayParts;
import io.tollgate.web.ListeningPort;
import io.tollgate.web.Routes;
import io.tollgate.web.UpstreamConfig;
import io.tollgate.web.WebConfig;
import io.tollgate.web.WebEdge;
import io.tollgate.web.WebServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The gateway on a real server, with real identity, prices and accounts, and upstreams to steer.
 */
public final class GatewayRig implements AutoCloseable {
  public static final String MODEL = "gpt-4o-mini";

  static final SharedWorld WORLD = SharedWorld.shared();

  public final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  /** Where large forms wait. */
  public final Path forms = Path.of("target", "forms", UUID.randomUUID().toString());

  public final RecordingPassages passages = new RecordingPassages();
  public final WebEdge edge;
  final WebServer server;
  final RelayAccounts accounts;
  public final RelayGateway gateway;
  public final TestUpstream upstream;
  public final String key;
  private final HttpClient client = HttpClient.newHttpClient();

  public GatewayRig() {
    this(Map.of());
  }

  /** With settings of the gateway and its connections; and one upstream, which has an account. */
  public GatewayRig(Map<String, String> settings) {
    this(settings, parts -> parts, routes -> routes);
  }

  /** With something between the gateway and what it is given, and between it and the server. */
  public GatewayRig(
      Map<String, String> settings,
      UnaryOperator<RelayParts> around,
      UnaryOperator<Routes> within) {
    Map<String, String> web = new HashMap<>();
    web.put("http.event.loops", "1");
    WebConfig webConfig = WebConfig.from(TestSettings.of(WebConfig.settings(), web));
    UpstreamConfig upstreams =
        UpstreamConfig.from(TestSettings.of(UpstreamConfig.settings(), of(settings, "upstream.")));
    edge = WebEdge.open(webConfig, meters, Clock.systemUTC(), WORLD.random);
    WORLD.disableAccounts();
    accounts = WORLD.openAccounts();
    upstream = upstream("main", 0);
    gateway =
        new RelayGateway(
            around.apply(
                new RelayParts(
                    RelayConfig.from(
                        TestSettings.of(RelayConfig.settings(), of(settings, "relay."))),
                    WORLD.identity.apiKeys(),
                    WORLD.identity.requestLimits(),
                    WORLD.identity.tokenLimits(),
                    WORLD.identity.concurrencyLimits(),
                    WORLD.prices,
                    PassageLoops.shared(passages),
                    accounts.routing(),
                    WORLD.counter,
                    upstreams.clients(webConfig.loops(), meters),
                    meters,
                    Clock.systemUTC(),
                    forms)));
    server = edge.listen(new ListeningPort("public", 0, "port"), List.of(within.apply(gateway)));
    key = WORLD.key(KeyTerms.named("test"));
  }

  private static Map<String, String> of(Map<String, String> settings, String prefix) {
    Map<String, String> some = new HashMap<>(settings);
    some.keySet().removeIf(name -> !name.startsWith(prefix));
    return some;
  }

  /** One more upstream with an account. */
  public TestUpstream upstream(String name, int priority) {
    TestUpstream one = new TestUpstream(edge.vertx());
    account(name, one.baseUrl(), priority, false);
    return one;
  }

  public void account(String name, String baseUrl, int priority, boolean sandbox) {
    var id =
        accounts
            .accounts()
            .save(
                new NewProviderAccount(
                    "test",
                    Protocol.OPENAI,
                    name,
                    baseUrl,
                    "key-of-" + name,
                    priority,
                    1,
                    Optional.<Set<String>>empty(),
                    sandbox));
    accounts.accounts().setEnabled(id, true);
  }

  /** Changes an account's terms. */
  public void edit(String name, UnaryOperator<AccountSettingsBuilder> change) {
    AccountStanding _ =
        WORLD.write(
            transaction ->
                accounts
                    .accounts()
                    .edit(
                        transaction,
                        standing(transaction, name).id(),
                        old -> change.apply(old.toBuilder()).build()));
    accounts.accounts().reload();
  }

  /** What administrators see of an account. */
  public AccountStanding standing(String name) {
    return WORLD.write(transaction -> standing(transaction, name));
  }

  private AccountStanding standing(Transaction transaction, String name) {
    return accounts
        .accounts()
        .list(transaction, AccountFilter.ALL, ListRequest.first(500))
        .rows()
        .stream()
        .filter(each -> each.settings().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  public String limitedKey(int requestsPerMinute) {
    return keyWith(
        KeyTerms.named("test").withRates(KeyRates.requests(OptionalInt.of(requestsPerMinute))));
  }

  /** The secret of a new user's key. */
  public String keyWith(KeyTerms terms) {
    return WORLD.key(terms);
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  public HttpRequest.Builder post(String body) {
    return HttpRequest.newBuilder(uri("/v1/chat/completions"))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  public HttpResponse<String> chat(String body) {
    return send(post(body));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  public HttpClient client() {
    return client;
  }

  public RawCaller caller() throws java.io.IOException {
    return new RawCaller(server.port());
  }

  /** A raw request for a chat completion. */
  public RawCaller calling(String body) throws java.io.IOException {
    return caller()
        .send(
            "POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer "
                + key
                + "\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);
  }

  public static String request(boolean stream, String more) {
    return "{\"model\":\""
        + MODEL
        + "\",\"stream\":"
        + stream
        + more
        + ",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}";
  }

  public double counted(String meter, String tag, String value) {
    var counter = meters.find(meter).tag(tag, value).counter();
    return counter == null ? 0 : counter.count();
  }

  @Override
  public void close() {
    edge.close();
    accounts.close();
    client.close();
  }
}
