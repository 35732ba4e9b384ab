package io.tollgate.tests.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import io.tollgate.tests.upstream.Answered;
import io.tollgate.tests.upstream.Answers;
import io.tollgate.tests.upstream.Chat;
import io.tollgate.tests.upstream.Payer;
import io.tollgate.tests.upstream.SharedSite;
import io.tollgate.tests.upstream.Site;
import java.io.IOException;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the interfaces for operators and backends refuse, because it could mean two things. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class InterfaceInputTest {
  private final Site site;

  InterfaceInputTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/request-logs?model=%00",
        "/api/request-logs?model=a%00b",
        "/api/request-logs?user_id=%00",
        "/api/request-logs?request_id=%00",
        "/api/ledger/accounts?owner=%00",
        "/api/ledger/accounts?asset=%00",
        "/api/ledger/entries?reference=%00",
        "/api/ledger/entries?reference=%ff",
        "/api/request-logs?page=1&page=2"
      })
  void b25_a_filter_that_no_row_can_have_is_400(String target) {
    var answer =
        site.client()
            .get(site.client().url(target), "Authorization", "Bearer " + site.adminToken());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).doesNotContain("INTERNAL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"amount\": 1, \"amount\": 1000",
        "\"amount\": \"１\"",
        "\"amount\": \"0x10\"",
        "\"amount\": \"1_000\"",
        "\"amount\": \"٣\"",
        "\"amount\": 1, \"userId\": \"somebody-else\"",
        "\"amount\": 1, \"user_id\": \"somebody-else\"",
        "\"amount\": 1, \"asset\": \"TOKEN\"",
        "\"amount\": 1, \"idempotencyKey\": \"another\"",
        "\"amount\": true"
      })
  void b28_a_grant_with_two_meanings_is_400(String fields) {
    Payer payer = site.payer("1");
    var answer =
        site.postGrant(
            "{\"user_id\":\""
                + payer.userId()
                + "\",\"asset\":\"USD\",\"idempotency_key\":\"b28-"
                + fields.hashCode()
                + "\","
                + fields
                + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(payer.balance()).isEqualByComparingTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775000", "1000000000001", "9007199254740993"})
  void s09_a_grant_of_more_tokens_than_anybody_needs_is_400(String amount) {
    Payer payer = site.payer("1");
    var answer = site.postGrant(grant(payer, "TOKEN", amount));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    site.answers(Script.json(200, Answers.chat("A fee.", Answers.usage(100, 10))));
    Answered answered = payer.ask(Chat.ofTokens("gpt-4o-mini", 60));
    assertThat(answered.status()).isEqualTo(200);
    payer.charged(answered).is("0.000021", 100, 10);
  }

  @Test
  void s09_money_is_bounded_too_and_what_is_within_the_bound_is_served() {
    Payer payer = site.payer("1");
    assertThat(site.postGrant(grant(payer, "USD", "1000001")).statusCode()).isEqualTo(400);
    assertThat(site.postGrant(grant(payer, "TOKEN", "1000000000000")).statusCode()).isEqualTo(200);
    site.answers(Script.json(200, Answers.chat("A fee.", Answers.usage(100, 10))));
    Answered answered = payer.ask(Chat.ofTokens("gpt-4o-mini", 60));
    assertThat(answered.status()).isEqualTo(200);
    Payer.Charged charged = payer.charged(answered);
    assertThat(charged.quota()).isEqualTo(110);
    assertThat(charged.cost()).isZero();
  }

  @Test
  void s16_a_token_whose_signature_is_written_another_way_is_refused() {
    String token = site.adminToken();
    String unused = "/api/request-logs?page_size=1";
    assertThat(statusWith(unused, token)).isEqualTo(200);
    char last = token.charAt(token.length() - 1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    // the last letter's low bits carry nothing; letters that differ in them alone decode alike
    String decoded = decoded(token);
    for (char letter : alphabet.toCharArray()) {
      String variant = token.substring(0, token.length() - 1) + letter;
      if (letter != last && decoded(variant).equals(decoded)) {
        assertThat(statusWith(unused, variant)).as("ending in " + letter).isEqualTo(401);
      }
    }
    assertThat(statusWith(unused, token + "=")).isEqualTo(401);
  }

  @Test
  void b29_http2_with_prior_knowledge_is_spoken_or_refused_cleanly() throws IOException {
    try (Intruder intruder = Intruder.connect(site.installation().demo().publicUrl(), 1)) {
      intruder.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
      String first = intruder.first(9);
      // the server's SETTINGS or GOAWAY frame, or an answer in HTTP/1.1
      boolean frame = first.length() == 9 && (first.charAt(3) == 4 || first.charAt(3) == 7);
      assertThat(frame || first.startsWith("HTTP/1.1 ")).as(first).isTrue();
    }
  }

  private int statusWith(String target, String token) {
    return site.client()
        .get(site.client().url(target), "Authorization", "Bearer " + token)
        .statusCode();
  }

  private static String decoded(String token) {
    byte[] signature = Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1));
    return java.util.HexFormat.of().formatHex(signature);
  }

  private static String grant(Payer payer, String asset, String amount) {
    return "{\"user_id\":\""
        + payer.userId()
        + "\",\"asset\":\""
        + asset
        + "\",\"amount\":"
        + amount
        + ",\"idempotency_key\":\"s09-"
        + amount
        + "\"}";
  }
}
