package io.tollgate.tests.upstream;

import static io.tollgate.tests.upstream.Answers.json;
import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Fields that we add and an upstream does not take. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class RefusedFieldsTest {
  private final Site site;

  RefusedFieldsTest(Site site) {
    this.site = site;
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
}
