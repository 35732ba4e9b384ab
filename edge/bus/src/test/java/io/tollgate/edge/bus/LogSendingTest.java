package io.tollgate.edge.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LoggedRow;
import io.tollgate.insight.RequestTaking;
import io.tollgate.insight.StandaloneLog;
import io.tollgate.insight.StandaloneSending;
import io.tollgate.relay.gateway.LoggedAttempt;
import io.tollgate.relay.gateway.LoggedRequest;
import io.tollgate.relay.gateway.LoggedRequest.Payer;
import io.tollgate.relay.gateway.RequestLog;
import io.tollgate.site.testing.TestSite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways that send, NATS, and one log that takes. */
@Tag("slow")
class LogSendingTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final Duration SOON = Duration.ofSeconds(30);

  private final TestSite site = TestSite.create();
  private final TenantId tenant = site.tenant("one", 0).id();
  private final Random random = new Random(5);
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<LoggedRequest> told = new ArrayList<>();
  private final SimpleMeterRegistry taking = new SimpleMeterRegistry();
  private final SimpleMeterRegistry sending = new SimpleMeterRegistry();
  @TempDir private Path home;
  private NatsServer server;
  private StandaloneLog log;
  private Payer ann;

  @BeforeEach
  void start() throws Exception {
    server = NatsServer.start();
    open.add(server);
    log = StandaloneLog.open(home.resolve("log"), 64, 1, new SimpleMeterRegistry());
    open.add(log);
    UserId user = site.user(tenant, "ann").id();
    ApiKeyId key =
        site.identity()
            .apiKeys()
            .issue(tenant, user, "test", OptionalInt.empty(), Optional.empty())
            .id();
    ann = new Payer(tenant, user, key);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
    site.close();
  }

  @Test
  void one_log_has_all_of_two_gateways_each_once_whatever_was_away() throws Exception {
    AtomicInteger batches = new AtomicInteger();
    // each second batch is kept, and not acknowledged: as if the taker died in between
    take(
        rows -> {
          int fresh = log.taking().take(rows);
          if (!rows.isEmpty() && batches.incrementAndGet() % 2 == 0) {
            throw new Refusal(ErrorCode.UNAVAILABLE, "as if it died before it acknowledged");
          }
          return fresh;
        });
    StandaloneSending one = send("one");
    StandaloneSending two = send("two");
    tell(one, 300);
    tell(two, 300);
    awaitKept(600);

    server.kill();
    tell(one, 300);
    tell(two, 300);
    await().atMost(SOON).until(() -> lag() > 0);
    // a gateway that ends while nobody is there leaves its requests on disk
    two.close();
    open.remove(two);
    server.startAgain();
    awaitKept(900);
    var _ = send("two");
    awaitKept(1_200);

    assertThat(counted(sending, "sent")).isGreaterThanOrEqualTo(1_200);
    assertThat(counted(taking, "repeated")).isPositive();
    assertThat(counted(taking, "refused")).isZero();
    List<LoggedRow> rows = rows();
    assertThat(rows).noneMatch(LoggedRow::elsewhere);
    assertThat(rows.stream().map(LoggedRow::request).toList())
        .containsExactlyInAnyOrderElementsOf(told);
  }

  @Test
  void what_is_sent_is_read_as_it_was_also_at_its_longest() throws Exception {
    LogEntryReader.Payers payers = LogBusModule.payers(site.transactions(), site.identity());
    for (LoggedRequest request : List.of(served(1), refused(2))) {
      LoggedRow row = new LoggedRow(request, 100);
      byte[] written = LogEntryWriter.write(row, name(request), "x");
      assertThat(LogEntryReader.read(written, payers, NOON)).isEqualTo(row);
    }
    for (String text : List.of("m".repeat(256), "\u20ac".repeat(256), "\u0001".repeat(300))) {
      LoggedRequest longest = longest(text);
      byte[] written = LogEntryWriter.write(new LoggedRow(longest, 1), name(longest), "x");
      LoggedRequest read = LogEntryReader.read(written, payers, NOON).request();
      assertThat(read.charge()).isEqualTo(longest.charge());
      assertThat(read.model()).contains(text.substring(0, 256));
      assertThat(read.attempts()).hasSizeGreaterThanOrEqualTo(25);
      assertThat(read.attempts().getLast().account()).isEqualTo(99);
    }
    // half a character is none, and NUL has no place
    LoggedRequest odd = longest("m".repeat(255) + "\ud83d\ude00");
    assertThat(read(odd, payers).model()).contains("m".repeat(255));
    assertThat(read(longest("a\0b"), payers).model()).contains("a\ufffdb");
  }

  @Test
  void its_message_has_the_shape_of_events_and_nothing_that_was_asked() {
    LoggedRequest request = served(1);
    String text =
        new String(LogEntryWriter.write(new LoggedRow(request, 1), Optional.of("ann"), "x"), UTF_8);
    String fields =
        """
        "request_id":"%1$s","created_at":"%2$s","route":"/v1/chat/completions","api_key_id":%3$s,\
        "platform":"openai","model":"gpt-4o","upstream_model":"gpt-4o-2026","stream":true,"status":200,\
        "calls":[{"account_id":3,"model":"gpt-4o","started_ms":1,"duration_ms":40,"outcome":"answered"}],\
        "input_tokens":120,"cached_tokens":20,"cache_write_tokens":0,"output_tokens":30,\
        "reasoning_tokens":0,"usage":{"input":100,"output":30,"cache_read":20},"currency":"USD",\
        "cost":0.001234567,"owed":0.000000007,"quota_tokens":7,"price_version":"v1","latency_ms":941,\
        "first_token_ms":99,"client_request_id":"mine","trace_id":"4bf9","requests":1"""
            .formatted(request.id(), request.arrivedAt(), ann.key());
    assertThat(text)
        .isEqualTo(
            """
            {"id":"%1$s","type":"log.write","user_id":"ann","tenant_id":%2$s,"timestamp":"%3$s",\
            "version":0,"incarnation":"x",%4$s,"data":{%4$s}}"""
                .formatted(request.id(), tenant, request.arrivedAt(), fields));
  }

  private void take(RequestTaking into) {
    Bus bus = bus(taking);
    LogConsumer consumer =
        new LogConsumer(
            bus,
            into,
            LogBusModule.payers(site.transactions(), site.identity()),
            InstantSource.fixed(NOON),
            taking);
    open.add(consumer);
    consumer.start();
  }

  private StandaloneSending send(String gateway) throws IOException {
    StandaloneSending sender =
        StandaloneSending.open(home.resolve(gateway), 64 << 10, 4L << 20, registry(gateway));
    sender
        .sending()
        .begin(
            new LogPublisher(
                bus(sending),
                new UserNames(site.transactions(), site.identity().users()),
                gateway,
                sending));
    open.add(sender);
    return sender;
  }

  /** Its lag is looked at by the first gateway's. */
  private SimpleMeterRegistry registry(String gateway) {
    return gateway.equals("one") ? sending : new SimpleMeterRegistry();
  }

  private Bus bus(SimpleMeterRegistry registry) {
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
    return bus;
  }

  private void tell(StandaloneSending gateway, int count) {
    RequestLog writer = gateway.writer(1_000_000);
    for (int i = 0; i < count; i++) {
      LoggedRequest request = i % 5 == 0 ? refused(told.size()) : served(told.size());
      writer.ended(request);
      told.add(request);
    }
  }

  private LoggedRequest served(int second) {
    return request(
        second,
        200,
        "gpt-4o",
        List.of(new LoggedAttempt(3, "gpt-4o", 1, 40, "answered")),
        Optional.of(ann));
  }

  private LoggedRequest longest(String text) {
    return request(
        1,
        200,
        text,
        Collections.nCopies(100, 0).stream()
            .map(_ -> new LoggedAttempt(99, text, 1, 40, text))
            .toList(),
        Optional.of(ann));
  }

  private LoggedRequest refused(int second) {
    return request(second, 401, "gpt-4o", List.of(), Optional.empty());
  }

  private LoggedRequest request(
      int second, int status, String model, List<LoggedAttempt> attempts, Optional<Payer> payer) {
    Instant at = NOON.minusSeconds(second).plusNanos(1_000);
    return new LoggedRequest(
        ChargeId.create(at.toEpochMilli(), random),
        at,
        "/v1/chat/completions",
        payer,
        Optional.of("openai"),
        Optional.of(model),
        payer.map(_ -> "gpt-4o-2026"),
        payer.isPresent(),
        status,
        payer.isPresent() ? Optional.empty() : Optional.of("INVALID_API_KEY"),
        attempts,
        payer.isEmpty()
            ? TokenUsage.NONE
            : TokenUsage.builder()
                .add(UsageKind.TEXT_INPUT, 100)
                .add(UsageKind.CACHE_READ, 20)
                .add(UsageKind.TEXT_OUTPUT, 30)
                .build(),
        payer.map(_ -> new LoggedRequest.Cost("USD", "v1", 7, 1_234_560, 7)),
        Optional.of("mine"),
        Optional.of("4bf9"),
        941,
        payer.isPresent() ? OptionalLong.of(99) : OptionalLong.empty());
  }

  private static Optional<String> name(LoggedRequest request) {
    return request.payer().map(_ -> "ann");
  }

  private static LoggedRequest read(LoggedRequest request, LogEntryReader.Payers payers) {
    return LogEntryReader.read(
            LogEntryWriter.write(new LoggedRow(request, 1), Optional.of("ann"), "x"), payers, NOON)
        .request();
  }

  private List<LoggedRow> rows() {
    return log.requests().find(LogFilter.ALL, 10_000, Optional.empty());
  }

  private void awaitKept(int count) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(log.requests().count(LogFilter.ALL)).isEqualTo(count));
  }

  private double lag() {
    return sending.get("tollgate.request.log.lag.seconds").gauge().value();
  }

  private static double counted(SimpleMeterRegistry registry, String outcome) {
    return registry.get("tollgate.nats.log").tag("outcome", outcome).counter().count();
  }
}
