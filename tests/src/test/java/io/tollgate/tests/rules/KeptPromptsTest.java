package io.tollgate.tests.rules;

import static io.tollgate.tests.upstream.Answers.chunk;
import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.sandbox.script.Script;
import io.tollgate.tests.installation.Client;
import io.tollgate.tests.upstream.Answered;
import io.tollgate.tests.upstream.Answers;
import io.tollgate.tests.upstream.Chat;
import io.tollgate.tests.upstream.Payer;
import io.tollgate.tests.upstream.ScriptedAccounts;
import io.tollgate.tests.upstream.SharedSite;
import io.tollgate.tests.upstream.Site;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Requests and answers are kept where a tenant wants it, for owners alone and for a time. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class KeptPromptsTest {
  private static final String RULES = "/api/prompt-rules";
  private static final String ASKED = "What does the mark kp-7731 stand for?";
  private static final String TOLD = "The mark kp-8842 stands for a fee.";

  private final Site site;
  private final RuleCalls rules;

  KeptPromptsTest(Site site) {
    this.site = site;
    rules = new RuleCalls(site);
  }

  @AfterEach
  void nothing_is_kept() {
    rules.clear(RULES);
  }

  @Test
  void an_owner_reads_what_was_asked_and_answered_and_nobody_else_does() {
    keep(600);
    Payer payer = site.payer("1");
    ScriptedAccounts.Account account = site.account();
    site.upstream().put(account.match(), 1, Script.json(200, Answers.chat(TOLD, usage(10, 10))));
    Chat chat = Chat.of("gpt-4o-mini", ASKED);
    Answered answered = payer.ask(chat);
    JsonNode kept = kept(answered.requestId());
    assertThat(kept.required("request_body").asString()).isEqualTo(chat.json());
    assertThat(kept.required("answer_body").asString()).isEqualTo(answered.body());
    assertThat(kept.required("status").asInt()).isEqualTo(200);
    assertThat(kept.required("request_cut").asBoolean()).isFalse();
    assertThat(kept.required("answer_cut").asBoolean()).isFalse();
    HttpResponse<String> payers =
        site.client()
            .send(
                HttpRequest.newBuilder(
                        site.client().url("/api/kept-prompts/" + answered.requestId()))
                    .header("Authorization", "Bearer " + payer.apiKey())
                    .build());
    assertThat(payers.statusCode()).isEqualTo(401);
    assertThat(site.logsWith("an administrator reads a kept request"))
        .doesNotContain("kp-7731", "kp-8842");
  }

  @Test
  void it_stands_encrypted_in_the_table() {
    keep(600);
    Payer payer = site.payer("1");
    ScriptedAccounts.Account account = site.account();
    site.upstream().put(account.match(), 1, Script.json(200, Answers.chat(TOLD, usage(10, 10))));
    Answered answered = payer.ask(Chat.of("gpt-4o-mini", ASKED));
    var unused = kept(answered.requestId());
    byte[] sealed =
        site.bytes(
            "SELECT sealed FROM relay.kept_prompt WHERE request_id = '"
                + answered.requestId()
                + "'");
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1))
        .doesNotContain("kp-7731", "kp-8842", "gpt-4o-mini");
  }

  @Test
  void a_stream_is_kept_as_far_as_it_came() {
    keep(600);
    Payer payer = site.payer("1");
    ScriptedAccounts.Account account = site.account();
    site.upstream()
        .put(
            account.match(),
            1,
            Script.answer().eventStream().event(chunk(TOLD)).pause(50).reset().done());
    Answered broken = payer.ask(Chat.of("gpt-4o-mini", ASKED).stream());
    assertThat(kept(broken.requestId()).required("answer_body").asString()).contains("kp-8842");
  }

  @Test
  void what_is_too_long_is_cut_and_says_so() {
    keep(600);
    Payer payer = site.payer("10");
    ScriptedAccounts.Account account = site.account();
    String words = "toll ".repeat(60_000);
    site.upstream().put(account.match(), 1, Script.json(200, Answers.chat(words, usage(9, 9))));
    Answered answered = payer.ask(Chat.of("gpt-4o-mini", "toll ".repeat(80_000)));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    JsonNode kept = kept(answered.requestId());
    assertThat(kept.required("request_cut").asBoolean()).isTrue();
    assertThat(kept.required("answer_cut").asBoolean()).isTrue();
    assertThat(kept.required("request_body").asString()).hasSize(256 * 1024);
    assertThat(answered.body()).startsWith(kept.required("answer_body").asString());
  }

  @Test
  void it_is_gone_after_its_time_and_when_its_user_is_purged() {
    keep(1);
    Payer payer = site.payer("1");
    ScriptedAccounts.Account account = site.account();
    site.upstream().put(account.match(), 2, Script.json(200, Answers.chat(TOLD, usage(10, 10))));
    Answered first = payer.ask(Chat.of("gpt-4o-mini", ASKED));
    await("over")
        .atMost(Duration.ofSeconds(20))
        .until(() -> rules.send("GET", path(first), Map.of()).statusCode() == 404);
    rules.clear(RULES);
    keep(600);
    Answered second = payer.ask(Chat.of("gpt-4o-mini", ASKED));
    long user = kept(second.requestId()).required("user_id").asLong();
    JsonNode purged =
        rules.done(
            "DELETE",
            "/api/kept-prompts?tenant_id=" + site.tenantId() + "&user_id=" + user,
            Map.of());
    assertThat(purged.required("deleted").asInt()).isBetween(1, 2);
    assertThat(rules.send("GET", path(second), Map.of()).statusCode()).isEqualTo(404);
  }

  @Test
  void nothing_is_kept_of_others() {
    Payer payer = site.payer("1");
    ScriptedAccounts.Account account = site.account();
    site.upstream().put(account.match(), 2, Script.json(200, Answers.chat(TOLD, usage(10, 10))));
    Answered before = payer.ask(Chat.of("gpt-4o-mini", ASKED));
    var unused = payer.charged(before);
    keep(600);
    long key = rules.keyOf(before.requestId());
    var off =
        rules.done(
            "PUT",
            RULES,
            Map.of("tenant_id", site.tenantId(), "api_key_id", key, "enabled", false));
    assertThat(off.required("enabled").asBoolean()).isFalse();
    Answered without = payer.ask(Chat.of("gpt-4o-mini", ASKED));
    Payer other = site.payer("1");
    site.upstream().put(account.match(), 1, Script.json(200, Answers.chat(TOLD, usage(10, 10))));
    var kept = kept(other.ask(Chat.of("gpt-4o-mini", ASKED)).requestId());
    assertThat(kept.required("answer_body").asString()).contains("kp-8842");
    assertThat(rules.send("GET", path(before), Map.of()).statusCode()).isEqualTo(404);
    assertThat(rules.send("GET", path(without), Map.of()).statusCode()).isEqualTo(404);
  }

  private void keep(int seconds) {
    var unused =
        rules.done("PUT", RULES, Map.of("tenant_id", site.tenantId(), "ttl_seconds", seconds));
  }

  private static String path(Answered answered) {
    return "/api/kept-prompts/" + answered.requestId();
  }

  private JsonNode kept(String requestId) {
    String path = "/api/kept-prompts/" + requestId;
    HttpResponse<String> found =
        await("written")
            .atMost(Duration.ofSeconds(20))
            .until(() -> rules.send("GET", path, Map.of()), answer -> answer.statusCode() == 200);
    return Client.json(found).required("data");
  }
}
