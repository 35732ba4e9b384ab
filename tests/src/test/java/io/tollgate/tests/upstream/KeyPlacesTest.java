package io.tollgate.tests.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.sandbox.script.Script;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever a request asks for, it takes one of the places that its key has at one time. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class KeyPlacesTest {
  private final Site site;

  KeyPlacesTest(Site site) {
    this.site = site;
  }

  @Test
  void files_batches_and_responses_by_their_ids_wait_for_a_place_as_chats_do() throws Exception {
    Payer payer = site.payer("1");
    Payer single = site.withKey(payer, Map.of("concurrent_max", 1));
    var account = site.account();
    site.upstream()
        .put(
            account.match(),
            1,
            Script.answer().pause(3_000).status(200).json(Answers.chat("A toll", "")).done());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answered> slow = threads.submit(() -> single.ask(Chat.mini()));
      await("the slow one is with the provider")
          .atMost(Duration.ofSeconds(10))
          .until(() -> !site.received(account).isEmpty());
      byte[] form =
          "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--b--\r\n"
              .getBytes(StandardCharsets.UTF_8);
      List<Answered> others =
          List.of(
              single.ask(Chat.mini()),
              single.post("/v1/files", "multipart/form-data; boundary=b", form),
              single.post("/v1/batches", "{}"),
              single.post("/v1/responses/resp_1/cancel", ""));
      for (Answered other : others) {
        assertThat(other.status()).as(other.body()).isEqualTo(429);
        assertThat(other.body()).contains("1 requests of this API key at one time");
        assertThat(other.header("Retry-After")).isEqualTo("1");
      }
      assertThat(slow.get().status()).isEqualTo(200);
    }
    assertThat(single.post("/v1/responses/resp_1/cancel", "").status()).isEqualTo(404);
    assertThat(single.post("/v1/responses/resp_1/cancel", "").status())
        .as("the place was given back")
        .isEqualTo(404);
  }
}
