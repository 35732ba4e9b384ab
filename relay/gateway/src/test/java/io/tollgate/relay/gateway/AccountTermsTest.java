package io.tollgate.relay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.relay.accounts.AccountKey;
import io.tollgate.relay.accounts.AccountStanding;
import io.tollgate.relay.accounts.ExtraHeader;
import io.tollgate.relay.accounts.HealthReport;
import io.tollgate.relay.accounts.HealthState;
import io.tollgate.relay.accounts.ModelNames;
import io.tollgate.relay.accounts.OutboundProxy;
import io.tollgate.relay.gateway.rig.GatewayRig;
import io.tollgate.relay.gateway.rig.TestProxy;
import io.tollgate.relay.gateway.rig.TestUpstream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator says of an account, as its upstream sees it. */
@Tag("slow")
class AccountTermsTest {
  private static final String ANSWER =
      "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"x\"}}],"
          + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}";

  private final GatewayRig rig = new GatewayRig(Map.of("relay.attempts.max", "6"));

  @AfterEach
  void close() {
    assertThat(rig.passages.faults).isEmpty();
    rig.close();
  }

  @ParameterizedTest
  @EnumSource(TestProxy.Kind.class)
  void an_account_is_reached_through_its_proxy(TestProxy.Kind kind) throws Exception {
    try (TestProxy proxy = new TestProxy(kind)) {
      rig.edit("main", account -> account.proxy(OutboundProxy.parse(proxy.url())));
      rig.upstream.answersJson(200, ANSWER);
      for (int i = 0; i < 2; i++) {
        assertThat(rig.chat(GatewayRig.request(false, "")).body()).isEqualTo(ANSWER);
      }
      assertThat(rig.upstream.received).hasSize(2);
      // one connection, kept
      assertThat(proxy.asked).hasSize(1);
      assertThat(rig.upstream.received.getFirst().path()).isEqualTo("/v1/chat/completions");

      rig.edit("main", account -> account.withoutProxy());
      assertThat(rig.chat(GatewayRig.request(false, "")).body()).isEqualTo(ANSWER);
      assertThat(proxy.asked).hasSize(1);
    }
  }

  @Test
  void a_proxy_that_is_not_there_is_an_account_that_cannot_be_reached() {
    try (TestUpstream second = rig.upstream("second", 10)) {
      second.answersJson(200, ANSWER);
      rig.edit("main", account -> account.proxy(OutboundProxy.parse("socks5://127.0.0.1:1")));
      assertThat(rig.chat(GatewayRig.request(false, "")).body()).isEqualTo(ANSWER);
      assertThat(rig.upstream.received).isEmpty();
    }
  }

  @Test
  void extra_headers_go_with_every_call_and_their_secrets_reach_no_caller() {
    String secret = "hdr-4711-abc";
    rig.edit(
        "main",
        account ->
            account.headers(
                List.of(
                    new ExtraHeader("X-Team", "blue", false),
                    new ExtraHeader("x-gate", secret, true))));
    rig.upstream.answersJson(
        400, "{\"error\":{\"message\":\"x-gate " + secret + " is not known\"}}");
    HttpResponse<String> response = rig.chat(GatewayRig.request(false, ""));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("is not known").doesNotContain(secret);
    assertThat(rig.upstream.received.getFirst().headers().get("x-team")).isEqualTo("blue");
    assertThat(rig.upstream.received.getFirst().headers().get("x-gate")).isEqualTo(secret);
  }

  @Test
  void a_model_is_asked_for_and_recorded_by_the_name_that_its_provider_has_for_it() {
    rig.edit(
        "main",
        account ->
            account.models(
                new ModelNames(Optional.empty(), Map.of(GatewayRig.MODEL, "deployment-7"))));
    rig.upstream.answersJson(200, ANSWER);

    assertThat(rig.chat(GatewayRig.request(false, "")).statusCode()).isEqualTo(200);

    assertThat(rig.upstream.received.getFirst().body()).contains("\"model\":\"deployment-7\"");
    assertThat(rig.passages.opened.getFirst().result().upstreamModel()).isEqualTo("deployment-7");
  }

  @Test
  void keys_take_turns_and_one_that_is_told_to_wait_waits_alone() {
    rig.edit(
        "main",
        account -> account.keys(List.of(AccountKey.fresh("first"), AccountKey.fresh("second"))));
    rig.upstream.answers(
        request -> {
          if ("Bearer first".equals(request.getHeader("authorization"))) {
            request
                .response()
                .setStatusCode(429)
                .putHeader("x-ratelimit-remaining-requests", "0")
                .putHeader("x-ratelimit-reset-requests", "2m0s")
                .end("{}");
          } else {
            request.response().putHeader("content-type", "application/json").end(ANSWER);
          }
        });
    for (int i = 0; i < 6; i++) {
      // each a conversation of its own: those of one stay with one key
      String key = ",\"prompt_cache_key\":\"" + i + "\"";
      assertThat(rig.chat(GatewayRig.request(false, key)).statusCode()).isEqualTo(200);
    }
    assertThat(
            rig.upstream.received.stream()
                .filter(each -> "Bearer first".equals(each.headers().get("authorization"))))
        .hasSize(1);
    await()
        .untilAsserted(
            () -> {
              AccountStanding standing = rig.standing("main");
              assertThat(standing.state()).isEqualTo(HealthState.HEALTHY);
              assertThat(standing.keyHealth().values())
                  .extracting(HealthReport::state)
                  .contains(HealthState.COOLING);
            });
  }

  @Test
  void callers_see_only_successes_while_one_account_of_six_is_well_and_each_reason_is_shown() {
    try (TestUpstream failing = rig.upstream("failing", 1);
        TestUpstream banned = rig.upstream("banned", 2);
        TestUpstream dying = rig.upstream("dying", 3);
        TestUpstream gone = rig.upstream("gone", 4);
        TestUpstream well = rig.upstream("well", 5)) {
      rig.upstream.answers(
          request -> request.response().setStatusCode(429).putHeader("retry-after", "60").end());
      failing.answersJson(500, "{}");
      banned.answersJson(403, "{}");
      dying.answers(
          request -> {
            request.response().setChunked(true).putHeader("content-type", "application/json");
            request
                .response()
                .write(ANSWER.substring(0, 30))
                .onSuccess(_ -> request.connection().close());
          });
      gone.answers(request -> request.connection().close());
      well.answersJson(200, ANSWER);
      for (int i = 0; i < 20; i++) {
        HttpResponse<String> response = rig.chat(GatewayRig.request(false, ""));
        assertThat(response.statusCode()).as("request " + i).isEqualTo(200);
      }
      assertThat(rig.passages.opened)
          .allSatisfy(passage -> assertThat(passage.result().attempts()).isLessThanOrEqualTo(6));
      await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(
              () -> {
                assertShown("main", HealthState.COOLING, "rate_limited");
                assertShown("banned", HealthState.BANNED, "banned");
                assertFailed("failing", "failed");
                assertFailed("dying", "unreachable", "failed");
                assertFailed("gone", "unreachable");
              });
      assertThat(rig.upstream.received).hasSize(1);
      assertThat(banned.received).hasSize(1);
    }
  }

  private void assertShown(String name, HealthState state, String code) {
    AccountStanding standing = rig.standing(name);
    assertThat(standing.state()).as(name).isEqualTo(state);
    assertThat(standing.keyHealth().values().iterator().next().failure().orElseThrow().code())
        .isEqualTo(code);
  }

  private void assertFailed(String name, String... codes) {
    assertThat(rig.standing(name).health().failure().orElseThrow().code()).as(name).isIn(codes);
  }
}
