package io.tollgate.edge.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.PullSubscribeOptions;
import io.tollgate.billing.BillingModule;
import io.tollgate.billing.ChargesConfig;
import io.tollgate.billing.GrantLimits;
import io.tollgate.billing.GrantOrder;
import io.tollgate.billing.ServicesConfig;
import io.tollgate.billing.ServicesModule;
import io.tollgate.data.Database;
import io.tollgate.data.OutboxEvent;
import io.tollgate.data.testing.TestSettings;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.config.Settings;
import io.tollgate.identity.User;
import io.tollgate.ledger.Ledgers;
import io.tollgate.site.testing.TestSite;
import io.tollgate.web.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("slow")
class BusTest {
  private final TestSite site = TestSite.create();
  private final BillingModule billing =
      BillingModule.over(
          site.transactions(),
          site.ledger(),
          Ledgers.queries(),
          site.identity(),
          GrantLimits.defaults(),
          site.clock());
  private final TenantId one = site.tenant("one", 0).id();
  private final TenantId two = site.tenant("two", 0).id();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void firstTenant() {
    assertThat(one.value()).isEqualTo(1);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
    site.close();
  }

  @Test
  void events_are_published_whole_under_the_users_subject() throws Exception {
    NatsServer server = server();
    start(server);
    User ann = site.user(one, "ann");
    User foreign = site.user(two, "ann");
    publish(one, ann, 2);
    publish(two, foreign, 1);
    tell(OutboxEvent.notification(one, ann.id(), "balance.low", "{\"message\":\"low\"}"));
    try (Connection reader = Nats.connect(server.url())) {
      List<Message> messages = read(reader, 4);
      assertThat(messages)
          .extracting(Message::getSubject)
          .containsExactlyInAnyOrder(
              "billing.ann", "billing.ann", "billing." + two + ".ann", "user.ann.notifications");
      JsonNode event = json(messages.getFirst());
      assertThat(event.propertyNames())
          .containsExactly(
              "id", "type", "user_id", "tenant_id", "timestamp", "version", "balance", "data");
      assertThat(messages.getFirst().getHeaders().getFirst("Nats-Msg-Id"))
          .isEqualTo(event.path("id").asString());
    }
    await()
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(
                        registry
                            .get("billing.nats.events.published")
                            .tag("type", "balance.changed")
                            .counter()
                            .count())
                    .isEqualTo(3));
  }

  @Test
  void a_server_that_is_killed_and_comes_back_has_every_event_once() throws Exception {
    NatsServer server = server();
    start(server);
    User ann = site.user(one, "ann");
    publish(one, ann, 1);
    try (Connection reader = Nats.connect(server.url())) {
      assertThat(read(reader, 1)).hasSize(1);
    }
    server.kill();
    for (int round = 0; round < 30; round++) {
      publish(one, ann, 10);
    }
    server.startAgain();
    try (Connection reader = connect(server)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(
                          reader
                              .jetStreamManagement()
                              .getStreamInfo("BILLING_EVENTS")
                              .getStreamState()
                              .getMsgCount())
                      .isEqualTo(301));
      List<Message> messages = read(reader, 301);
      assertThat(messages.stream().map(message -> json(message).path("version").longValue()))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 301).boxed().toList());
    }
  }

  @Test
  void foreign_usage_is_charged_once_ours_never_and_what_cannot_be_is_a_dead_letter()
      throws Exception {
    NatsServer server = server();
    start(server);
    give(one, "ann");
    give(two, "ben");
    try (Connection foreign = connect(server)) {
      await().until(() -> streams(foreign).contains("BILLING_EVENTS"));
      for (int i = 0; i < 3; i++) {
        foreign.publish("billing.usage", bytes("{\"id\":\"u1\",\"user_id\":\"ann\",\"cost\":0.5}"));
      }
      foreign.publish(
          "billing.usage",
          bytes(
              "{\"id\":\"u2\",\"tenant_id\":%s,\"data\":{\"user_id\":\"ben\",\"cost\":1}}"
                  .formatted(two)));
      foreign.publish(
          "billing.usage",
          bytes("{\"id\":\"u3\",\"incarnation\":\"x\",\"user_id\":\"ann\",\"cost\":9}"));
      for (String bad :
          List.of(
              "",
              "x",
              "[]",
              "{}",
              "{\"id\":\"\",\"user_id\":\"a\",\"cost\":1}",
              "{\"id\":\"u4\",\"user_id\":7,\"cost\":1}",
              "{\"id\":\"u4\",\"user_id\":\"a\"}",
              "{\"id\":\"u4\",\"user_id\":\"a\",\"cost\":\"1\"}",
              "{\"id\":\"u4\",\"user_id\":\"a\",\"cost\":1,\"tenant_id\":-1}",
              "{\"id\":\"u5\",\"user_id\":\"poor\",\"cost\":1}")) {
        foreign.publish("billing.usage", bytes(bad));
      }
      await()
          .until(
              () ->
                  foreign
                          .jetStreamManagement()
                          .getStreamInfo("DEAD_LETTERS")
                          .getStreamState()
                          .getMsgCount()
                      == 10);
      assertThat(balance(one, "ann")).isEqualByComparingTo("9.5");
      assertThat(balance(two, "ben")).isEqualByComparingTo("9");
      assertThat(balance(one, "poor")).isZero();
      JetStreamSubscription dead =
          foreign
              .jetStream()
              .subscribe("dead.billing.usage", PullSubscribeOptions.builder().durable("d").build());
      for (Message letter : dead.fetch(10, Duration.ofSeconds(5))) {
        assertThat(letter.getHeaders().getFirst("Tollgate-Code")).isNotEmpty();
        assertThat(letter.getHeaders().getFirst("Tollgate-Reason")).isNotEmpty();
      }
    }
  }

  @Test
  void our_own_usage_is_told_to_others_with_an_incarnation() throws Exception {
    NatsServer server = server();
    start(server);
    User ann = site.user(one, "ann");
    tell(OutboxEvent.billing(one, ann.id(), "usage.recorded", "{\"cost\":0.25}"));
    try (Connection reader = connect(server)) {
      List<Message> messages = read(reader, 2);
      assertThat(messages)
          .extracting(Message::getSubject)
          .containsExactly("billing.ann", "billing.usage");
      assertThat(json(messages.getLast()).path("incarnation").asString()).hasSize(36);
      await()
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  assertThat(
                          registry
                              .get("tollgate.nats.usage")
                              .tag("outcome", "ours")
                              .counter()
                              .count())
                      .isEqualTo(1));
      assertThat(balance(one, "ann")).isZero();
    }
  }

  @Test
  void a_bus_that_is_away_from_the_start_keeps_nothing_from_working() throws Exception {
    NatsServer server = server();
    server.kill();
    start(server);
    User ann = site.user(one, "ann");
    publish(one, ann, 3);
    server.startAgain();
    try (Connection reader = connect(server)) {
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> streams(reader).contains("BILLING_EVENTS"));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  reader
                          .jetStreamManagement()
                          .getStreamInfo("BILLING_EVENTS")
                          .getStreamState()
                          .getMsgCount()
                      == 3);
    }
  }

  @Test
  @Tag("cluster")
  void of_three_servers_the_leader_is_killed_under_load_and_every_event_is_there_once()
      throws Exception {
    try (NatsCluster cluster = NatsCluster.start()) {
      start(cluster.urls(), 3);
      User ann = site.user(one, "ann");
      publish(one, ann, 1);
      await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> messages(cluster) == 1);
      for (int round = 0; round < 100; round++) {
        publish(one, ann, 10);
        if (round == 30) {
          String leader = cluster.killLeader("BILLING_EVENTS");
          publish(one, ann, 10);
          cluster.startAgain(leader);
        }
      }
      await()
          .atMost(Duration.ofSeconds(90))
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(messages(cluster)).isGreaterThanOrEqualTo(1_011));
      try (Connection reader = Nats.connect(cluster.urls())) {
        assertThat(
                read(reader, 1_011).stream()
                    .map(message -> json(message).path("version").longValue()))
            .containsExactlyElementsOf(LongStream.rangeClosed(1, 1_011).boxed().toList());
      }
      assertThat(messages(cluster)).isEqualTo(1_011);
    }
  }

  private static long messages(NatsCluster cluster) throws Exception {
    try (Connection reader = Nats.connect(cluster.urls())) {
      return reader
          .jetStreamManagement()
          .getStreamInfo("BILLING_EVENTS")
          .getStreamState()
          .getMsgCount();
    }
  }

  private NatsServer server() throws Exception {
    NatsServer server = NatsServer.start();
    open.add(server);
    return server;
  }

  private void start(NatsServer server) {
    start(server.url(), 1);
  }

  private void start(String urls, int replicas) {
    Settings settings =
        TestSettings.of(
            ServicesModule.ENTRY.settings(), Map.of("billing.services", "usage=0.01/0"));
    ServicesModule services =
        ServicesModule.over(
            site.transactions(),
            site.ledger(),
            site.identity(),
            billing,
            ServicesConfig.from(settings),
            ChargesConfig.from(settings),
            site.clock(),
            System::nanoTime,
            site.random());
    open.add(services::close);
    Database process =
        Database.attach(site.database().config(), new SimpleMeterRegistry(), new Random(1));
    open.add(process);
    BusConfig config =
        new BusConfig(
            Optional.of(urls),
            Optional.empty(),
            Optional.empty(),
            replicas,
            Duration.ofHours(1),
            "usage");
    BusModule module =
        BusModule.over(config, process, site.identity().users(), services.charges(), registry);
    open.add(module::close);
    process.start();
  }

  private void give(TenantId tenant, String user) {
    GrantOrder order =
        new GrantOrder(
            tenant, user, Amount.parse(Asset.money("USD"), "10"), Optional.empty(), 0, user);
    Object _ = site.write(tx -> billing.grants().give(tx, order));
  }

  private BigDecimal balance(TenantId tenant, String user) {
    return site.write(
        tx ->
            billing
                .standings()
                .of(
                    tx,
                    tenant,
                    site.identity().users().findOrCreate(tx, tenant, user).id(),
                    Asset.money("USD"),
                    site.clock().instant())
                .balance()
                .toDecimal());
  }

  private void publish(TenantId tenant, User user, int count) {
    Object _ =
        site.write(
            tx -> {
              for (int i = 0; i < count; i++) {
                tx.publish(
                    OutboxEvent.billing(
                        tenant, user.id(), "balance.changed", "{\"balance\":%d}".formatted(i)));
              }
              return count;
            });
  }

  private void tell(OutboxEvent event) {
    Object _ =
        site.write(
            tx -> {
              tx.publish(event);
              return true;
            });
  }

  private static Connection connect(NatsServer server) {
    return await()
        .ignoreExceptions()
        .until(() -> Nats.connect(server.url()), connection -> connection != null);
  }

  private static List<String> streams(Connection connection) throws Exception {
    return connection.jetStreamManagement().getStreamNames();
  }

  /** All that is in the stream of billing, in its order. */
  private static List<Message> read(Connection reader, int count) throws Exception {
    await()
        .ignoreExceptions()
        .until(
            () ->
                reader
                        .jetStreamManagement()
                        .getStreamInfo("BILLING_EVENTS")
                        .getStreamState()
                        .getMsgCount()
                    >= count);
    JetStreamSubscription subscription =
        reader
            .jetStream()
            .subscribe(
                ">",
                PullSubscribeOptions.builder().stream("BILLING_EVENTS")
                    .durable("reader" + System.nanoTime())
                    .build());
    List<Message> messages = new ArrayList<>();
    while (messages.size() < count) {
      for (Message message :
          subscription.fetch(Math.min(100, count - messages.size()), Duration.ofSeconds(5))) {
        message.ack();
        messages.add(message);
      }
    }
    return messages;
  }

  private static JsonNode json(Message message) {
    return Json.read(message.getData());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
