package io.tollgate.tests.attack;

import static io.tollgate.tests.upstream.Answers.json;
import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.sandbox.script.RequestMatch;
import io.tollgate.sandbox.script.Script;
import io.tollgate.tests.upstream.Answered;
import io.tollgate.tests.upstream.Answers;
import io.tollgate.tests.upstream.Chat;
import io.tollgate.tests.upstream.Payer;
import io.tollgate.tests.upstream.Site;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Attacks that each brought an earlier build down, or opened it. After each of them the program
 * holds nothing that an attacker left behind and serves the next honest request; after all of them
 * its heap is as before, its logs are small and say no secret, and it stops in seconds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Attacks {
  // a line for each, and what a start says
  private static final int MAX_LOG_BYTES_OF_A_REQUEST = 1024;
  private static final int MAX_LOG_BYTES_OTHERWISE = 1 << 20;
  private static final Duration MAX_STOP = Duration.ofSeconds(5);
  // 128 and the signal that Ctrl-C's kind of stop is
  private static final int TERMINATED = 143;
  private static final long MAX_HEAP_GROWTH_BYTES = 64L << 20;
  private static final int AT_ONCE = 64;
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private final AttackSize size;
  private final AtomicLong attempts = new AtomicLong();
  private final long started = System.nanoTime();
  private Site site;
  private long heapBefore;

  Attacks(AttackSize size) {
    this.size = size;
  }

  @BeforeAll
  void start() throws IOException {
    Path folder = Files.createTempDirectory("tollgate-attacked");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    site =
        Site.startIn(
            folder,
            "--http-body-deadline-ms=1500",
            "--http-body-total-mib=64",
            "--relay-memory-mib=64",
            "--upstream-connections=600",
            "--relay-upstream-connection-ms=800",
            "--http-drain-ms=1000",
            "--relay-hang-up-ms=1000");
    honestRequestIsServed();
    heapBefore = heapAfterCollection();
  }

  @AfterEach
  void nothingIsLeftBehind() {
    for (String gauge :
        List.of(
            "tollgate_relay_in_flight",
            "tollgate_relay_memory_bytes",
            "tollgate_relay_reading_on",
            "tollgate_passages_open",
            "tollgate_http_body_held_bytes")) {
      awaitAtMost(gauge, 0);
    }
    // reading it is one of them
    awaitAtMost("tollgate_blocking_admitted", 1);
    honestRequestIsServed();
  }

  @AfterAll
  void allIsAsBefore() {
    try (Site stopping = site) {
      long heapAfter = heapAfterCollection();
      double served = stopping.metric("billing_http_requests_total");
      stopping.checkBooksAndLogs();
      int logBytes = stopping.logs().length();
      long stopped = System.nanoTime();
      int exitCode = stopping.installation().stop(MAX_STOP);
      AttackReport report =
          new AttackReport(
              secondsSince(started),
              attempts.get(),
              (long) served,
              heapBefore,
              heapAfter,
              logBytes,
              secondsSince(stopped));
      report.write(size.name());
      assertThat(exitCode).isIn(0, TERMINATED);
      assertThat(heapAfter - heapBefore).isLessThan(MAX_HEAP_GROWTH_BYTES);
      assertThat((double) logBytes)
          .isLessThan(MAX_LOG_BYTES_OTHERWISE + served * MAX_LOG_BYTES_OF_A_REQUEST);
      var audit = stopping.installation().audit();
      assertThat(audit.exitCode()).as(audit.output()).isZero();
    }
  }

  @Test
  void s01_bad_escapes_in_queries_give_back_what_they_held() throws Exception {
    int connections = 16;
    int each = size.badEscapes() / connections;
    String request =
        "POST /v1/chat/completions?key=%zz&note="
            + Site.QUERY_MARK
            + " HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\n{}";
    all(
        connections,
        number -> {
          for (int sent = 0; sent < each; sent++) {
            try (Intruder intruder = intruder(number)) {
              intruder.send(request);
              assertThat(intruder.status()).isEqualTo(400);
            }
          }
        });
    assertThat(ready()).isEqualTo(200);
  }

  @Test
  void s01_so_do_bad_escapes_on_every_route() throws Exception {
    List<String> targets =
        List.of(
            "GET /v1/models?key=%",
            "GET /v1/models/%zz",
            "POST /v1/chat/completions?%e0%a4=1",
            "POST /v1/%63hat/completions%",
            "GET /api/request-logs?page=%f",
            "GET /api/v1/billing/sync/%ff%fe",
            "GET /health?%%%");
    for (String target : targets) {
      try (Intruder intruder = intruder(1)) {
        intruder.send(target + " HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\n{}");
        assertThat(intruder.status()).as(target).isBetween(200, 499);
      }
    }
  }

  @Test
  void s02_a_declared_length_takes_no_memory() throws Exception {
    Payer poor = site.payer("0");
    String head =
        "POST /v1/chat/completions HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer "
            + poor.apiKey()
            + "\r\nContent-Type: application/json\r\nContent-Length: 33554432\r\n\r\n";
    List<Intruder> intruders = new ArrayList<>();
    try {
      for (int number = 0; number < size.declaredBodies(); number++) {
        Intruder intruder = intruder(number);
        intruders.add(intruder);
        intruder.send(head);
      }
      for (String piece : List.of("{", "\"", "m")) {
        for (Intruder intruder : intruders) {
          sendQuietly(intruder, piece);
        }
        assertThat(site.metric("tollgate_relay_memory_bytes")).isLessThan(4 << 20);
      }
      honestRequestIsServed();
    } finally {
      for (Intruder intruder : intruders) {
        intruder.close();
      }
    }
  }

  @Test
  void s02_bodies_that_do_come_take_no_more_than_the_budget() throws Exception {
    Payer payer = site.payer("1");
    String body = Chat.of("gpt-4o-mini", "toll ".repeat(1 << 20)).json();
    String head =
        "POST /v1/chat/completions HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer "
            + payer.apiKey()
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + (body.length() + 1)
            + "\r\n\r\n";
    all(
        size.declaredBodies(),
        number -> {
          try (Intruder intruder = intruder(number)) {
            // all but the last byte
            sendQuietly(intruder, head);
            sendQuietly(intruder, body);
            assertThat(site.metric("tollgate_relay_memory_bytes")).isLessThan(65 << 20);
          }
        });
  }

  @Test
  void s03_an_answer_before_the_body_closes_the_connection_within_a_bound() throws Exception {
    String wrongPath = "POST /nope HTTP/1.1\r\nHost: here\r\nContent-Length: 1000\r\n\r\n";
    String wrongKey =
        "POST /v1/chat/completions HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer sk-nobody\r\n"
            + "Content-Length: 1000\r\n\r\n";
    int batch = 1_000;
    for (int done = 0; done < size.unfinishedBodies(); done += batch) {
      List<Intruder> intruders = new ArrayList<>();
      try {
        for (int number = 0; number < Math.min(batch, size.unfinishedBodies()); number++) {
          Intruder intruder = intruder(number);
          intruders.add(intruder);
          intruder.send(number % 2 == 0 ? wrongPath : wrongKey);
        }
        long started = System.nanoTime();
        for (Intruder intruder : intruders) {
          assertThat(intruder.isClosedByServer()).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started))
            .isLessThan(Duration.ofSeconds(15));
      } finally {
        for (Intruder intruder : intruders) {
          intruder.close();
        }
      }
    }
  }

  @Test
  void s03_so_does_the_answer_to_a_body_that_comes_too_slowly() throws Exception {
    try (Intruder intruder = Intruder.connect(site.installation().demo().privateUrl(), 3)) {
      intruder.send(
          "POST /internal/v1/billing/grants HTTP/1.1\r\nHost: here\r\nX-Service-Token: "
              + site.installation().demo().serviceToken()
              + "\r\nContent-Length: 1000\r\n\r\n{");
      assertThat(intruder.status()).isEqualTo(408);
      assertThat(intruder.isClosedByServer()).isTrue();
    }
  }

  @Test
  void s06_slow_calls_of_one_key_leave_room_for_another_user() throws Exception {
    Payer greedy = site.payer("10");
    Payer other = site.payer("10");
    var account = site.account();
    site.upstream()
        .put(RequestMatch.contains("never answered"), 10_000, Script.answer().hang().done());
    site.upstream()
        .put(account.match(), 1_000, Script.json(200, Answers.chat("A fee.", usage(8, 2))));
    String call = call(greedy, Chat.of("gpt-4o-mini", "never answered").maxTokens(10));
    List<Intruder> intruders = Collections.synchronizedList(new ArrayList<>());
    try {
      all(
          size.slowCalls(),
          number -> {
            Intruder intruder = intruder(number);
            intruders.add(intruder);
            intruder.send(call);
          });
      await("the key's calls have come as far as they may")
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(50))
          .until(() -> site.upstream().received().size() >= Math.min(256, size.slowCalls()));
      long started = System.nanoTime();
      all(
          20,
          number -> {
            Answered answered = other.ask(Chat.mini().maxTokens(10));
            assertThat(answered.status()).as(answered.body()).isEqualTo(200);
          });
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(8));
      assertThat(
              site.upstream().received().stream()
                  .filter(request -> request.body().toString().contains("never answered"))
                  .count())
          .isLessThanOrEqualTo(256);
      Answered more = greedy.ask(Chat.mini().maxTokens(10));
      assertThat(more.status()).isEqualTo(429);
      assertThat(more.header("Retry-After")).isNotEmpty();
    } finally {
      for (Intruder intruder : intruders) {
        intruder.close();
      }
    }
  }

  @Test
  void s06_the_wait_for_a_connection_to_the_provider_is_bounded() throws Exception {
    Payer other = site.payer("10");
    site.account();
    site.upstream()
        .put(RequestMatch.contains("never answered"), 10_000, Script.answer().hang().done());
    List<Intruder> intruders = Collections.synchronizedList(new ArrayList<>());
    try {
      for (int user = 0; user < 4; user++) {
        Payer greedy = site.payer("10");
        String call = call(greedy, Chat.of("gpt-4o-mini", "never answered").maxTokens(10));
        all(
            256,
            number -> {
              Intruder intruder = intruder(number);
              intruders.add(intruder);
              intruder.send(call);
            });
      }
      await("all connections are taken")
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(50))
          .until(() -> site.upstream().openConnections() >= 600);
      long since = System.nanoTime();
      Answered answered = other.ask(Chat.mini().maxTokens(10));
      assertThat(answered.status()).as(answered.body()).isEqualTo(503);
      assertThat(answered.header("Retry-After")).isNotEmpty();
      assertThat(secondsSince(since)).isLessThan(6);
      other.charged(answered).isFree();
      assertThat(other.balance()).isEqualByComparingTo("10");
    } finally {
      for (Intruder intruder : intruders) {
        intruder.close();
      }
    }
  }

  @Test
  void callers_who_do_not_read_their_streams_take_no_more_than_the_budget() throws Exception {
    Payer payer = site.payer("10");
    var account = site.account();
    String filler = ": " + "toll ".repeat(12_000) + "\n\n";
    Script endless =
        Script.answer()
            .eventStream()
            .event(Answers.chunk("A"))
            .repeatChunk(filler, 0, 400)
            .event(Answers.finish("stop"))
            .event("[DONE]")
            .endChunks()
            .done();
    site.upstream().put(account.match(), size.silentReaders(), endless);
    String call = call(payer, Chat.mini().stream().maxTokens(10));
    List<Intruder> intruders = new ArrayList<>();
    try {
      for (int number = 0; number < size.silentReaders(); number++) {
        Intruder intruder = intruder(number);
        intruders.add(intruder);
        intruder.send(call);
      }
      await("each has its stream")
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> site.upstream().waiting() == 0);
      assertThat(site.metric("tollgate_relay_memory_bytes")).isLessThan(65 << 20);
      assertThat(ready()).isEqualTo(200);
    } finally {
      for (Intruder intruder : intruders) {
        intruder.close();
      }
    }
  }

  @Test
  void requests_sent_ahead_are_answered_one_after_the_other() throws Exception {
    String request = "GET /v1/models HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer sk-no\r\n\r\n";
    all(
        size.declaredBodies(),
        number -> {
          try (Intruder intruder = intruder(number)) {
            sendQuietly(intruder, request.repeat(200));
            int answers = 0;
            while (answers < 200 && intruder.status() == 401) {
              answers++;
            }
            assertThat(answers).isEqualTo(200);
          }
        });
  }

  @Test
  void s07_errors_in_many_streams_say_nothing_of_the_account() throws Exception {
    Payer payer = site.payer("10");
    var account = site.account();
    String error =
        json("{'error':{'message':'No funds for ")
            + account.key()
            + json(" in organization org-Q3xk41vPqA7dLmZ2','code':'billing'}}");
    site.upstream()
        .put(account.match(), size.errorStreams(), Script.events(Answers.chunk("Half"), error));
    all(
        size.errorStreams(),
        number -> {
          Answered answered = payer.ask(Chat.mini().stream());
          assertThat(answered.body())
              .contains("error")
              .doesNotContain(account.key())
              .doesNotContain("org-Q3xk41vPqA7dLmZ2");
        });
  }

  @Test
  void s08_failed_logins_with_invented_names_lock_nobody_else_out() throws Exception {
    all(
        size.failedLogins(),
        number -> {
          var answer = login("invented" + number, "guessed-" + number);
          assertThat(answer).isIn(401, 423, 429, 503);
        });
    assertThat(login("admin", "admin123")).isEqualTo(200);
  }

  @Test
  void s11_bodies_held_open_from_one_address_leave_room_for_logins() throws Exception {
    String head =
        "POST /api/auth/login HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
            + "Content-Length: 1000000\r\n\r\n";
    String most = "{\"username\":\"" + "x".repeat(900_000);
    List<Intruder> intruders = new ArrayList<>();
    try {
      for (int number = 0; number < size.heldBodies(); number++) {
        // one address for all of them
        Intruder intruder = intruder(7);
        intruders.add(intruder);
        sendQuietly(intruder, head);
        sendQuietly(intruder, most);
        if (number % 50 == 0) {
          assertThat(login("admin", "admin123")).as("after %d", number).isEqualTo(200);
        }
      }
      assertThat(login("admin", "admin123")).isEqualTo(200);
    } finally {
      for (Intruder intruder : intruders) {
        intruder.close();
      }
    }
  }

  @Test
  void s13_what_is_made_in_a_folder_for_all_is_its_owners() throws Exception {
    List<Path> open = new ArrayList<>();
    try (Stream<Path> made = Files.list(site.installation().dataDirectory())) {
      for (Path each : made.toList()) {
        addOpenToOthers(each, open);
      }
    }
    assertThat(open).isEmpty();
    assertThat(site.logs()).contains("others of this machine can read or write");
  }

  @Test
  void s16_requests_with_two_meanings_are_400() throws Exception {
    Payer payer = site.payer("1");
    String key = "Authorization: Bearer " + payer.apiKey() + "\r\n";
    for (String headers :
        List.of(
            "Host: here\r\nHost: there\r\n",
            "",
            "Host: here\r\nX-Folded: one\r\n two\r\n",
            "Host: here\r\n: nameless\r\n",
            "Host: here\r\nTE: gzip\r\nTransfer-Encoding: gzip, chunked\r\n",
            "Host: here\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n",
            "Host: here\r\nContent-Length: 5\r\nContent-Length: 6\r\n",
            "Host: here\r\nContent-Length: +5\r\n",
            "Host: here\r\nContent-Length: 5, 5\r\n",
            "Host: here\r\nX Space: 1\r\n",
            "Host: here\r\nX-Null: a\0b\r\n")) {
      try (Intruder intruder = intruder(5)) {
        intruder.send("POST /v1/chat/completions HTTP/1.1\r\n" + key + headers + "\r\n0\r\n\r\n");
        assertThat(intruder.status()).as(headers).isIn(400, 501);
      }
    }
    assertThat(payer.balance()).isEqualByComparingTo("1");
  }

  @Test
  void s17_a_body_of_very_many_messages_holds_nobody_up() throws Exception {
    Payer poor = site.payer("0");
    StringBuilder messages = new StringBuilder("{\"model\":\"gpt-4o-mini\",\"messages\":[");
    for (int message = 0; message < size.manyMessages(); message++) {
      messages.append(message == 0 ? "" : ",").append("{\"role\":\"user\",\"content\":\"t\"}");
    }
    byte[] body = Answers.bytes(messages.append("]}").toString());
    Payer rich = site.payer("10");
    var account = site.account();
    site.upstream()
        .put(account.match(), 1, Script.json(200, Answers.chat("A fee.", usage(100, 10))));
    AtomicInteger answered = new AtomicInteger();
    long[] slowestMs = new long[1];
    all(
        4,
        number -> {
          if (number == 0) {
            while (answered.get() < 3) {
              long sent = System.nanoTime();
              assertThat(ready()).isEqualTo(200);
              slowestMs[0] = Math.max(slowestMs[0], (System.nanoTime() - sent) / 1_000_000);
            }
            return;
          }
          try {
            // who has no means is refused before it is read, the others after
            int status = (number == 1 ? rich : poor).ask(body).status();
            assertThat(status).isIn(number == 1 ? List.of(200, 400) : List.of(402));
          } finally {
            answered.incrementAndGet();
          }
        });
    assertThat(slowestMs[0]).isLessThan(1_000);
  }

  @Test
  void honest_calls_after_hang_ups_at_every_moment_are_served() throws Exception {
    Payer payer = site.payer("10");
    var account = site.account();
    site.upstream().put(account.match(), 64, Script.events(Answers.stream("A fee.", usage(8, 2))));
    String whole = call(payer, Chat.mini().stream());
    for (int part = 1; part <= 32; part++) {
      try (Intruder intruder = intruder(part)) {
        intruder.send(whole.substring(0, whole.length() * part / 32));
      }
    }
  }

  /** Adds what others than the owner can get at; what is in a folder that is closed they cannot. */
  private static void addOpenToOthers(Path path, List<Path> open) throws IOException {
    if (Files.getPosixFilePermissions(path).stream().noneMatch(OTHERS::contains)) {
      return;
    }
    open.add(path);
    if (Files.isDirectory(path)) {
      try (Stream<Path> inside = Files.list(path)) {
        for (Path each : inside.toList()) {
          addOpenToOthers(each, open);
        }
      }
    }
  }

  private static String call(Payer payer, Chat chat) {
    return Intruder.call(payer.apiKey(), chat.json());
  }

  private void honestRequestIsServed() {
    Payer payer = site.payer("1");
    site.answers(Script.json(200, Answers.chat("A fee.", usage(100, 10))));
    Answered answered = payer.ask(Chat.ofTokens("gpt-4o-mini", 60));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    payer.charged(answered).is("0.000021", 100, 10);
    assertThat(ready()).isEqualTo(200);
  }

  private int ready() {
    return site.client().get(site.client().url("/health/ready")).statusCode();
  }

  private int login(String name, String password) {
    return site.client()
        .send(
            HttpRequest.newBuilder(site.client().url("/api/auth/login"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        Chat.jsonOf(Map.of("username", name, "password", password))))
                .build())
        .statusCode();
  }

  private URI server() {
    return site.installation().demo().publicUrl();
  }

  private long heapAfterCollection() {
    return ProgramHeap.liveBytes(site.installation().process().pid());
  }

  private void awaitAtMost(String gauge, int value) {
    await(gauge)
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> site.metric(gauge) <= value);
  }

  private Intruder intruder(int number) throws IOException {
    attempts.incrementAndGet();
    return Intruder.connect(server(), number);
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private static void sendQuietly(Intruder intruder, String text) {
    try {
      intruder.send(text);
    } catch (IOException e) {
      // answered and closed before all of it was sent
      assertThat(e).isNotNull();
    }
  }

  /** Does something {@code times} times, some of them at once; the first that fails tells. */
  private static void all(int times, Deed deed) throws Exception {
    Semaphore turns = new Semaphore(AT_ONCE);
    List<Callable<Boolean>> deeds = new ArrayList<>();
    for (int number = 0; number < times; number++) {
      int mine = number;
      deeds.add(
          () -> {
            turns.acquire();
            try {
              deed.run(mine);
              return true;
            } finally {
              turns.release();
            }
          });
    }
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : executor.invokeAll(deeds)) {
        assertThat(done.get()).isTrue();
      }
    }
  }

  /** One of many. */
  @FunctionalInterface
  private interface Deed {
    void run(int number) throws Exception;
  }
}
