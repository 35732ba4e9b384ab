package io.tollgate.tests.relay;

import static io.tollgate.tests.relay.RealtimeSite.HELLO;
import static io.tollgate.tests.relay.RealtimeSite.PATH;
import static io.tollgate.tests.relay.RealtimeSite.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.RequestMatch;
import io.tollgate.sandbox.script.Script;
import io.tollgate.tests.installation.Client;
import io.tollgate.tests.relay.RealtimeSite.Opened;
import io.tollgate.tests.upstream.Payer;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * How long sessions last, how much a key may ask of them, and which account opens them where the
 * first cannot.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealtimeLimitsTest {
  private static final long IDLE_MS = 2_500;
  private static final long TOTAL_MS = 6_000;
  private static final String SHORT =
      "{\"type\":\"response.create\",\"response\":{\"output_modalities\":[\"text\"],\"max_output_tokens\":50}}";

  private final RealtimeSite site =
      new RealtimeSite(
          "--relay-realtime-idle-ms=" + IDLE_MS,
          "--relay-realtime-total-ms=" + TOTAL_MS,
          "--relay-accounts-reload-ms=100");

  @AfterAll
  void booksAreClean() {
    try (RealtimeSite closing = site) {
      closing.clean();
    }
  }

  @Test
  void a_session_without_a_message_is_ended_with_a_word() {
    long begun = System.nanoTime();
    try (Opened session = site.open("1")) {
      assertThat(session.caller().error().path("message").asString())
          .isEqualTo("there was no message for " + IDLE_MS + " ms");
      assertThat(session.caller().closed().code()).isEqualTo(1000);
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(Duration.ofMillis(IDLE_MS), Duration.ofMillis(TOTAL_MS));
    }
  }

  @Test
  void a_session_lasts_no_longer_than_one_may_and_its_response_is_charged() {
    try (Opened session = site.open("1", "X-Sandbox", "output_tokens=2000; chunk_ms=20")) {
      session.caller().say(HELLO);
      session.caller().say(WRITE);
      assertThat(session.caller().error().path("message").asString())
          .isEqualTo("the session has lasted " + TOTAL_MS + " ms, as long as one may");
      assertThat(session.caller().closed().code()).isEqualTo(1000);
      List<JsonNode> rows = site.charged(session, 1);
      assertThat(rows.getFirst().path("output_tokens").asLong()).isBetween(1L, 2_000L);
      site.exact(session, rows, "1");
    }
  }

  @ParameterizedTest
  @CsvSource({"requests_per_minute, 2, requests a minute", "tokens_per_minute, 250, tokens"})
  void a_key_has_so_much_a_minute_in_a_session_as_outside_of_it(
      String limit, long value, String word) {
    Payer payer = site.site().withKey(site.site().payer("1"), Map.of(limit, value));
    try (Opened session = site.open(PATH, payer, "X-Sandbox", "output_tokens=8")) {
      session.caller().say(HELLO);
      int responses = 0;
      JsonNode refused = null;
      while (refused == null && responses < 12) {
        session.caller().say(SHORT);
        JsonNode event = session.caller().next();
        while (!event.path("type").asString().matches("error|response.done")) {
          event = session.caller().next();
        }
        if (event.path("type").asString().equals("error")) {
          refused = event.path("error");
        } else {
          responses++;
        }
      }
      assertThat(responses).isPositive();
      assertThat(refused).as("after " + responses + " responses").isNotNull();
      assertThat(String.valueOf(refused)).contains("rate_limit_exceeded", word);
      session.caller().say(HELLO);
      assertThat(session.caller().next().path("type").asString())
          .as("the session goes on")
          .startsWith("conversation.item");
      site.exact(session, site.charged(session, responses), "1");
    }
  }

  @Test
  void where_the_first_account_opens_no_session_the_next_does() {
    String admin = site.site().adminToken();
    Client client = site.site().client();
    String failing = site.site().upstream().url() + "/failing-realtime/";
    site.site()
        .upstream()
        .put(RequestMatch.path("/failing-realtime/"), 1_000, Script.json(500, "{}"));
    for (Map.Entry<String, String> broken :
        Map.of("nobody-there", "http://127.0.0.1:1/v1", "failing-there", failing + "v1")
            .entrySet()) {
      var made =
          client.send(
              HttpRequest.newBuilder(client.url("/api/provider-accounts"))
                  .header("Authorization", "Bearer " + admin)
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          Client.JSON.writeValueAsString(
                              Map.of(
                                  "provider", "sandbox",
                                  "name", broken.getKey(),
                                  "protocols", List.of("openai"),
                                  "base_url", broken.getValue(),
                                  "keys", List.of("key-of-" + broken.getKey()),
                                  "models", List.of("gpt-realtime"),
                                  "priority", 0))))
                  .build());
      assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    }
    long attempts = 1;
    for (int tries = 0; tries < 40 && attempts < 3; tries++) {
      try (Opened session = site.open("1", "X-Sandbox", "output_tokens=8")) {
        session.caller().say(HELLO);
        assertThat(session.caller().response(WRITE).path("status").asString())
            .isEqualTo("completed");
        JsonNode row = site.charged(session, 1).getFirst();
        attempts = Math.max(attempts, row.required("attempts").asLong());
        site.exact(session, List.of(row), "1");
      }
    }
    assertThat(attempts).as("accounts that were asked for one session").isEqualTo(3);
  }
}
