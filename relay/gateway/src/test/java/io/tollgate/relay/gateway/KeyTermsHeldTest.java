package io.tollgate.relay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.identity.AllowedAddresses;
import io.tollgate.identity.AllowedModels;
import io.tollgate.identity.KeyRates;
import io.tollgate.identity.KeyTerms;
import io.tollgate.relay.gateway.rig.GatewayRig;
import io.tollgate.relay.gateway.rig.RawCaller;
import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a key may be used for is held to before anything is reserved. */
@Tag("slow")
class KeyTermsHeldTest {
  private static final String ANSWER =
      "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}";

  private final GatewayRig rig = new GatewayRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void a_key_is_of_use_from_its_addresses_only() {
    rig.upstream.answersJson(200, ANSWER);
    String here = rig.keyWith(terms(AllowedModels.ALL, "127.0.0.0/8", "::1"));
    String elsewhere = rig.keyWith(terms(AllowedModels.ALL, "192.0.2.0/24"));

    assertThat(chat(here, GatewayRig.MODEL).statusCode()).isEqualTo(200);
    HttpResponse<String> refused = chat(elsewhere, GatewayRig.MODEL);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body())
        .contains("\"code\":\"invalid_api_key\"")
        .contains("may not be used from 127.0.0.1")
        .doesNotContain("192.0.2");
    assertThat(get(elsewhere, "/v1/models").statusCode()).isEqualTo(403);
    assertThat(rig.passages.opened).hasSize(1);
    assertThat(rig.gateway.running()).isZero();
  }

  @Test
  void a_model_that_a_key_may_not_ask_for_is_refused_and_not_listed() {
    rig.upstream.answersJson(200, ANSWER);
    String key = rig.keyWith(terms(AllowedModels.of(List.of("gpt-4o-mini", "claude-*"))));

    assertThat(chat(key, GatewayRig.MODEL).statusCode()).isEqualTo(200);
    HttpResponse<String> refused = chat(key, "gpt-4o");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body())
        .contains("\"code\":\"model_not_found\"")
        .contains("may not ask for gpt-4o");
    assertThat(chat(key, "gpt-nowhere").statusCode()).isEqualTo(404);
    assertThat(get(key, "/v1/models").body())
        .contains("\"gpt-4o-mini\"")
        .contains("\"claude-")
        .doesNotContain("\"gpt-4o\"");
    assertThat(get(key, "/v1/models/gpt-4o").statusCode()).isEqualTo(403);
    assertThat(get(key, "/v1/models/gpt-4o-mini").statusCode()).isEqualTo(200);
    assertThat(rig.passages.opened).hasSize(1);
  }

  @Test
  void tokens_are_reserved_at_the_estimate_and_corrected_by_what_was_used() {
    rig.upstream.answersJson(200, ANSWER);
    String key = rig.keyWith(rates(new KeyRates(none(), OptionalLong.of(1_000), none())));
    String large = GatewayRig.request(false, ",\"max_tokens\":900");

    for (int i = 0; i < 5; i++) {
      HttpResponse<String> answer = send(key, large);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.headers().firstValue("x-ratelimit-limit-tokens")).contains("1000");
      assertThat(answer.headers().firstValueAsLong("x-ratelimit-remaining-tokens").orElseThrow())
          .isBetween(50L, 95L);
      assertThat(answer.headers().firstValue("x-ratelimit-reset-tokens").orElse(""))
          .matches("[0-9]+s|1m0s");
    }
    HttpResponse<String> refused = send(key, GatewayRig.request(false, ",\"max_tokens\":1000"));
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body())
        .contains("\"code\":\"rate_limit_exceeded\"")
        .contains("more than the key's limit of 1000 tokens a minute");
    assertThat(refused.headers().firstValue("retry-after")).contains("60");
    assertThat(refused.headers().firstValue("x-ratelimit-remaining-tokens")).contains("0");
    assertThat(rig.passages.opened).hasSize(5);
  }

  @Test
  void tokens_that_were_used_are_gone_for_a_minute_and_refused_ones_are_not() {
    rig.upstream.answersJson(
        200, ANSWER.replace("\"completion_tokens\":1", "\"completion_tokens\":900"));
    String key = rig.keyWith(rates(new KeyRates(none(), OptionalLong.of(1_000), none())));
    String large = GatewayRig.request(false, ",\"max_tokens\":900");
    assertThat(send(key, large).statusCode()).isEqualTo(200);

    HttpResponse<String> refused = send(key, large);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body()).contains("the key's limit of 1000 tokens a minute is reached");
    assertThat(refused.headers().firstValueAsLong("retry-after").orElseThrow()).isBetween(50L, 60L);
    assertThat(send(key, GatewayRig.request(false, ",\"max_tokens\":10")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void a_key_runs_as_many_requests_at_one_time_as_it_may() throws Exception {
    String key = rig.keyWith(rates(new KeyRates(none(), OptionalLong.empty(), OptionalInt.of(1))));
    List<HttpServerRequest> waiting = new CopyOnWriteArrayList<>();
    rig.upstream.answers(waiting::add);
    try (RawCaller first = rig.caller()) {
      String body = GatewayRig.request(false, "");
      first.send(
          "POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer "
              + key
              + "\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      // it has its place when the upstream has it
      Awaitility.await().until(() -> waiting.size() == 1);
      HttpResponse<String> refused = chat(key, GatewayRig.MODEL);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).contains("the limit of 1 requests of this API key at one time");
      assertThat(refused.headers().firstValue("retry-after")).contains("1");
      var _ =
          waiting.getFirst().response().putHeader("content-type", "application/json").end(ANSWER);
      assertThat(first.readUntil("\r\n")).startsWith("HTTP/1.1 200");
    }
    Awaitility.await().until(() -> rig.gateway.running() == 0);
    rig.upstream.answersJson(200, ANSWER);
    assertThat(chat(key, GatewayRig.MODEL).statusCode()).isEqualTo(200);
  }

  private static OptionalInt none() {
    return OptionalInt.empty();
  }

  private static KeyTerms rates(KeyRates rates) {
    return KeyTerms.named("test").withRates(rates);
  }

  private HttpResponse<String> send(String key, String body) {
    return rig.send(rig.post(body).setHeader("Authorization", "Bearer " + key));
  }

  private static KeyTerms terms(AllowedModels models, String... addresses) {
    return new KeyTerms(
        "test",
        Optional.empty(),
        models,
        addresses.length == 0 ? AllowedAddresses.ALL : AllowedAddresses.of(List.of(addresses)),
        KeyRates.NONE,
        KeyTerms.DEFAULT_GROUPS);
  }

  private HttpResponse<String> chat(String key, String model) {
    return rig.send(
        rig.post(GatewayRig.request(false, "").replace(GatewayRig.MODEL, model))
            .setHeader("Authorization", "Bearer " + key));
  }

  private HttpResponse<String> get(String key, String path) {
    return rig.send(
        HttpRequest.newBuilder(rig.uri(path)).header("Authorization", "Bearer " + key).GET());
  }
}
