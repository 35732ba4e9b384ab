package io.tollgate.tests.rules;

import static io.tollgate.tests.upstream.Answers.bytes;
import static io.tollgate.tests.upstream.Answers.chunk;
import static io.tollgate.tests.upstream.Answers.finish;
import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import io.tollgate.tests.upstream.Answered;
import io.tollgate.tests.upstream.Answers;
import io.tollgate.tests.upstream.Chat;
import io.tollgate.tests.upstream.Payer;
import io.tollgate.tests.upstream.ScriptedAccounts;
import io.tollgate.tests.upstream.SharedSite;
import io.tollgate.tests.upstream.Site;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** An answer that was given before is given again, and charged by the tenant's rule. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class KeptAnswersTest {
  private static final String RULES = "/api/cache-rules";
  private static final AtomicInteger QUESTIONS = new AtomicInteger();

  private final Site site;
  private final RuleCalls rules;

  KeptAnswersTest(Site site) {
    this.site = site;
    rules = new RuleCalls(site);
  }

  @BeforeEach
  void half_of_the_price_for_an_answer_from_the_cache() {
    rule(Map.of("tenant_id", site.tenantId(), "ttl_seconds", 600, "hit_share", "0.5"));
  }

  @AfterEach
  void nobody_has_a_cache() {
    rules.clear(RULES);
  }

  /** 1,000 tokens in and 1,000 out of gpt-4o-mini cost 0.00075 USD. */
  @Test
  void a_hit_is_the_same_bytes_for_half_of_the_price_and_no_provider_is_asked() {
    Payer payer = site.payer("1");
    ScriptedAccounts.Account account = answers(Script.json(200, document("A fee.")));
    Chat chat = question();
    Answered first = payer.ask(chat);
    assertThat(first.header("X-Tollgate-Cache")).isEqualTo("miss");
    assertThat(first.header("X-Tollgate-Cost")).isEqualTo("0.00075");
    Answered second = payer.ask(chat);
    assertThat(second.status()).as(second.body()).isEqualTo(200);
    assertThat(second.header("X-Tollgate-Cache")).isEqualTo("hit");
    assertThat(second.header("X-Tollgate-Cost")).isEqualTo("0.000375");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
    assertThat(site.received(account)).hasSize(1);
    payer.charged(first).is("0.00075", 1_000, 1_000);
    Payer.Charged hit = payer.charged(second);
    hit.is("0.000375", 1_000, 1_000);
    JsonNode row = hit.row();
    assertThat(row.required("cache").asString()).isEqualTo("hit");
    assertThat(row.required("price_version").asString()).startsWith("v4:USD:1*1*hit=0.5:");
    assertThat(row.required("account_id").isNull()).isTrue();
    assertThat(row.required("upstream_cost").decimalValue()).isEqualByComparingTo("0");
    assertThat(hit.attempts()).isZero();
    assertThat(payer.charged(first).row().required("cache").isNull()).isTrue();
    assertThat(payer.balance()).isEqualByComparingTo("0.998875");
  }

  @Test
  void a_stream_is_given_again_as_it_was_streamed() {
    Payer payer = site.payer("1");
    ScriptedAccounts.Account account =
        answers(Script.events(Answers.stream("A fee.", usage(1_000, 1_000))));
    Chat chat = question().stream();
    Answered first = payer.ask(chat);
    Answered second = payer.ask(chat);
    assertThat(second.header("X-Tollgate-Cache")).isEqualTo("hit");
    assertThat(second.lines()).isEqualTo(first.lines());
    assertThat(second.content()).isEqualTo("A fee.");
    assertThat(second.events()).endsWith("[DONE]");
    assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
    payer.charged(second).is("0.000375", 1_000, 1_000);
    assertThat(site.received(account)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/messages, false",
    "/v1/messages, true",
    "/v1beta/models/gpt-4o-mini:generateContent, false",
    "/v1beta/models/gpt-4o-mini:streamGenerateContent?alt=sse, true",
  })
  void a_translated_answer_is_given_again_in_the_protocol_of_its_caller(
      String path, boolean stream) {
    Payer payer = site.payer("1");
    ScriptedAccounts.Account account =
        answers(
            stream
                ? Script.events(Answers.stream("A fee.", usage(1_000, 1_000)))
                : Script.json(200, document("A fee.")));
    String question = "Question " + QUESTIONS.incrementAndGet() + " " + "toll ".repeat(900);
    String body =
        switch (path) {
          case "/v1/messages" ->
              "{\"model\":\"gpt-4o-mini\",\"temperature\":0,\"stream\":%s,\"max_tokens\":1200,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                  .formatted(stream, question);
          default ->
              "{\"generationConfig\":{\"temperature\":0},\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"%s\"}]}]}"
                  .formatted(question);
        };
    Answered first = payer.post(path, body);
    assertThat(first.status()).as(first.body()).isEqualTo(200);
    assertThat(first.body()).contains("A fee.");
    assertThat(first.header("X-Tollgate-Cache")).isEqualTo("miss");
    Answered second = payer.post(path, body);
    assertThat(second.header("X-Tollgate-Cache")).isEqualTo("hit");
    assertThat(second.lines()).isEqualTo(first.lines());
    assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
    payer.charged(second).is("0.000375", 1_000, 1_000);
    assertThat(site.received(account)).hasSize(1);
  }

  /** A provider keeps it by its id, which it is found by again with the account of one user. */
  @Test
  void an_answer_that_its_provider_keeps_is_given_again_to_the_same_user_only() {
    Payer payer = site.payer("1");
    Payer colleague = site.payer("1");
    ScriptedAccounts.Account account = site.account();
    String answer =
        Answers.json(
            "{'id':'resp_1','object':'response','created_at':1,'status':'completed','model':'m',"
                + "'output':[{'type':'message','id':'msg_1','role':'assistant','status':'completed',"
                + "'content':[{'type':'output_text','text':'A fee.','annotations':[]}]}],"
                + "'usage':{'input_tokens':10,'output_tokens':10,'total_tokens':20}}");
    site.upstream().put(account.match(), 3, Script.json(200, answer));
    String kept =
        "{\"model\":\"gpt-4o-mini\",\"temperature\":0,\"input\":\"Question "
            + QUESTIONS.incrementAndGet()
            + "\"}";
    assertThat(payer.post("/v1/responses", kept).header("X-Tollgate-Cache")).isEqualTo("miss");
    assertThat(payer.post("/v1/responses", kept).header("X-Tollgate-Cache")).isEqualTo("hit");
    assertThat(colleague.post("/v1/responses", kept).header("X-Tollgate-Cache")).isEqualTo("miss");
    String unkept = kept.replace("{\"model\"", "{\"store\":false,\"model\"");
    assertThat(payer.post("/v1/responses", unkept).header("X-Tollgate-Cache")).isEqualTo("miss");
    assertThat(colleague.post("/v1/responses", unkept).header("X-Tollgate-Cache")).isEqualTo("hit");
  }

  @Test
  void the_same_request_written_otherwise_is_a_hit() {
    Payer payer = site.payer("1");
    var unused = answers(Script.json(200, document("A fee.")));
    String words =
        "{\"role\":\"user\",\"content\":\"Question " + QUESTIONS.incrementAndGet() + "\"}";
    String one =
        "{\"model\":\"gpt-4o-mini\",\"temperature\":0,\"user\":\"a\",\"messages\":[" + words + "]}";
    String other =
        "{ \"messages\" : [ " + words + " ], \"temperature\": 0.0, \"model\":\"gpt-4o-mini\" }";
    assertThat(payer.ask(bytes(one)).header("X-Tollgate-Cache")).isEqualTo("miss");
    assertThat(payer.ask(bytes(other)).header("X-Tollgate-Cache")).isEqualTo("hit");
  }

  @Test
  void a_temperature_other_than_0_has_nothing_to_do_with_it_unless_it_is_asked_for() {
    Payer payer = site.payer("1");
    Chat chat = question().with("temperature", 0.7);
    var account = site.account();
    site.upstream().put(account.match(), 3, Script.json(200, document("A fee.")));
    assertThat(payer.ask(chat).header("X-Tollgate-Cache")).isEqualTo("bypass");
    assertThat(asked(payer, chat, "ttl=60")).isEqualTo("miss");
    assertThat(asked(payer, chat, "ttl=60")).isEqualTo("hit");
    assertThat(asked(payer, chat, "TTL=999999999")).isEqualTo("hit");
    assertThat(asked(payer, chat, "no-store")).isEqualTo("bypass");
    assertThat(site.received(account)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ttl=0", "ttl=-1", "ttl=", "ttl=1s", "ttl=99999999999", "yes", "ttl=5, x"})
  void a_header_that_cannot_be_understood_is_refused(String header) {
    Payer payer = site.payer("1");
    Answered refused = payer.ask(question(), "X-Tollgate-Cache", header);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/error/message").asString())
        .startsWith("X-Tollgate-Cache: ")
        .endsWith("(expected: ttl=SECONDS from 1, or no-store)");
  }

  @Test
  void another_tenant_does_not_find_it() {
    Payer payer = site.payer("1");
    Payer stranger = site.strangerWithQuota(1_000_000);
    var account = site.account();
    site.upstream().put(account.match(), 3, Script.json(200, document("A fee.")));
    Chat chat = question();
    Answered theirs = stranger.ask(chat, "X-Tollgate-Cache", "what is not read");
    assertThat(theirs.status()).as(theirs.body()).isEqualTo(200);
    assertThat(theirs.header("X-Tollgate-Cache")).isEmpty();
    long other =
        site.requestLog(stranger.charged(theirs).row().required("request_id").asString())
            .getFirst()
            .required("tenant_id")
            .asLong();
    rule(Map.of("tenant_id", other, "ttl_seconds", 600, "hit_share", 0));
    assertThat(payer.ask(chat).header("X-Tollgate-Cache")).isEqualTo("miss");
    assertThat(stranger.ask(chat).header("X-Tollgate-Cache")).isEqualTo("miss");
    assertThat(stranger.ask(chat).header("X-Tollgate-Cache")).isEqualTo("hit");
    assertThat(site.received(account)).hasSize(3);
  }

  @Test
  void a_stream_that_was_cut_halfway_is_not_kept() {
    Payer payer = site.payer("1");
    var account = site.account();
    Chat chat = question().stream();
    site.upstream()
        .put(
            account.match(),
            1,
            Script.answer().eventStream().event(chunk("A fee.")).pause(50).reset().done());
    site.upstream()
        .put(account.match(), 1, Script.events(Answers.stream("A whole fee.", usage(10, 10))));
    var unused = payer.ask(chat);
    Answered second = payer.ask(chat);
    assertThat(second.header("X-Tollgate-Cache")).isEqualTo("miss");
    assertThat(second.content()).isEqualTo("A whole fee.");
    assertThat(payer.ask(chat).content()).isEqualTo("A whole fee.");
    assertThat(site.received(account)).hasSize(2);
  }

  @Test
  void neither_is_what_a_filter_of_the_provider_stopped_nor_an_error() {
    Payer payer = site.payer("1");
    var account = site.account();
    Chat whole = question();
    Chat stream = question().stream();
    String filtered = document("A f").replace("\"stop\"", "\"content_filter\"");
    site.upstream().put(account.match(), 2, Script.json(200, filtered));
    assertThat(payer.ask(whole).status()).isEqualTo(200);
    assertThat(payer.ask(whole).header("X-Tollgate-Cache")).isEqualTo("miss");
    site.upstream()
        .put(
            account.match(),
            2,
            Script.events(
                chunk("A f"),
                finish("content_filter"),
                Answers.usageChunk(usage(10, 10)),
                "[DONE]"));
    assertThat(payer.ask(stream).status()).isEqualTo(200);
    assertThat(payer.ask(stream).header("X-Tollgate-Cache")).isEqualTo("miss");
    site.upstream().put(account.match(), 1, Script.json(400, "{\"error\":{\"message\":\"no\"}}"));
    site.upstream().put(account.match(), 1, Script.json(200, document("A fee.")));
    Chat refused = question();
    assertThat(payer.ask(refused).status()).isEqualTo(400);
    assertThat(payer.ask(refused).header("X-Tollgate-Cache")).isEqualTo("miss");
  }

  @Test
  void a_quota_pays_its_share_of_the_tokens_and_nothing_of_a_free_hit() {
    Payer payer = site.payer("0");
    payer.grant("TOKEN", "5001");
    var unused = answers(Script.json(200, document("A fee.")));
    Chat chat = question();
    assertThat(payer.charged(payer.ask(chat)).quota()).isEqualTo(2_000);
    Payer.Charged hit = payer.charged(payer.ask(chat));
    assertThat(hit.quota()).isEqualTo(1_000);
    assertThat(hit.cost()).isEqualByComparingTo(BigDecimal.ZERO);
    rule(Map.of("tenant_id", site.tenantId(), "ttl_seconds", 600, "hit_share", 0));
    Payer.Charged free = payer.charged(payer.ask(chat));
    free.isFree();
    assertThat(free.input()).isEqualTo(1_000);
    assertThat(payer.quotaRemaining()).isEqualTo(2_001);
  }

  @Test
  void who_cannot_pay_the_share_is_refused() {
    Payer rich = site.payer("1");
    Payer poor = site.payer("0.0003");
    var unused = answers(Script.json(200, document("A fee.")));
    Chat chat = question();
    assertThat(rich.ask(chat).status()).isEqualTo(200);
    Answered refused = poor.ask(chat);
    assertThat(refused.status()).isEqualTo(402);
    assertThat(refused.errorCode()).isEqualTo("insufficient_quota");
    assertThat(poor.balance()).isEqualByComparingTo("0.0003");
  }

  @Test
  void a_key_can_be_without_and_what_was_kept_can_be_forgotten() {
    Payer payer = site.payer("1");
    var account = site.account();
    site.upstream().put(account.match(), 3, Script.json(200, document("A fee.")));
    Chat chat = question();
    Answered first = payer.ask(chat);
    assertThat(payer.ask(chat).header("X-Tollgate-Cache")).isEqualTo("hit");
    var unused = payer.charged(first);
    long key = rules.keyOf(first.requestId());
    rule(Map.of("tenant_id", site.tenantId(), "api_key_id", key, "enabled", false));
    assertThat(payer.ask(chat).header("X-Tollgate-Cache")).isEmpty();
    rule(Map.of("tenant_id", site.tenantId(), "api_key_id", key, "ttl_seconds", 60));
    assertThat(payer.ask(chat).header("X-Tollgate-Cache")).isEqualTo("hit");
    long tenants = rules.done("GET", RULES, Map.of()).required(0).required("id").asLong();
    var purged = rules.done("POST", RULES + "/" + tenants + "/purge", Map.of());
    assertThat(purged.required("hit_share").decimalValue()).isEqualByComparingTo("0.5");
    assertThat(payer.ask(chat).header("X-Tollgate-Cache")).isEqualTo("miss");
  }

  private String asked(Payer payer, Chat chat, String header) {
    Answered answered = payer.ask(chat, "X-Tollgate-Cache", header);
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    return answered.header("X-Tollgate-Cache");
  }

  private ScriptedAccounts.Account answers(Script script) {
    ScriptedAccounts.Account account = site.account();
    site.upstream().put(account.match(), 1, script);
    return account;
  }

  private static String document(String words) {
    return Answers.chat(words, usage(1_000, 1_000));
  }

  /** One that nobody has asked before. */
  private static Chat question() {
    return Chat.of(
            "gpt-4o-mini", "Question " + QUESTIONS.incrementAndGet() + " " + "toll ".repeat(900))
        .with("temperature", 0);
  }

  private void rule(Map<String, ?> rule) {
    var unused = rules.done("PUT", RULES, rule);
  }
}
