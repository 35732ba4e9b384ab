package io.tollgate.tests.upstream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.data.Database;
import io.tollgate.ground.UserId;
import io.tollgate.identity.IdentityConfig;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.MasterKey;
import io.tollgate.identity.NewUser;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.User;
import io.tollgate.sandbox.script.ReceivedRequest;
import io.tollgate.sandbox.script.Script;
import io.tollgate.sandbox.script.ScriptedUpstream;
import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A whole program whose provider accounts are scripted, and users as a test needs them. */
public final class Site implements AutoCloseable {
  /** Stands in every query of a URL that these tests send; no log may hold it. */
  public static final String QUERY_MARK = "qm-4411-not-for-logs";

  /** An origin whose pages may call the shared program. */
  public static final String ORIGIN = "https://app.example";

  private final Installation installation;
  private final Client client;
  private final String adminToken;
  private final ScriptedUpstream upstream = ScriptedUpstream.start();
  private final Database database;
  private final IdentityModule identity;
  private final Tenant tenant;
  private final ScriptedAccounts scriptedAccounts;
  private final Payer looking;
  private final AtomicInteger grants = new AtomicInteger();
  private final List<String> secrets = new ArrayList<>();
  private final Map<String, UserId> ids = new HashMap<>();

  private Site(Installation installation) {
    this.installation = installation;
    client = new Client(installation);
    adminToken = client.adminToken();
    database = ScriptedAccounts.attach(installation.dataDirectory());
    identity = openIdentity();
    tenant =
        database
            .transactions()
            .read(transaction -> identity.tenants().findByName(transaction, "Demo"))
            .orElseThrow();
    scriptedAccounts = ScriptedAccounts.open(upstream, database, installation.dataDirectory());
    looking = payer("1");
  }

  /** Starts one. */
  public static Site start(String... flags) {
    return new Site(Installation.start(flags));
  }

  /** Starts one in a folder that is there already. */
  public static Site startIn(Path folder, String... flags) {
    return new Site(Installation.startIn(folder, flags));
  }

  public Installation installation() {
    return installation;
  }

  public Client client() {
    return client;
  }

  public ScriptedUpstream upstream() {
    return upstream;
  }

  /** The only account from now on, healthy, with nothing scripted. */
  public ScriptedAccounts.Account account() {
    return accounts(1).getFirst();
  }

  /** The only account, with an answer to its next request. */
  public void answers(Script script) {
    var only = account();
    upstream.put(only.match(), 1, script);
  }

  /** So many accounts from now on, healthy; the first goes first. */
  public List<ScriptedAccounts.Account> accounts(int count) {
    List<ScriptedAccounts.Account> accounts =
        scriptedAccounts.fresh(
            count,
            () -> {
              var unused = looking.ask(Chat.mini().maxTokens(1));
            });
    accounts.forEach(account -> secrets.add(account.key()));
    return accounts;
  }

  /** The demo's own account is the only one from now on. */
  public void sandboxAccount() {
    scriptedAccounts.sandboxOnly(() -> looking.ask(Chat.mini().maxTokens(1)).status() == 200);
  }

  /** What one account was asked. */
  public List<ReceivedRequest> received(ScriptedAccounts.Account account) {
    return upstream.received().stream()
        .filter(request -> request.target().startsWith(account.path()))
        .toList();
  }

  /** A new user with some money and no free tokens. */
  public Payer payer(String dollars) {
    UserId made = newUser();
    User user =
        database
            .transactions()
            .read(transaction -> identity.users().find(transaction, made))
            .orElseThrow();
    String key =
        identity.apiKeys().issue(tenant.id(), made, "scripted", OptionalInt.empty()).secret();
    secrets.add(key);
    ids.put(user.externalId(), made);
    Payer payer = new Payer(this, user.externalId(), key);
    if (!dollars.equals("0")) {
      payer.grant("USD", dollars);
    }
    return payer;
  }

  /** The same user with another key, made by the administrator with terms of its own. */
  public Payer withKey(Payer payer, Map<String, ?> terms) {
    Map<String, Object> body = new HashMap<>(terms);
    body.put("name", "with terms");
    body.put("tenant_id", tenantId());
    body.put("user_id", requireNonNull(ids.get(payer.userId()), "not made here").value());
    HttpResponse<String> made =
        client.send(
            HttpRequest.newBuilder(client.url("/api/api-keys"))
                .header("Authorization", "Bearer " + adminToken)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Client.JSON.writeValueAsString(body)))
                .build());
    String key = Client.json(made).required("data").required("secret").asString();
    secrets.add(key);
    return new Payer(this, payer.userId(), key);
  }

  /** The tenant whose users {@link #payer} makes. */
  public long tenantId() {
    return tenant.id().value();
  }

  /** Bytes in the program's database, as they stand there. */
  public byte[] bytes(String query) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      assertThat(row.next()).isTrue();
      return row.getBytes(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A user of a new tenant of its own, with free tokens. */
  public Payer strangerWithQuota(long tokens) {
    User made =
        database
            .transactions()
            .write(
                transaction -> {
                  String name = "stranger-" + grants.incrementAndGet();
                  Tenant other =
                      identity.tenants().create(transaction, name, "USD", tokens).tenant();
                  return identity
                      .users()
                      .create(
                          transaction,
                          new NewUser(
                              other.id(),
                              Optional.empty(),
                              Optional.empty(),
                              Optional.empty(),
                              OptionalLong.empty()));
                });
    return withKey(made);
  }

  private Payer withKey(User user) {
    String key =
        identity
            .apiKeys()
            .issue(user.tenant(), user.id(), "scripted", OptionalInt.empty())
            .secret();
    secrets.add(key);
    return new Payer(this, user.externalId(), key);
  }

  public JsonNode grant(String userId, String asset, String amount) {
    return client.grant(userId, asset, amount, "scripted-" + grants.incrementAndGet());
  }

  /** A grant that ends at some time. */
  public void grant(String userId, String asset, String amount, String expiresAt) {
    String body =
        Client.JSON.writeValueAsString(
            Map.of(
                "user_id",
                userId,
                "asset",
                asset,
                "amount",
                amount,
                "expires_at",
                expiresAt,
                "idempotency_key",
                "scripted-" + grants.incrementAndGet()));
    var answer = postGrant(body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** A grant as it is sent. */
  public HttpResponse<String> postGrant(String body) {
    return client.send(
        HttpRequest.newBuilder(
                installation.demo().privateUrl().resolve("/internal/v1/billing/grants"))
            .header("X-Service-Token", installation.demo().serviceToken())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  public List<JsonNode> requestLog(String requestId) {
    return client
        .requestLogs(adminToken, "request_id=" + requestId)
        .required("data")
        .valueStream()
        .toList();
  }

  public String adminToken() {
    return adminToken;
  }

  /** A gauge or counter of the program, summed over its labels. */
  public double metric(String name) {
    String text = client.get(installation.demo().privateUrl().resolve("/metrics")).body();
    return text.lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** The books fit, and no log holds a secret or the text of a query. */
  public void checkBooksAndLogs() {
    JsonNode audit = client.audit(adminToken);
    assertThat(audit.required("clean").asBoolean()).as(audit.toString()).isTrue();
    String logs = logs();
    assertThat(logs.contains(QUERY_MARK)).as("the text of a query stands in a log").isFalse();
    for (String secret : secrets) {
      assertThat(logs.contains(secret)).as("a secret stands in a log").isFalse();
    }
  }

  /** Its logs, once they have a text: lines are written behind what they tell of. */
  public String logsWith(String text) {
    return await("the logs have: " + text)
        .pollDelay(Duration.ZERO)
        .until(this::logs, logs -> logs.contains(text));
  }

  /** Everything the program has written to its logs and its console. */
  public String logs() {
    StringBuilder logs = new StringBuilder(installation.output());
    try (Stream<Path> files = Files.walk(installation.dataDirectory().resolve("logs"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        logs.append(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return logs.toString();
  }

  /** Ends it at once, as nobody looks at it any more. */
  void abandon() {
    installation.abandon();
  }

  @Override
  public void close() {
    scriptedAccounts.close();
    database.close();
    installation.close();
    upstream.close();
  }

  private UserId newUser() {
    return database
        .transactions()
        .write(
            transaction ->
                identity
                    .users()
                    .create(
                        transaction,
                        new NewUser(
                            tenant.id(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            OptionalLong.of(0))))
        .id();
  }

  private IdentityModule openIdentity() {
    SecureRandom random = new SecureRandom();
    IdentityConfig config = IdentityConfig.from(ScriptedAccounts.settings());
    MasterKey key =
        MasterKey.load(config, installation.dataDirectory().resolve("master.key"), random);
    return new IdentityModule(
        database.transactions(), Clock.systemUTC(), System::nanoTime, random, config, key);
  }
}
