package io.tollgate.tests.relay;

import static io.tollgate.tests.relay.RealtimeSite.HELLO;
import static io.tollgate.tests.relay.RealtimeSite.PATH;
import static io.tollgate.tests.relay.RealtimeSite.SPEAK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Installation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of realtime sessions when their gateway is killed, and when it is stopped. */
@Tag("slow")
class RealtimeStopTest {
  @Test
  void a_killed_gateway_leaves_the_response_in_doubt_and_a_stopped_one_lets_it_end() {
    try (Installation installation = Installation.start()) {
      Client client = new Client(installation);
      RealtimeCaller killed = open(installation, "killed");
      var unused = killed.until("response.output_audio.delta");
      installation.killHard(false);
      assertThat(killed.closed().code()).isEqualTo(1006);
      installation.startAgain();
      JsonNode doubtful = row(client, "killed");
      // what it had read is charged at least, by the rule for requests in doubt
      assertThat(doubtful.required("input_tokens").asLong()).isPositive();

      RealtimeCaller stopped = open(installation, "stopped");
      unused = stopped.until("response.output_audio.delta");
      installation.process().destroy();
      JsonNode done = stopped.until("response.done").getLast().path("response");
      assertThat(done.path("status").asString()).isEqualTo("completed");
      assertThat(stopped.error().path("code").asString()).isEqualTo("service_unavailable");
      assertThat(stopped.closed().code()).isEqualTo(1001);
      await().atMost(Duration.ofSeconds(30)).until(() -> !installation.process().isAlive());
      installation.startAgain();
      assertThat(row(client, "stopped").required("output_tokens").asLong())
          .isEqualTo(done.at("/usage/output_tokens").asLong());
      installation.assertBooksAreClean();
    }
  }

  private static RealtimeCaller open(Installation installation, String mark) {
    RealtimeCaller caller =
        RealtimeCaller.open(
            installation.demo().publicUrl(),
            PATH,
            "Authorization",
            "Bearer " + installation.demo().user(1).apiKey(),
            "X-Client-Request-Id",
            mark,
            "X-Sandbox",
            "output_tokens=60; chunk_ms=50");
    caller.say(HELLO);
    caller.say(SPEAK);
    return caller;
  }

  private static JsonNode row(Client client, String mark) {
    List<JsonNode> found =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () ->
                    client
                        .requestLogs(client.adminToken(), "page_size=50")
                        .required("data")
                        .valueStream()
                        .filter(row -> row.path("client_request_id").asString("").equals(mark))
                        .toList(),
                rows -> !rows.isEmpty());
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
