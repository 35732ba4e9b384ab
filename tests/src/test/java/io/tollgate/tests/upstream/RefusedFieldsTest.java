package io.tollgate.tests.upstream;

import static io.tollgate.tests.upstream.Answers.json;
import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that we add and an upstream does not take. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class RefusedFieldsTest {
  private final Site site;

  RefusedFieldsTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'error':{'message':'Unrecognized request argument supplied: stream_options',"
            + "'type':'invalid_request_error','param':'stream_options','code':'unknown_parameter'}}",
        "{'error':{'message':'Unrecognized request argument supplied: stream_options',"
            + "'type':'invalid_request_error','param':null,'code':null}}",
        "{'detail':[{'type':'extra_forbidden','loc':['body','stream_options'],'msg':'Extra inputs'}]}",
        "{'message':'stream_options.include_usage is not supported'}"
      })
  void b20_an_upstream_that_refuses_stream_options_is_asked_without(String refusal) {
    Payer payer = site.payer("1");
    var account = site.account();
    site.upstream().put(account.match(), 1, Script.json(400, json(refusal)));
    site.upstream()
        .put(
            account.match(),
            1,
            Script.events(Answers.chunk("The toll is ten."), Answers.finish("stop"), "[DONE]"));
    Answered answered = payer.ask(Chat.mini().stream());
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    assertThat(answered.content()).isEqualTo("The toll is ten.");
    var received = site.received(account);
    assertThat(received).hasSize(2);
    assertThat(received.getFirst().json().has("stream_options")).isTrue();
    assertThat(received.getLast().json().has("stream_options")).isFalse();
    Payer.Charged charged = payer.charged(answered);
    assertThat(charged.output()).isBetween(4L, 6L);
    assertThat(charged.cost()).isPositive();
  }

  @Test
  void b20_the_refusal_of_a_field_that_the_caller_sent_is_the_callers() {
    Payer payer = site.payer("1");
    var account = site.account();
    String refusal =
        json(
            "{'error':{'message':'Unrecognized request argument supplied: stream_options',"
                + "'type':'invalid_request_error','param':'stream_options','code':'unknown_parameter'}}");
    site.upstream().put(account.match(), 2, Script.json(400, refusal));
    Answered answered =
        payer.ask(Chat.mini().stream().with("stream_options", Map.of("include_usage", true)));
    assertThat(answered.status()).isEqualTo(400);
    payer.charged(answered).isFree();
  }

  @Test
  void b20_another_refusal_is_not_asked_again() {
    Payer payer = site.payer("1");
    var account = site.account();
    String refusal =
        json("{'error':{'message':'temperature is too high','type':'invalid_request_error'}}");
    site.upstream().put(account.match(), 1, Script.json(400, refusal));
    Answered answered = payer.ask(Chat.mini().stream());
    assertThat(answered.status()).isEqualTo(400);
    assertThat(site.received(account)).hasSize(1);
    payer.charged(answered).isFree();
  }

  @Test
  void b19_a_tier_that_was_asked_for_and_did_not_serve_is_not_charged() {
    Payer payer = site.payer("10");
    var account = site.account();
    String answer =
        Answers.chat("A fee.", usage(1_000, 1_000))
            .replaceFirst("\\{", "{\"service_tier\":\"default\",");
    site.upstream().put(account.match(), 1, Script.json(200, answer));
    Answered answered = payer.ask(Chat.ofTokens("gpt-5", 900).with("service_tier", "auto"));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    payer.charged(answered).is("0.01125", 1_000, 1_000);
  }

  @Test
  void b19_a_tier_that_has_no_price_is_refused() {
    Payer payer = site.payer("10");
    var account = site.account();
    Answered answered = payer.ask(Chat.mini().with("service_tier", "platinum"));
    assertThat(answered.status()).isEqualTo(400);
    assertThat(answered.body()).contains("service_tier");
    assertThat(site.received(account)).isEmpty();
    assertThat(payer.balance()).isEqualByComparingTo("10");
  }
}
