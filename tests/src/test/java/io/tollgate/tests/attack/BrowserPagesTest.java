package io.tollgate.tests.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import io.tollgate.tests.upstream.Answered;
import io.tollgate.tests.upstream.Answers;
import io.tollgate.tests.upstream.Chat;
import io.tollgate.tests.upstream.Payer;
import io.tollgate.tests.upstream.SharedSite;
import io.tollgate.tests.upstream.Site;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages in browsers call the relay as the official SDK does, where their origin is allowed. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class BrowserPagesTest {
  private static final String WANTED =
      "authorization, content-type, x-stainless-arch, x-stainless-lang, x-stainless-os";

  private final Site site;

  BrowserPagesTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/chat/completions", "/v1/models", "/api/v1/billing/sync/somebody"})
  void b21_a_preflight_without_a_key_is_answered(String path) {
    HttpResponse<String> answer = preflight(path, Site.ORIGIN);
    assertThat(answer.statusCode()).isIn(200, 204);
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(Site.ORIGIN);
    assertThat(header(answer, "Access-Control-Allow-Headers").toLowerCase(java.util.Locale.ROOT))
        .contains("authorization", "x-stainless-os");
    assertThat(header(answer, "Access-Control-Allow-Methods")).contains("POST");
    assertThat(header(answer, "Access-Control-Allow-Credentials")).isEmpty();
  }

  @Test
  void b21_answers_and_errors_may_be_read_by_the_page() {
    Payer payer = site.payer("1");
    site.answers(Script.json(200, Answers.chat("A fee.", Answers.usage(100, 10))));
    Answered good = payer.ask(Chat.ofTokens("gpt-4o-mini", 60), "Origin", Site.ORIGIN);
    assertThat(good.status()).isEqualTo(200);
    readable(good);
    site.answers(Script.events(Answers.stream("A fee.", Answers.usage(100, 10))));
    Answered stream = payer.ask(Chat.mini().stream(), "Origin", Site.ORIGIN);
    assertThat(stream.content()).isEqualTo("A fee.");
    readable(stream);
    Answered malformed = payer.ask(new byte[] {'{'}, "Origin", Site.ORIGIN);
    assertThat(malformed.status()).isEqualTo(400);
    readable(malformed);
    Answered unpaid = site.payer("0").ask(Chat.mini(), "Origin", Site.ORIGIN);
    assertThat(unpaid.status()).isEqualTo(402);
    readable(unpaid);
  }

  @Test
  void b21_other_origins_and_other_interfaces_get_nothing() {
    for (String origin :
        new String[] {"https://evil.example", "null", Site.ORIGIN + ".evil.example"}) {
      HttpResponse<String> answer = preflight("/v1/chat/completions", origin);
      assertThat(header(answer, "Access-Control-Allow-Origin")).as(origin).isEmpty();
    }
    HttpResponse<String> admin = preflight("/api/request-logs", Site.ORIGIN);
    assertThat(header(admin, "Access-Control-Allow-Origin")).isEmpty();
  }

  private static void readable(Answered answered) {
    assertThat(answered.header("Access-Control-Allow-Origin")).isEqualTo(Site.ORIGIN);
    assertThat(answered.header("Access-Control-Expose-Headers").toLowerCase(java.util.Locale.ROOT))
        .contains("x-request-id", "retry-after");
  }

  private HttpResponse<String> preflight(String path, String origin) {
    return site.client()
        .send(
            HttpRequest.newBuilder(site.client().url(path))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", WANTED)
                .build());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
