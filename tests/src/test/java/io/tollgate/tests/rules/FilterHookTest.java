package io.tollgate.tests.rules;

import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.ReceivedRequest;
import io.tollgate.sandbox.script.RequestMatch;
import io.tollgate.sandbox.script.Script;
import io.tollgate.tests.installation.Client;
import io.tollgate.tests.upstream.Answered;
import io.tollgate.tests.upstream.Answers;
import io.tollgate.tests.upstream.Chat;
import io.tollgate.tests.upstream.Payer;
import io.tollgate.tests.upstream.ScriptedAccounts;
import io.tollgate.tests.upstream.SharedSite;
import io.tollgate.tests.upstream.Site;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A tenant's filter says what may be asked and what may be answered. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class FilterHookTest {
  private static final String RULES = "/api/filter-rules";
  private static final String WORDS = "A fee of the gate.";

  private final Site site;
  private final RuleCalls rules;
  private static int hooks;
  private String hook = "";
  private String secret = "";

  FilterHookTest(Site site) {
    this.site = site;
    rules = new RuleCalls(site);
  }

  @AfterEach
  void nobody_has_a_filter() {
    rules.clear(RULES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/chat/completions | /error/message | /error/code | content_filter",
        "/v1/responses | /error/message | /error/code | content_filter",
        "/v1/messages | /error/message | /error/type | invalid_request_error",
        "/v1beta/models/gpt-4o-mini:generateContent | /error/message | /error/status | INVALID_ARGUMENT",
      })
  void a_request_that_it_refuses_is_told_so_in_its_protocol_and_is_free(
      String path, String message, String code, String expected) {
    Payer payer = site.payer("1");
    ScriptedAccounts.Account account = site.account();
    filter(Map.of());
    says("{\"action\":\"refuse\",\"message\":\"no talk of tolls\"}", 1);
    Answered refused = payer.post(path, body(path));
    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    assertThat(refused.json().at(message).asString()).isEqualTo("no talk of tolls");
    assertThat(refused.json().at(code).asString()).isEqualTo(expected);
    assertThat(site.received(account)).isEmpty();
    assertThat(site.requestLog(refused.requestId())).isEmpty();
    assertThat(payer.balance()).isEqualByComparingTo("1");
    JsonNode asked = asked().getFirst().json();
    assertThat(asked.required("phase").asString()).isEqualTo("request");
    assertThat(asked.required("request_id").asString()).isEqualTo(refused.requestId());
    assertThat(asked.required("user_id").asString()).isEqualTo(payer.userId());
    assertThat(asked.required("body")).isEqualTo(Client.JSON.readTree(body(path)));
  }

  @Test
  void what_it_cannot_be_asked_about_does_not_pass_by_it() {
    Payer payer = site.payer("1");
    ScriptedAccounts.Account account = site.account();
    filter(Map.of("fail_open", true));
    URI base = site.installation().demo().publicUrl();
    String form =
        "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n--b--\r\n";
    HttpResponse<String> sound =
        site.client()
            .send(
                HttpRequest.newBuilder(base.resolve("/v1/audio/transcriptions"))
                    .header("Authorization", "Bearer " + payer.apiKey())
                    .header("Content-Type", "multipart/form-data; boundary=b")
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build());
    assertThat(sound.statusCode()).isEqualTo(400);
    assertThat(sound.body()).contains("no forms");
    HttpResponse<String> batch =
        site.client()
            .send(
                HttpRequest.newBuilder(base.resolve("/v1/batches"))
                    .header("Authorization", "Bearer " + payer.apiKey())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build());
    assertThat(batch.statusCode()).isEqualTo(400);
    assertThat(batch.body()).contains("no batches");
    assertThat(asked()).isEmpty();
    assertThat(site.received(account)).isEmpty();
  }

  @Test
  void what_it_rewrites_is_asked_and_priced_as_if_the_caller_had_sent_it() {
    Payer payer = site.payer("1");
    ScriptedAccounts.Account account = site.account();
    site.upstream().put(account.match(), 1, Script.json(200, document()));
    filter(Map.of());
    String other =
        "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"toll \"}],\"max_tokens\":2000}";
    says("{\"action\":\"rewrite\",\"body\":" + other + "}", 1);
    Answered answered = payer.ask(Chat.mini());
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    JsonNode sent = site.received(account).getFirst().json();
    assertThat(sent.required("model").asString()).isEqualTo("gpt-4o");
    assertThat(sent.at("/messages/0/content").asString()).isEqualTo("toll ");
    assertThat(payer.charged(answered).row().required("model").asString()).isEqualTo("gpt-4o");
  }

  @Test
  void an_answer_that_it_refuses_costs_its_caller_nothing_and_us_what_it_costs() {
    Payer payer = site.payer("1");
    ScriptedAccounts.Account account = site.account();
    filter(Map.of("before_request", false, "after_answer", true));
    for (boolean stream : new boolean[] {false, true}) {
      Script answer =
          stream
              ? Script.events(Answers.stream(WORDS, usage(1_000, 1_000)))
              : Script.json(200, document());
      site.upstream().put(account.match(), 1, answer);
      says("{\"action\":\"refuse\",\"message\":\"not to be told\"}", 1);
      Chat chat = Chat.ofTokens("gpt-4o-mini", 900);
      Answered refused = payer.ask(stream ? chat.stream() : chat);
      assertThat(refused.status()).as(refused.body()).isEqualTo(400);
      assertThat(refused.errorCode()).isEqualTo("content_filter");
      assertThat(refused.body()).doesNotContain("fee of the");
      assertThat(asked().getLast().json().required("answer").toString()).contains("fee of the");
      Payer.Charged charged = payer.charged(refused);
      charged.isFree();
      assertThat(charged.input()).isEqualTo(1_000);
      assertThat(charged.attempts()).isEqualTo(1);
      assertThat(charged.row().required("upstream_cost").decimalValue())
          .isGreaterThan(BigDecimal.ZERO);
      assertThat(charged.row().required("price_version").asString()).contains("*refused=0:");
      assertThat(charged.row().required("error_code").asString()).isEqualTo("REFUSED_BY_FILTER");
    }
    assertThat(payer.balance()).isEqualByComparingTo("1");
  }

  @Test
  void what_it_lets_pass_comes_whole_streamed_and_translated() {
    Payer payer = site.payer("1");
    ScriptedAccounts.Account account = site.account();
    filter(Map.of("after_answer", true));
    says("{\"action\":\"allow\"}", 6);
    site.upstream().put(account.match(), 1, Script.json(200, document()));
    Answered whole = payer.ask(Chat.ofTokens("gpt-4o-mini", 900));
    assertThat(whole.content()).isEqualTo(WORDS);
    payer.charged(whole).is("0.00075", 1_000, 1_000);
    site.upstream()
        .put(account.match(), 1, Script.events(Answers.stream(WORDS, usage(1_000, 1_000))));
    Answered stream = payer.ask(Chat.ofTokens("gpt-4o-mini", 900).stream());
    assertThat(stream.content()).isEqualTo(WORDS);
    assertThat(stream.events()).endsWith("[DONE]");
    payer.charged(stream).is("0.00075", 1_000, 1_000);
    site.upstream().put(account.match(), 1, Script.json(200, document()));
    Answered translated = payer.post("/v1/messages", body("/v1/messages"));
    assertThat(translated.json().at("/content/0/text").asString()).isEqualTo(WORDS);
  }

  @Test
  void a_translated_answer_is_refused_in_the_form_of_its_caller() {
    Payer payer = site.payer("1");
    ScriptedAccounts.Account account = site.account();
    site.upstream().put(account.match(), 1, Script.json(200, document()));
    filter(Map.of("before_request", false, "after_answer", true));
    says("{\"action\":\"refuse\"}", 1);
    Answered refused = payer.post("/v1/messages", body("/v1/messages"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/type").asString()).isEqualTo("error");
    assertThat(refused.json().at("/error/type").asString()).isEqualTo("invalid_request_error");
    assertThat(refused.body()).doesNotContain("fee of the");
    payer.charged(refused).isFree();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "500",
        "{\"action\":\"sing\"}",
        "no JSON",
        "{\"action\":\"rewrite\",\"body\":[]}",
        "{\"action\":\"rewrite\",\"body\":{\"model\":\"gpt-4o-mini\"}}",
        "{\"action\":\"rewrite\",\"body\":{\"model\":\"no-such\",\"messages\":[]}}",
        "hang",
        "reset",
      })
  void a_filter_that_makes_no_sense_is_as_none_or_keeps_everybody_out(String answer) {
    Payer payer = site.payer("1");
    Script said =
        switch (answer) {
          case "500" -> Script.json(500, "{\"action\":\"allow\"}");
          case "hang" -> Script.answer().hang().done();
          case "reset" -> Script.answer().reset().done();
          default -> Script.json(200, answer);
        };
    ScriptedAccounts.Account account = site.account();
    filter(Map.of("fail_open", true));
    site.upstream().put(RequestMatch.path(hook), 1, said);
    site.upstream().put(account.match(), 1, Script.json(200, document()));
    Answered open = payer.ask(Chat.ofTokens("gpt-4o-mini", 900));
    assertThat(open.status()).as(open.body()).isEqualTo(200);
    payer.charged(open).is("0.00075", 1_000, 1_000);
    rules.clear(RULES);
    filter(Map.of("fail_open", false));
    site.upstream().put(RequestMatch.path(hook), 1, said);
    Answered closed = payer.ask(Chat.ofTokens("gpt-4o-mini", 900));
    assertThat(closed.status()).as(closed.body()).isEqualTo(503);
    assertThat(closed.errorCode()).isEqualTo("service_unavailable");
    assertThat(site.received(account)).hasSize(1);
  }

  @Test
  void a_filter_that_is_dead_is_left_alone() {
    Payer payer = site.payer("1");
    ScriptedAccounts.Account account = site.account();
    filter(Map.of("fail_open", true, "timeout_ms", 100));
    int times = 40;
    site.upstream().put(RequestMatch.path(hook), times, Script.answer().hang().done());
    site.upstream().put(account.match(), times, Script.json(200, document()));
    for (int i = 0; i < times; i++) {
      assertThat(payer.ask(Chat.mini().maxTokens(1)).status()).isEqualTo(200);
    }
    assertThat(asked()).hasSizeLessThan(times / 2);
  }

  @Test
  void it_knows_us_by_a_signature_of_the_time_and_the_body() throws Exception {
    Payer payer = site.payer("1");
    var unused = site.account();
    filter(Map.of());
    says("{\"action\":\"refuse\"}", 1);
    assertThat(payer.ask(Chat.mini()).status()).isEqualTo(400);
    ReceivedRequest asked = asked().getFirst();
    String time = asked.header("x-tollgate-timestamp").orElseThrow();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
    assertThat(asked.header("x-tollgate-signature").orElseThrow())
        .isEqualTo("v1=" + HexFormat.of().formatHex(mac.doFinal(asked.body().toBytes())));
    assertThat(Math.abs(Long.parseLong(time) - System.currentTimeMillis() / 1000)).isLessThan(60);
  }

  @Test
  void its_address_is_public_and_has_tls_unless_a_private_one_is_allowed() {
    Payer payer = site.payer("1");
    var account = site.account();
    Map<String, Object> rule = new HashMap<>(Map.of("tenant_id", site.tenantId()));
    for (String url :
        List.of("http://example.com/", "ftp://example.com/", "https://me@example.com/", "x", "")) {
      rule.put("url", url);
      var refused = rules.send("PUT", RULES, rule);
      assertThat(refused.statusCode()).as(url).isEqualTo(400);
      assertThat(refused.body()).contains("url");
    }
    rule.put("url", "https://127.0.0.1:" + site.upstream().port() + "/hook");
    var set = rules.done("PUT", RULES, rule);
    assertThat(set.required("secret").asString()).startsWith("tgf-");
    assertThat(payer.ask(Chat.mini()).status()).isEqualTo(503);
    assertThat(site.upstream().received()).isEmpty();
    assertThat(site.received(account)).isEmpty();
    assertThat(rules.done("PUT", RULES, rule).required("secret").isNull())
        .as("it is shown once")
        .isTrue();
  }

  private void filter(Map<String, ?> more) {
    hooks++;
    hook = "/hook-" + hooks + "/";
    Map<String, Object> rule = new HashMap<>();
    rule.put("tenant_id", site.tenantId());
    rule.put("url", site.upstream().url() + hook);
    rule.put("private_address", true);
    rule.put("timeout_ms", 1_500);
    rule.putAll(more);
    secret = rules.done("PUT", RULES, rule).required("secret").asString();
  }

  private void says(String answer, int times) {
    site.upstream().put(RequestMatch.path(hook), times, Script.json(200, answer));
  }

  /** What the filter was asked. */
  private List<ReceivedRequest> asked() {
    return site.upstream().received().stream()
        .filter(request -> request.target().startsWith(hook))
        .toList();
  }

  private static String document() {
    return Answers.chat(WORDS, usage(1_000, 1_000));
  }

  private static String body(String path) {
    return switch (path) {
      case "/v1/responses" -> "{\"model\":\"gpt-4o-mini\",\"input\":\"What is a toll?\"}";
      case "/v1/messages" ->
          "{\"model\":\"gpt-4o-mini\",\"max_tokens\":1200,\"messages\":[{\"role\":\"user\",\"content\":\"What is"
              + " a toll?\"}]}";
      case "/v1/chat/completions" ->
          "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"What is a toll?\"}]}";
      default -> "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"What is a toll?\"}]}]}";
    };
  }
}
