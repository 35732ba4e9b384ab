package io.tollgate.relay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.identity.AllowedAddresses;
import io.tollgate.identity.AllowedModels;
import io.tollgate.identity.KeyRates;
import io.tollgate.identity.KeyTerms;
import io.tollgate.relay.gateway.rig.GatewayRig;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
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
