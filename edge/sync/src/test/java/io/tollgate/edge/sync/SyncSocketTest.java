package io.tollgate.edge.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tollgate.data.OutboxEvent;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.User;
import io.tollgate.web.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("slow")
class SyncSocketTest {
  private static final SyncSite site =
      new SyncSite(
          Map.of(
              "sync.heartbeat.ms", "300",
              "sync.silence.ms", "4000",
              "sync.token.check.ms", "400",
              "sync.devices.beat.ms", "1000",
              "sync.user.connections.max", "3",
              "sync.message.bytes.max", "1024"));
  private static final HttpClient client = HttpClient.newHttpClient();
  private static final TenantId one = site.tenant("one", 1000);
  private static final String service = site.identity.serviceTokens().issue(one, "backend");

  @AfterAll
  static void close() {
    client.close();
    site.close();
  }

  @Test
  void each_question_gets_its_answer_and_the_connection_stays() throws Exception {
    String key = key("a1");
    try (Device device = open("/ws/sync?device_id=phone%201", "Authorization", "Bearer " + key)) {
      device.send("{\"type\":\"ping\"}");
      assertThat(device.next().propertyNames()).containsExactlyInAnyOrder("type", "timestamp");
      assertThat(device.last("pong")).isNotNull();

      device.send("{\"type\":\"sync_request\"}");
      JsonNode sync = device.next();
      assertThat(sync.propertyNames())
          .containsExactly("type", "user_id", "device_id", "timestamp", "data");
      assertThat(sync.path("user_id").asString()).isEqualTo("a1");
      assertThat(sync.path("device_id").asString()).isEqualTo("phone 1");
      assertThat(sync.path("data").path("quota_remaining").longValue()).isEqualTo(1000);
      assertThat(sync.path("data").path("ttl").intValue()).isEqualTo(30);

      device.send(
          "{\"type\":\"subscribe\",\"data\":{\"channels\":[\"billing\",\"notifications\"]}}");
      JsonNode subscribed = device.next();
      assertThat(subscribed.path("type").asString()).isEqualTo("subscribed");
      assertThat(subscribed.path("data").path("channels").toString())
          .isEqualTo("[\"billing\",\"notifications\"]");
      device.send("{\"type\":\"subscribe\",\"data\":{\"channels\":[\"trading\"]}}");
      assertThat(device.next().path("data").path("code").asString()).isEqualTo("UNKNOWN_CHANNEL");
      for (String bad :
          List.of(
              "",
              "x",
              "[]",
              "7",
              "null",
              "{}",
              "{\"type\":7}",
              "{\"type\":\"nonsense\"}",
              "{\"type\":\"subscribe\"}",
              "{\"type\":\"subscribe\",\"data\":{\"channels\":{}}}",
              "{\"type\":\"ping\",\"type\":\"ping\"}",
              "[".repeat(500))) {
        device.send(bad);
        assertThat(device.next().path("data").path("code").asString()).isEqualTo("BAD_MESSAGE");
      }
      device.sendBytes(new byte[] {1, 2});
      assertThat(device.next().path("data").path("code").asString()).isEqualTo("BAD_MESSAGE");
      device.send("{\"type\":\"ping\"}");
      assertThat(device.next().path("type").asString()).isEqualTo("pong");
    }
  }

  @Test
  void every_device_of_a_user_gets_every_event_whole_and_is_listed() throws Exception {
    User user = user("a2");
    try (Device phone = service("a2", "phone");
        Device laptop = service("a2", "laptop")) {
      await().until(() -> devices("a2").size() == 2);
      JsonNode listed = devices("a2").get(0);
      assertThat(listed.propertyNames()).containsExactly("device_id", "connected_at", "channels");
      site.publish(one, user.id(), 1, 3);
      for (Device device : List.of(phone, laptop)) {
        await().until(() -> device.versions().size() == 3);
        JsonNode message = device.changes().toList().getLast();
        assertThat(message.path("user_id").asString()).isEqualTo("a2");
        JsonNode event = message.path("data");
        assertThat(event.path("type").asString()).isEqualTo("balance.changed");
        assertThat(event.path("user_id").asString()).isEqualTo("a2");
        assertThat(event.path("tenant_id").longValue()).isEqualTo(one.value());
        assertThat(event.path("id").asString()).hasSize(36);
        assertThat(event.path("balance").intValue()).isEqualTo(3);
        assertThat(event.path("data").path("balance").intValue()).isEqualTo(3);
      }
    }
    await().until(() -> devices("a2").isEmpty());
  }

  @Test
  void devices_of_other_processes_are_listed_too_until_those_end_or_are_killed() throws Exception {
    SyncSite.Node killed = site.node();
    try (SyncSite.Node second = site.node();
        Device here = service("a10", "here");
        Device there = open(second, "a10", "there");
        Device doomed = open(killed, "a10", "doomed")) {
      await().until(() -> names("a10").equals(List.of("here", "there", "doomed")));
      // it hears of a device of another process a moment after that has it
      await()
          .until(
              () -> site.names(second, "a10", service).equals(List.of("here", "there", "doomed")));
      there.send("{\"type\":\"subscribe\",\"data\":{\"channels\":[\"billing\"]}}");
      await()
          .until(
              () -> {
                List<JsonNode> listed = devices("a10");
                // none was cut off meanwhile
                assertThat(List.of(here.code(), there.code(), doomed.code())).containsOnly(0);
                return listed.size() == 3
                    && listed.get(1).path("channels").toString().equals("[\"billing\"]")
                    && listed.get(0).path("channels").size() == 2;
              });
      // forgotten by the database, as after a crash of its server: all is told again
      site.forgetDevices();
      await().until(() -> names("a10").equals(List.of("here", "there", "doomed")));
      killed.kill();
      await().until(() -> names("a10").equals(List.of("here", "there")));
      there.close();
      await().until(() -> names("a10").equals(List.of("here")));
      assertThat(site.names(second, "a10", service)).containsExactly("here");
      assertThat(here.code()).isZero();
      assertThat(doomed.code()).isZero();
    } finally {
      killed.close();
    }
    site.sweepDevices();
    await().until(() -> site.processes() <= 1);
  }

  @Test
  void a_device_is_disconnected_on_whichever_process_it_is_and_others_stay() throws Exception {
    User user = user("a11");
    try (SyncSite.Node second = site.node();
        Device here = service("a11", "here");
        Device there = open(second, "a11", "there");
        Device other = service("a12", "other")) {
      await().until(() -> names(user).equals(List.of("here", "there")));
      String id = await().until(() -> idOf(user, "there"), found -> !found.isEmpty());
      UserId somebodyElse = user("a12").id();
      for (String none :
          List.of("", "x", ".", "1.2", UUID.randomUUID() + ".1", id + "0", id.replace('.', ' '))) {
        assertThat(ended(user.id(), none)).as(none).isFalse();
      }
      assertThat(ended(somebodyElse, id)).isFalse();

      // a process that has just begun may not listen yet: it is told again
      await()
          .until(
              () -> {
                boolean _ = ended(user.id(), id);
                return there.code() == 4408;
              });
      await().until(() -> names(user).equals(List.of("here")));
      assertThat(ended(user.id(), id)).isFalse();
      assertThat(here.code()).isZero();
      assertThat(other.code()).isZero();
    }
  }

  private static List<String> names(User user) {
    return open(user).stream().map(SyncDevices.OpenDevice::deviceId).toList();
  }

  private static String idOf(User user, String device) {
    return open(user).stream()
        .filter(each -> each.deviceId().equals(device))
        .map(SyncDevices.OpenDevice::id)
        .findFirst()
        .orElse("");
  }

  private static List<SyncDevices.OpenDevice> open(User user) {
    return site.write(transaction -> SyncDevices.of(transaction, user.id()));
  }

  private static boolean ended(UserId user, String id) {
    return site.write(transaction -> SyncDevices.end(transaction, user, id));
  }

  @Test
  void a_device_hears_the_channels_it_has_subscribed_to() throws Exception {
    User user = user("a3");
    try (Device device = service("a3", "d")) {
      device.send("{\"type\":\"subscribe\",\"data\":{\"channels\":[\"notifications\"]}}");
      assertThat(device.next().path("type").asString()).isEqualTo("subscribed");
      site.publish(one, user.id(), 1, 1);
      Object _ =
          site.write(
              tx -> {
                tx.publish(
                    OutboxEvent.notification(
                        one, user.id(), "balance.low", "{\"message\":\"low\"}"));
                return true;
              });
      assertThat(device.next().path("data").path("type").asString()).isEqualTo("balance.low");
      assertThat(device.versions()).hasSize(1);
    }
  }

  @Test
  void a_bad_token_closes_with_4401_and_one_that_is_revoked_with_4403() throws Exception {
    for (String query : List.of("", "?token=nonsense", "?token=Bearer%20x")) {
      try (Device device = open("/ws/sync" + query)) {
        await().until(() -> device.code() == 4401);
      }
    }
    var issued = site.identity.apiKeys().issue(one, user("a4").id(), "k", OptionalInt.empty());
    try (Device device = open("/ws?token=Bearer%20" + issued.secret())) {
      device.send("{\"type\":\"ping\"}");
      assertThat(device.next().path("type").asString()).isEqualTo("pong");
      site.identity.apiKeys().disable(one, issued.id());
      await().atMost(Duration.ofSeconds(5)).until(() -> device.code() == 4403);
    }
  }

  @Test
  void a_handshake_that_is_none_of_ours_is_refused_as_a_request() throws Exception {
    assertHandshake("/ws/sync", 400, "Authorization", "Bearer " + service);
    assertHandshake("/ws/sync?user_id=month", 400, "Authorization", "Bearer " + service);
    assertHandshake(
        "/ws/sync?user_id=x&device_id=" + "d".repeat(129),
        400,
        "Authorization",
        "Bearer " + service);
    String key = key("a5");
    assertHandshake("/ws/sync?user_id=a6", 403, "Authorization", "Bearer " + key);
    // a page of another origin may not use the cookie that the browser sends along
    String cookie = "tg_user=" + site.cookieSession(one, "a55");
    for (String[] page :
        List.of(
            new String[] {"Cookie", cookie, "Origin", "http://evil"},
            new String[] {"Cookie", cookie},
            new String[] {"Cookie", "tg_user=" + key})) {
      try (Device device = open("/ws/sync", page)) {
        await().until(() -> device.code() == 4401);
      }
    }
    String own = "http://" + site.first().at("/").getAuthority();
    try (Device device = open("/ws/sync", "Cookie", cookie, "Origin", own)) {
      device.send("{\"type\":\"ping\"}");
      assertThat(device.next().path("type").asString()).isEqualTo("pong");
    }
  }

  @Test
  void one_that_is_silent_is_closed_and_one_that_answers_pings_is_not() throws Exception {
    try (Device answering = service("a7", "answers");
        Device deaf = service("a8", "deaf")) {
      deaf.stopReading();
      await().until(() -> devices("a8").isEmpty());
      assertThat(devices("a7")).hasSize(1);
      assertThat(answering.code()).isZero();
    }
  }

  @Test
  void a_message_beyond_the_bound_ends_the_connection() throws Exception {
    try (Device device = service("a9", "d")) {
      device.send("{\"type\":\"" + "x".repeat(5_000) + "\"}");
      await().until(() -> device.code() != 0);
      await().until(() -> devices("a9").isEmpty());
    }
  }

  @Test
  void devices_killed_and_connected_again_under_load_miss_nothing_and_see_nothing_twice()
      throws Exception {
    User user = user("b1");
    // the free quota of the month is given to who is asked for first, and has a version of its own
    long from =
        SyncSite.json(site.get("b1", "Authorization", "Bearer " + service))
            .path("version")
            .longValue();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<Long>> reader = executor.submit(() -> reconnecting("b1", from, 20));
      for (int round = 0; round < 200; round++) {
        site.publish(one, user.id(), round, 1 + round % 3);
      }
      site.publish(one, user.id(), 999_999, 1);
      List<Long> seen = reader.get(60, TimeUnit.SECONDS);
      long last = seen.getLast();
      assertThat(seen).isEqualTo(LongStream.rangeClosed(from + 1, last).boxed().toList());
    }
  }

  private static List<Long> reconnecting(String user, long from, int kills) throws Exception {
    List<Long> seen = new ArrayList<>();
    Random random = new Random(3);
    for (int turn = 0; ; turn++) {
      long last = seen.isEmpty() ? from : seen.getLast();
      try (Device device =
          open(
              "/ws/sync?user_id=" + user + "&last_event_id=" + last,
              "Authorization",
              "Bearer " + service)) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10 + random.nextInt(40));
        boolean killed = turn < kills;
        await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(1))
            .atMost(Duration.ofSeconds(60))
            .until(() -> device.ends() || (killed && System.nanoTime() >= deadline));
        device.close();
        await().until(device::isOver);
        seen.addAll(device.versions());
        if (device.ends()) {
          return seen;
        }
      }
    }
  }

  private static Device service(String user, String device) throws Exception {
    return open(
        "/ws/sync?user_id=" + user + "&device_id=" + device, "Authorization", "Bearer " + service);
  }

  private static List<String> names(String user) throws Exception {
    return site.names(site.first(), user, service);
  }

  private static Device open(SyncSite.Node node, String user, String device) throws Exception {
    return open(
        node.at("/ws/sync?user_id=" + user + "&device_id=" + device),
        "Authorization",
        "Bearer " + service);
  }

  private static Device open(String path, String... headers) throws Exception {
    return open(site.first().at(path), headers);
  }

  private static Device open(URI http, String... headers) throws Exception {
    WebSocket.Builder builder = client.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    Device device = new Device();
    WebSocket socket =
        builder
            .buildAsync(URI.create(http.toString().replace("http:", "ws:")), device)
            .get(10, TimeUnit.SECONDS);
    device.opened.complete(socket);
    return device;
  }

  private static void assertHandshake(String path, int status, String... headers) {
    assertThatThrownBy(() -> open(path, headers))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(status));
  }

  private static List<JsonNode> devices(String user) throws Exception {
    List<JsonNode> devices = new ArrayList<>();
    SyncSite.json(site.get(user + "/devices", "Authorization", "Bearer " + service))
        .path("devices")
        .forEach(devices::add);
    return devices;
  }

  private static String key(String user) {
    return site.identity.apiKeys().issue(one, user(user).id(), "k", OptionalInt.empty()).secret();
  }

  private static User user(String externalId) {
    return site.write(tx -> site.identity.users().findOrCreate(tx, one, externalId));
  }

  /** A device that remembers what it hears. */
  private static final class Device implements WebSocket.Listener, AutoCloseable {
    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();
    private volatile int code;
    private volatile boolean over;
    private volatile boolean reads = true;
    private int asked;

    void send(String text) throws Exception {
      Object _ = opened.join().sendText(text, true).get(10, TimeUnit.SECONDS);
    }

    void sendBytes(byte[] bytes) throws Exception {
      Object _ = opened.join().sendBinary(ByteBuffer.wrap(bytes), true).get(10, TimeUnit.SECONDS);
    }

    /** The next message that was not looked at yet. */
    JsonNode next() {
      int place = asked++;
      await().until(() -> heard.size() > place);
      return heard.get(place);
    }

    JsonNode last(String type) {
      return heard.stream()
          .filter(message -> message.path("type").asString().equals(type))
          .reduce((_, later) -> later)
          .orElseThrow();
    }

    /** What was published, without a new user's first quota, which may still be told of too. */
    private Stream<JsonNode> changes() {
      return heard.stream()
          .filter(message -> message.path("type").asString().equals("nats"))
          .filter(message -> !message.path("data").path("type").asString().equals("quota.updated"));
    }

    List<Long> versions() {
      return changes().map(message -> message.path("data").path("version").longValue()).toList();
    }

    boolean ends() {
      return heard.stream()
          .anyMatch(message -> message.path("data").path("balance").intValue(0) == 999_999);
    }

    int code() {
      return code;
    }

    boolean isOver() {
      return over;
    }

    void stopReading() {
      reads = false;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        heard.add(Json.read(part.toString().getBytes(UTF_8)));
        part.setLength(0);
      }
      webSocket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
      if (reads) {
        webSocket.request(1);
      }
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
      code = status;
      over = true;
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      code = code == 0 ? 1006 : code;
      over = true;
    }

    @Override
    public void close() {
      opened.join().abort();
      over = true;
    }
  }
}
