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
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.User;
import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LoggedRow;
import io.tollgate.insight.RequestTaking;
import io.tollgate.insight.StandaloneLog;
import io.tollgate.site.testing.TestSite;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class LogConsumerTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  private final TestSite site = TestSite.create();
  private final TenantId one = site.tenant("one", 0).id();
  private final TenantId two = site.tenant("two", 0).id();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<AutoCloseable> open = new ArrayList<>();
  @TempDir private Path home;
  private StandaloneLog log;
  private NatsServer server;
  private User ann;
  private long key;
  private long foreignKey;

  @BeforeEach
  void start() throws Exception {
    log = StandaloneLog.open(home, 64, 1, new SimpleMeterRegistry());
    open.add(log);
    server = NatsServer.start();
    open.add(server);
    ann = site.user(one, "ann");
    key = key(one, ann.id());
    foreignKey = key(two, site.user(two, "ben").id());
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
    site.close();
  }

  @Test
  void an_entry_is_kept_whole_and_repeats_of_it_are_dropped() throws Exception {
    consume(log.taking());
    UUID id = UUID.randomUUID();
    String entry =
        """
        {"id":"%1$s","type":"log.write","user_id":"ann","tenant_id":%2$s,"timestamp":"%4$s","version":0,
         "request_id":"%1$s","created_at":"%4$s","route":"/v1/chat/completions","api_key_id":%3$d,
         "platform":"openai","model":"gpt-4o","upstream_model":"gpt-4o-2024","stream":true,"status":200,
         "calls":[{"account_id":3,"model":"gpt-4o","started_ms":1,"duration_ms":40,"outcome":"answered"}],
         "usage":{"input":120,"output":30},"cost":0.001234567,"owed":0.000000007,"currency":"USD",
         "quota_tokens":7,"price_version":"v1","latency_ms":941,"first_token_ms":99,"trace_id":"4bf9",
         "client_request_id":"mine","requests":1,"of_a_later_version":{"x":[1]}}
        """
            .formatted(id, one, key, "2026-11-30T12:00:00.123456789Z");
    try (Connection writer = connect()) {
      for (int i = 0; i < 3; i++) {
        publish(writer, entry, id + "." + i);
      }
      // another writer's clock goes otherwise
      publish(writer, refused(id, NOON.minusSeconds(300)), id + ".later");
      awaitCounted("taken", 1);
      awaitCounted("repeated", 3);
    }
    List<LoggedRow> rows = rows();
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().elsewhere()).isTrue();
    assertThat(rows.getFirst().request())
        .satisfies(
            request -> {
              assertThat(request.arrivedAt()).isEqualTo("2026-11-30T12:00:00.123456Z");
              assertThat(request.payer().orElseThrow().user()).isEqualTo(ann.id());
              assertThat(request.charge().orElseThrow().paid()).isEqualTo(1_234_560);
              assertThat(request.charge().orElseThrow().owed()).isEqualTo(7);
              assertThat(request.usage().input()).isEqualTo(120);
              assertThat(request.attempts()).hasSize(1);
              assertThat(request.firstTokenMs()).hasValue(99);
            });
  }

  @Test
  void a_taker_that_dies_after_it_kept_a_batch_keeps_each_once() throws Exception {
    AtomicBoolean died = new AtomicBoolean();
    consume(
        rows -> {
          int fresh = log.taking().take(rows);
          if (!rows.isEmpty() && !died.getAndSet(true)) {
            throw new Refusal(ErrorCode.UNAVAILABLE, "as if it died before it acknowledged");
          }
          return fresh;
        });
    try (Connection writer = connect()) {
      for (int i = 0; i < 100; i++) {
        publish(writer, refused(UUID.randomUUID(), NOON.plusSeconds(i)), "m" + i);
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(counted("taken") + counted("repeated")).isEqualTo(100));
      assertThat(died).isTrue();
      assertThat(counted("repeated")).isPositive();
      assertThat(rows()).hasSize(100);
    }
  }

  @Test
  void a_server_that_was_away_is_taken_from_again() throws Exception {
    consume(log.taking());
    try (Connection writer = connect()) {
      publish(writer, refused(UUID.randomUUID(), NOON), "before");
      awaitCounted("taken", 1);
    }
    server.kill();
    server.startAgain();
    try (Connection writer = connect()) {
      publish(writer, refused(UUID.randomUUID(), NOON), "after");
      awaitCounted("taken", 2);
    }
  }

  @Test
  void what_is_no_entry_is_a_dead_letter_and_holds_nothing_up() throws Exception {
    consume(log.taking());
    String good = "\"request_id\":\"" + UUID.randomUUID() + "\",\"created_at\":\"" + NOON + "\"";
    String named = good + ",\"status\":200,\"tenant_id\":" + one;
    List<String> bad =
        List.of(
            "",
            "x",
            "[]",
            "{}",
            "{" + good + "}",
            "{" + good + ",\"status\":\"200\"}",
            "{" + good + ",\"status\":9223372036854775808}",
            "{" + good + ",\"status\":NaN}",
            "{" + good + ",\"status\":1e400}",
            "{" + good + ",\"status\":200,\"latency_ms\":-1}",
            "{" + good + ",\"status\":200,\"latency_ms\":0.5}",
            "{" + good + ",\"status\":200,\"stream\":1}",
            "{" + good + ",\"status\":200,\"model\":[]}",
            "{" + good + ",\"status\":200,\"model\":\"\\ud800\"}",
            "{" + good + ",\"status\":200,\"model\":\"" + "m".repeat(257) + "\"}",
            "{" + good + ",\"status\":200,\"usage\":{\"unheard_of\":1}}",
            "{" + good + ",\"status\":200,\"usage\":{\"input\":9223372036854775807}}",
            "{" + good + ",\"status\":200,\"input_tokens\":1,\"cached_tokens\":2}",
            "{" + good + ",\"status\":200,\"calls\":[7]}",
            "{" + good + ",\"status\":200,\"requests\":0}",
            "{" + good + ",\"status\":200,\"cost\":1,\"currency\":\"USD\"}",
            "{" + named + ",\"user_id\":\"ann\",\"api_key_id\":" + key + ",\"cost\":1}",
            "{"
                + named
                + ",\"user_id\":\"ann\",\"api_key_id\":"
                + key
                + ",\"currency\":\"USD\",\"cost\":1e999999}",
            "{"
                + named
                + ",\"user_id\":\"ann\",\"api_key_id\":"
                + key
                + ",\"currency\":\"USD\",\"cost\":-1}",
            "{"
                + named
                + ",\"user_id\":\"ann\",\"api_key_id\":"
                + key
                + ",\"currency\":\"USD\",\"cost\":1,\"owed\":2}",
            "{" + named + ",\"user_id\":\"ann\",\"api_key_id\":" + foreignKey + "}",
            "{" + named + ",\"user_id\":\"ben\",\"api_key_id\":" + foreignKey + "}",
            "{" + named + ",\"user_id\":\"ann\"}",
            "{\"request_id\":\"7\",\"created_at\":\"" + NOON + "\",\"status\":200}",
            "{\"request_id\":\"" + UUID.randomUUID() + "\",\"created_at\":7,\"status\":200}",
            entry(UUID.randomUUID(), "9999-01-01T00:00:00Z"),
            entry(UUID.randomUUID(), "+1000000000-12-31T23:59:59Z"),
            entry(UUID.randomUUID(), "1970-01-01T00:00:00Z"),
            "{" + good + ",\"status\":200,\"x\":\"" + "x".repeat(1_000_000) + "\"}");
    try (Connection writer = connect()) {
      for (int i = 0; i < bad.size(); i++) {
        publish(writer, bad.get(i), "bad" + i);
      }
      publish(writer, refused(UUID.randomUUID(), NOON), "good");
      awaitCounted("refused", bad.size());
      awaitCounted("taken", 1);
      JetStreamSubscription dead =
          writer
              .jetStream()
              .subscribe("dead.log.write", PullSubscribeOptions.builder().durable("d").build());
      List<Message> letters = dead.fetch(bad.size(), Duration.ofSeconds(5));
      assertThat(letters).hasSize(bad.size());
      assertThat(letters)
          .allSatisfy(
              letter -> assertThat(letter.getHeaders().getFirst("Tollgate-Reason")).isNotEmpty());
    }
    assertThat(rows()).hasSize(1);
  }

  private void consume(RequestTaking taking) throws Exception {
    BusConfig config =
        new BusConfig(
            Optional.of(server.url()),
            Optional.empty(),
            Optional.empty(),
            1,
            Duration.ofHours(1),
            "usage");
    Bus bus = new Bus(config, server.url(), registry, "log");
    open.add(bus);
    LogConsumer consumer =
        new LogConsumer(
            bus,
            taking,
            LogBusModule.payers(site.transactions(), site.identity()),
            InstantSource.fixed(NOON),
            registry);
    open.add(consumer);
    consumer.start();
    try (Connection reader = connect()) {
      await().until(() -> reader.jetStreamManagement().getStreamNames().contains("LOG_EVENTS"));
    }
  }

  private long key(TenantId tenant, UserId user) {
    return site.identity()
        .apiKeys()
        .issue(tenant, user, "test", OptionalInt.empty(), Optional.empty())
        .id()
        .value();
  }

  private List<LoggedRow> rows() {
    return log.requests().find(LogFilter.ALL, 1_000, Optional.empty());
  }

  private double counted(String outcome) {
    return registry.get("tollgate.nats.log").tag("outcome", outcome).counter().count();
  }

  private void awaitCounted(String outcome, long count) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(counted(outcome)).as(outcome).isEqualTo(count));
  }

  private Connection connect() {
    return await()
        .ignoreExceptions()
        .until(() -> Nats.connect(server.url()), connection -> connection != null);
  }

  private static void publish(Connection writer, String text, String id) throws Exception {
    var unused =
        writer
            .jetStream()
            .publish(
                NatsMessage.builder()
                    .subject("log.write")
                    .headers(new Headers().put("Nats-Msg-Id", id))
                    .data(text.getBytes(UTF_8))
                    .build());
  }

  private static String refused(UUID id, Instant at) {
    return "{\"id\":\"%s\",\"timestamp\":\"%s\",\"data\":{\"status\":401,\"error_code\":\"X\"}}"
        .formatted(id, at);
  }

  private static String entry(UUID id, String at) {
    return "{\"id\":\"%s\",\"timestamp\":\"%s\",\"status\":401}".formatted(id, at);
  }
}
