package io.tollgate.tests.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Models that cost something for each request, beside what it uses or alone. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedSite.class)
class RequestPriceTest {
  private static final String ALONE = "priced-by-the-request";
  private static final String BESIDE = "priced-by-both";
  private static final String USAGE = Answers.usage(100, 10);

  private final Site site;

  RequestPriceTest(Site site) {
    this.site = site;
  }

  @BeforeAll
  void priced() {
    price(ALONE, Map.of("input", 0, "output", 0));
    price(BESIDE, Map.of("input", 1, "output", 10));
  }

  @Test
  void an_answer_costs_it_once_however_it_comes() {
    Payer payer = site.payer("1");
    site.answers(Script.json(200, Answers.chat("A toll", USAGE)));
    payer.charged(payer.ask(asked(BESIDE))).is("0.0032", 100, 10);
    site.answers(Script.events(Answers.stream("A toll", USAGE)));
    payer.charged(payer.ask(asked(BESIDE).stream())).is("0.0032", 100, 10);
    site.answers(Script.json(200, Answers.chat("A toll", USAGE)));
    Payer.Charged alone = payer.charged(payer.ask(asked(ALONE)));
    alone.is("0.003", 100, 10);
    assertThat(alone.row().at("/usage/requests").asLong()).isEqualTo(1);
    site.answers(Script.events(Answers.stream("A toll", USAGE)));
    payer.charged(payer.ask(asked(ALONE).stream())).is("0.003", 100, 10);
    assertThat(payer.balance()).isEqualByComparingTo("0.9876");
  }

  @Test
  void a_request_that_needed_two_attempts_costs_it_once() {
    Payer payer = site.payer("1");
    List<ScriptedAccounts.Account> accounts = site.accounts(2);
    site.upstream().put(accounts.get(0).match(), 1, Script.json(500, "{\"error\":{}}"));
    site.upstream()
        .put(accounts.get(1).match(), 1, Script.json(200, Answers.chat("A toll", USAGE)));
    Payer.Charged charged = payer.charged(payer.ask(asked(ALONE)));
    assertThat(charged.attempts()).isEqualTo(2);
    charged.is("0.003", 100, 10);
  }

  @Test
  void a_request_that_fails_costs_nothing() {
    Payer payer = site.payer("1");
    site.answers(Script.json(400, "{\"error\":{\"message\":\"no\"}}"));
    Answered failed = payer.ask(asked(ALONE));
    assertThat(failed.status()).isEqualTo(400);
    payer.charged(failed).isFree();
    site.answers(Script.events(Answers.delta("{'role':'assistant','content':''}")));
    Answered nothing = payer.ask(asked(ALONE).stream());
    payer.charged(nothing).isFree();
    assertThat(payer.balance()).isEqualByComparingTo("1");
  }

  @Test
  void a_stream_that_breaks_or_is_left_costs_it_once() {
    Payer payer = site.payer("1");
    site.answers(Script.events(Answers.chunk("A toll"), Answers.chunk(" road")));
    Payer.Charged broken = payer.charged(payer.ask(asked(ALONE).stream()));
    assertThat(broken.cost()).isEqualByComparingTo("0.003");
    site.sandboxAccount();
    LeftStream left =
        LeftStream.after(
            1,
            site.client().url("/v1/chat/completions"),
            payer.apiKey(),
            asked(ALONE).stream().json(),
            "output_tokens=20; chunk_ms=20");
    Payer.Charged gone = payer.charged(left.requestId());
    assertThat(gone.cost()).isEqualByComparingTo("0.003");
    assertThat(gone.row().at("/usage/requests").asLong()).isEqualTo(1);
  }

  @Test
  void who_cannot_pay_it_is_told_so_before_anything_is_sent() {
    var account = site.account();
    assertThat(site.payer("0.002").ask(asked(ALONE)).status()).isEqualTo(402);
    assertThat(site.received(account)).isEmpty();
  }

  private static Chat asked(String model) {
    return Chat.of(model, "What is a toll?").maxTokens(20);
  }

  private void price(String model, Map<String, Integer> tokens) {
    Map<String, Object> row =
        Map.of(
            "id",
            model,
            "platform",
            "openai",
            "owned_by",
            "me",
            "context_tokens",
            1_000,
            "max_output_tokens",
            100,
            "usd_per_million",
            tokens,
            "usd_each",
            Map.of("requests", "0.003"));
    var answer =
        site.client()
            .send(
                HttpRequest.newBuilder(site.client().url("/api/prices"))
                    .header("Authorization", "Bearer " + site.adminToken())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(Chat.jsonOf(row)))
                    .build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
