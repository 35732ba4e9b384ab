package io.tollgate.edge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.User;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class EventStreamTest {
  private static final SyncSite site =
      new SyncSite(
          Map.of(
              "sync.heartbeat.ms", "500",
              "sync.token.check.ms", "400",
              "sync.user.connections.max", "3",
              "sync.behind.max", "50",
              "sync.queue.bytes", "4096"));
  private static final SyncSite.Node other = site.node();
  private static final TenantId one = site.tenant("one", 1000);
  private static final TenantId two = site.tenant("two", 0);
  private static final String service =
      "Bearer " + site.identity.serviceTokens().issue(one, "backend");

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void the_numbers_come_at_once_and_then_what_changes_with_its_version() throws Exception {
    User user = user("a1");
    try (StreamReader reader = open("a1")) {
      await().untilAsserted(() -> assertThat(reader.told()).isNotEmpty());
      assertThat(reader.head()).contains("200").contains("text/event-stream");
      StreamReader.Told sync = reader.told().getFirst();
      assertThat(sync.data().propertyNames())
          .containsExactly(
              "type", "quota_limit", "quota_used", "quota_remaining", "balance", "timestamp");
      assertThat(sync.type()).isEqualTo("sync");
      assertThat(sync.data().path("quota_remaining").longValue()).isEqualTo(1000);
      site.publish(one, user.id(), 1, 3);
      await().untilAsserted(() -> assertThat(reader.ids("balance_changed")).hasSize(3));
      long first = sync.id().orElseThrow();
      assertThat(reader.ids("balance_changed")).containsExactly(first + 1, first + 2, first + 3);
      StreamReader.Told changed =
          reader.told().stream()
              .filter(told -> told.type().equals("balance_changed"))
              .findFirst()
              .orElseThrow();
      assertThat(changed.data().path("balance").intValue()).isEqualTo(1);
      assertThat(changed.data().path("reason").asString()).isEqualTo("api_usage");
      assertThat(changed.data().path("version").longValue()).isEqualTo(first + 1);
    }
  }

  @Test
  void a_heartbeat_has_the_numbers_after_the_last_event_and_no_version() throws Exception {
    User user = user("a2");
    try (StreamReader reader = open("a2")) {
      await().untilAsserted(() -> assertThat(reader.told()).isNotEmpty());
      site.publish(one, user.id(), 77, 1);
      await()
          .untilAsserted(
              () ->
                  assertThat(reader.told())
                      .filteredOn(told -> told.type().equals("heartbeat"))
                      .last()
                      .satisfies(
                          told -> {
                            assertThat(told.id()).isEmpty();
                            assertThat(told.data().path("balance").intValue()).isEqualTo(77);
                            assertThat(told.data().path("quota_remaining").intValue())
                                .isEqualTo(1000);
                          }));
    }
  }

  @Test
  void who_comes_back_with_the_last_id_gets_what_was_missed_in_order_then_what_follows()
      throws Exception {
    User user = user("a3");
    site.publish(one, user.id(), 1, 5);
    long last;
    try (StreamReader reader = open("a3")) {
      await().untilAsserted(() -> assertThat(reader.told()).isNotEmpty());
      last = reader.lastId();
    }
    // more than is read at once, and far beyond what a slow reader may be behind
    site.publish(one, user.id(), 6, 450);
    for (String[] how : List.of(new String[] {"Last-Event-ID", "" + last}, new String[0])) {
      String query = how.length == 0 ? "?last_event_id=" + last : "";
      List<String> headers = new ArrayList<>(List.of("Authorization", service));
      headers.addAll(List.of(how));
      try (StreamReader reader =
          StreamReader.open(
              other.at("/api/v1/billing/sync/a3/stream" + query), headers.toArray(String[]::new))) {
        await().untilAsserted(() -> assertThat(reader.ids("balance_changed")).hasSize(450));
        assertThat(reader.told().getFirst().type()).isEqualTo("sync");
        assertThat(reader.told().getFirst().id()).hasValue(last);
        assertThat(reader.ids("balance_changed"))
            .isEqualTo(LongStream.rangeClosed(last + 1, last + 450).boxed().toList());
      }
    }
  }

  @Test
  void who_was_away_longer_than_events_are_kept_starts_afresh() throws Exception {
    User user = user("a4");
    site.publish(one, user.id(), 1, 5);
    ownerExecutes("DELETE FROM data.outbox WHERE version <= 3 AND user_id = " + user.id());
    for (String last : List.of("1", "999999", "x", "-1", "99999999999999999999")) {
      try (StreamReader reader =
          StreamReader.open(
              site.first().at("/api/v1/billing/sync/a4/stream"),
              "Authorization",
              service,
              "Last-Event-ID",
              last)) {
        await().untilAsserted(() -> assertThat(reader.told()).isNotEmpty());
        assertThat(reader.told().getFirst().id()).hasValue(version("a4"));
        assertThat(reader.ids("balance_changed")).isEmpty();
      }
    }
  }

  @Test
  void the_token_may_stand_in_the_query_or_be_the_portals_cookie() throws Exception {
    String key =
        site.identity.apiKeys().issue(one, user("a5").id(), "k", OptionalInt.empty()).secret();
    String path = "/api/v1/billing/sync/a5/stream";
    for (String query : List.of("?token=" + key, "?token=Bearer%20" + key)) {
      try (StreamReader reader = StreamReader.open(site.first().at(path + query))) {
        await().untilAsserted(() -> assertThat(reader.told()).isNotEmpty());
      }
    }
    String cookie = "x=1; tg_user=" + site.cookieSession(one, "a55");
    String own = path.replace("a5", "a55");
    for (String[] page :
        List.of(
            new String[] {"Cookie", cookie},
            new String[] {"Cookie", cookie, "Sec-Fetch-Site", "same-origin"},
            new String[] {"Cookie", cookie, "Origin", origin()})) {
      try (StreamReader reader = StreamReader.open(site.first().at(own), page)) {
        await().untilAsserted(() -> assertThat(reader.told()).isNotEmpty());
      }
    }
    // pages of others, those of another port of this host among them
    assertRefused(own, "401 ", "Cookie", cookie, "Sec-Fetch-Site", "same-site");
    assertRefused(own, "401 ", "Cookie", cookie, "Sec-Fetch-Site", "cross-site");
    assertRefused(own, "401 ", "Cookie", cookie, "Origin", "http://127.0.0.1:1");
    assertRefused(own, "401 ", "Cookie", cookie, "Origin", "null");
    // in the cookie there is a session, and nothing else that stands for somebody
    String admin = cookie.replace("tg_user", "tg_admin");
    assertRefused(own, "401 ", "Cookie", admin);
    assertRefused(path, "401 ", "Cookie", "tg_user=" + key);
    assertRefused(path, "401 ", "Cookie", "tg_user=" + service.substring("Bearer ".length()));
    assertRefused(own, "401 ", "Cookie", cookie + "; tg_user=planted");
  }

  private static String origin() {
    return "http://" + site.first().at("/").getAuthority();
  }

  @Test
  void who_may_not_see_the_numbers_is_refused_before_anything_is_told() throws Exception {
    user("a6");
    String path = "/api/v1/billing/sync/a6/stream";
    String foreign = "Bearer " + site.identity.serviceTokens().issue(two, "backend");
    assertRefused(path, "401 ");
    assertRefused(path, "401 ", "Authorization", "Bearer nonsense");
    assertRefused(path + "?token=a&token=b", "400 ");
    assertRefused("/api/v1/billing/sync/month/stream", "400 ", "Authorization", service);
    String key =
        site.identity.apiKeys().issue(one, user("a7").id(), "k", OptionalInt.empty()).secret();
    assertRefused(path, "403 ", "Authorization", "Bearer " + key);
    // the other tenant's user of the same name is another one
    try (StreamReader reader = StreamReader.open(site.first().at(path), "Authorization", foreign)) {
      await().untilAsserted(() -> assertThat(reader.told()).isNotEmpty());
      site.publish(one, user("a6").id(), 1, 1);
      await().during(Duration.ofMillis(400)).until(() -> reader.ids("balance_changed").isEmpty());
    }
  }

  @Test
  void a_token_that_is_revoked_ends_the_stream() throws Exception {
    var issued = site.identity.apiKeys().issue(one, user("a8").id(), "k", OptionalInt.empty());
    try (StreamReader reader =
        StreamReader.open(
            site.first().at("/api/v1/billing/sync/a8/stream?token=" + issued.secret()))) {
      await().untilAsserted(() -> assertThat(reader.told()).isNotEmpty());
      site.identity.apiKeys().disable(one, issued.id());
      await().atMost(Duration.ofSeconds(5)).until(reader::ended);
    }
  }

  @Test
  void one_user_opens_so_many_streams_and_no_more() throws Exception {
    List<StreamReader> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      StreamReader reader = open("a9");
      readers.add(reader);
      await().untilAsserted(() -> assertThat(reader.told()).isNotEmpty());
    }
    assertRefused("/api/v1/billing/sync/a9/stream", "429 ", "Authorization", service);
    readers.getFirst().close();
    await()
        .untilAsserted(
            () -> {
              try (StreamReader reader = open("a9")) {
                await()
                    .atMost(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(reader.told()).isNotEmpty());
              }
            });
    readers.forEach(StreamReader::close);
  }

  @Test
  void a_slow_reader_gets_all_it_can_take_and_then_the_numbers_in_place_of_the_rest()
      throws Exception {
    User user = user("b1");
    try (StreamReader reader =
        StreamReader.slow(
            site.first().at("/api/v1/billing/sync/b1/stream"), "Authorization", service)) {
      await().until(() -> site.first().streams() > 0);
      // more than the buffers of both ends have room for
      for (int round = 0; round < 60; round++) {
        site.publish(one, user.id(), 1, 2_000);
      }
      reader.begin();
      long last = version("b1");
      await().untilAsserted(() -> assertThat(reader.lastId()).isEqualTo(last));
      List<Long> all =
          reader.told().stream()
              .filter(t -> t.id().isPresent())
              .map(t -> t.id().getAsLong())
              .toList();
      assertThat(all).isSorted().doesNotHaveDuplicates();
      assertThat(reader.ids("sync")).hasSizeGreaterThan(1).contains(last);
      assertThat(collapsed()).isPositive();
    }
  }

  @Test
  void clients_killed_and_connected_again_under_load_miss_nothing_and_see_nothing_twice()
      throws Exception {
    int users = 4;
    List<User> all = new ArrayList<>();
    for (int i = 0; i < users; i++) {
      all.add(user("c" + i));
    }
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Long>>> readers = new ArrayList<>();
      long[] starts = new long[users];
      for (int i = 0; i < users; i++) {
        starts[i] = version("c" + i);
        int number = i;
        readers.add(executor.submit(() -> reconnecting("c" + number, starts[number], 25)));
      }
      Future<?> writing =
          executor.submit(
              () -> {
                Random random = new Random(7);
                for (int round = 0; round < 400; round++) {
                  site.publish(
                      one, all.get(random.nextInt(users)).id(), round, 1 + random.nextInt(3));
                }
              });
      Object _ = writing.get(60, TimeUnit.SECONDS);
      for (int i = 0; i < users; i++) {
        site.publish(one, all.get(i).id(), 999_999, 1);
        long last = version("c" + i);
        assertThat(readers.get(i).get(60, TimeUnit.SECONDS))
            .isEqualTo(LongStream.rangeClosed(starts[i] + 1, last).boxed().toList());
      }
    }
  }

  /** Reads until the last event, on one process or the other, killed many times. */
  private static List<Long> reconnecting(String user, long from, int kills) throws Exception {
    List<Long> seen = new ArrayList<>();
    Random random = new Random(user.hashCode());
    long last = from;
    for (int turn = 0; ; turn++) {
      SyncSite.Node node = random.nextBoolean() ? site.first() : other;
      try (StreamReader reader =
          StreamReader.open(
              node.at("/api/v1/billing/sync/" + user + "/stream"),
              "Authorization",
              service,
              "Last-Event-ID",
              Long.toString(last))) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10 + random.nextInt(60));
        boolean killed = turn < kills;
        // a virtual thread that spins keeps its carrier from those that read and write
        await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(1))
            .atMost(Duration.ofSeconds(60))
            .until(() -> ends(reader) || (killed && System.nanoTime() >= deadline));
        reader.close();
        await().until(reader::ended);
        seen.addAll(reader.ids("balance_changed"));
        last = seen.isEmpty() ? from : seen.getLast();
        if (ends(reader)) {
          return seen;
        }
      }
    }
  }

  private static boolean ends(StreamReader reader) {
    return reader.told().stream()
        .anyMatch(
            told ->
                told.type().equals("balance_changed")
                    && told.data().path("balance").intValue() == 999_999);
  }

  @Test
  void what_one_process_commits_clients_of_another_see_within_a_second() throws Exception {
    User user = user("d1");
    try (StreamReader here = open("d1");
        StreamReader there =
            StreamReader.open(
                other.at("/api/v1/billing/sync/d1/stream"), "Authorization", service)) {
      await().until(() -> !here.told().isEmpty() && !there.told().isEmpty());
      for (int round = 0; round < 5; round++) {
        site.publish(one, user.id(), round, 1);
        int expected = round + 1;
        for (StreamReader reader : List.of(here, there)) {
          await()
              .atMost(Duration.ofSeconds(1))
              .until(() -> reader.ids("balance_changed").size() == expected);
        }
      }
      assertThat(new HashSet<>(there.ids("balance_changed"))).hasSize(5);
    }
  }

  @Test
  void a_grant_is_seen_by_who_asks_and_moves_the_version() throws Exception {
    long before = version("e1");
    site.give(one, "e1", new Amount(Asset.TOKEN, 5), "e1");
    assertThat(version("e1")).isGreaterThan(before);
  }

  private static StreamReader open(String user) throws IOException {
    return StreamReader.open(
        site.first().at("/api/v1/billing/sync/" + user + "/stream"), "Authorization", service);
  }

  private static void assertRefused(String path, String status, String... headers)
      throws IOException {
    try (StreamReader reader = StreamReader.open(site.first().at(path), headers)) {
      await().untilAsserted(() -> assertThat(reader.head()).startsWith("HTTP/1.1 " + status));
      assertThat(reader.told()).isEmpty();
    }
  }

  private static double collapsed() {
    return site.first().collapsed();
  }

  private static User user(String externalId) {
    return site.write(tx -> site.identity.users().findOrCreate(tx, one, externalId));
  }

  private static long version(String user) throws Exception {
    return SyncSite.json(site.get(user, "Authorization", service)).path("version").longValue();
  }

  private static void ownerExecutes(String text) throws Exception {
    try (Connection connection = site.database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(text);
    }
  }
}
