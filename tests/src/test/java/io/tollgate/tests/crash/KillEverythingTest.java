package io.tollgate.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Installation;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Everything is killed under load, again and again; the books hold each completed request once. */
@Tag("slow")
class KillEverythingTest {
  private static final int KILLS = 10;

  /** Of every answer that is whole. */
  private static final long OUTPUT_TOKENS = 12;

  private static final int CALLERS = 8;
  private static final int PAGE = 500;

  @Test
  void every_completed_request_is_in_the_books_once_after_ten_kills() throws Exception {
    long seed = Long.getLong("tollgate.test.seed", System.nanoTime());
    Random random = new Random(seed);
    System.out.println("seed " + seed);
    Map<String, Long> completed = new ConcurrentHashMap<>();
    try (Installation installation = Installation.start()) {
      Client client = new Client(installation);
      for (int kill = 0; kill < KILLS; kill++) {
        loadThenKill(installation, client, completed, random, kill);
        installation.startAgain();
      }
      assertThat(completed).hasSizeGreaterThan(3 * KILLS);
      assertThat(installation.audit())
          .satisfies(audit -> assertThat(audit.exitCode()).as(audit.output()).isZero());
      compare(client, completed);
    }
  }

  private static void loadThenKill(
      Installation installation,
      Client client,
      Map<String, Long> completed,
      Random random,
      int round)
      throws Exception {
    AtomicBoolean running = new AtomicBoolean(true);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> callers = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        int number = caller;
        callers.add(
            executor.submit(() -> call(installation, client, completed, running, round, number)));
      }
      int enough = completed.size() + 3 + random.nextInt(60);
      await("load of round " + round)
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(1 + random.nextInt(20)))
          .until(() -> completed.size() >= enough);
      // now and then PostgreSQL is left as an orphan
      installation.killHard(round % 2 == 0);
      running.set(false);
      for (Future<?> caller : callers) {
        caller.get(60, TimeUnit.SECONDS);
      }
    }
  }

  private static void call(
      Installation installation,
      Client client,
      Map<String, Long> completed,
      AtomicBoolean running,
      int round,
      int caller) {
    Demo.User user = installation.demo().user(caller % 2);
    boolean stream = caller % 4 >= 2;
    while (running.get()) {
      try {
        HttpResponse<String> response =
            client.postChat(
                user.apiKey(),
                Client.chat("gpt-4o-mini", 20, stream, "Round " + round + " of " + caller),
                "X-Sandbox",
                "output_tokens=" + OUTPUT_TOKENS);
        if (response.statusCode() == 200 && (!stream || response.body().contains("[DONE]"))) {
          completed.merge(
              response.headers().firstValue("x-request-id").orElseThrow(), 1L, Long::sum);
        }
      } catch (UncheckedIOException e) {
        if (running.get() && !installation.process().isAlive()) {
          return; // killed: that is the point
        }
      }
    }
  }

  private static void compare(Client client, Map<String, Long> completed) {
    String admin = client.adminToken();
    Map<String, List<JsonNode>> booked = settled(client, admin, completed.keySet());
    JsonNode served = client.served().required("by_request_id");
    for (String id : completed.keySet()) {
      assertThat(booked.get(id)).as("rows of " + id).hasSize(1);
      JsonNode row = booked.get(id).getFirst();
      assertThat(row.required("settled").asString()).as(id).isEqualTo("settled");
      JsonNode witness = served.required(id);
      assertThat(row.required("input_tokens").asLong())
          .as(id)
          .isEqualTo(witness.required("input_tokens").asLong());
      assertThat(row.required("output_tokens").asLong()).as(id).isEqualTo(OUTPUT_TOKENS);
      // killed after the answer's last byte and before the witness had noted it
      boolean noted = witness.required("completed").asBoolean();
      assertThat(witness.required("output_tokens").asLong())
          .as(id)
          .isEqualTo(noted ? OUTPUT_TOKENS : 0);
    }
    long inDoubt =
        booked.values().stream()
            .filter(rows -> rows.getFirst().required("settled").asString().equals("in_doubt"))
            .count();
    assertThat(inDoubt).as("what was in flight").isLessThanOrEqualTo((long) KILLS * CALLERS);
  }

  /** All rows by their ids; settlement follows behind. */
  private static Map<String, List<JsonNode>> settled(
      Client client, String admin, Set<String> completed) {
    return await("the books know all that was completed")
        .atMost(Duration.ofSeconds(30))
        .pollDelay(Duration.ZERO)
        .until(() -> rows(client, admin), found -> found.keySet().containsAll(completed));
  }

  private static Map<String, List<JsonNode>> rows(Client client, String admin) {
    Map<String, List<JsonNode>> rows = new HashMap<>();
    int page = 0;
    JsonNode data;
    do {
      page++;
      data = client.requestLogs(admin, "page=" + page + "&page_size=" + PAGE).required("data");
      data.forEach(
          row ->
              rows.computeIfAbsent(row.required("request_id").asString(), id -> new ArrayList<>())
                  .add(row));
    } while (data.size() == PAGE);
    return rows;
  }
}
