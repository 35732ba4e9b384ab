package io.tollgate.tests.upstream;

import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Money pays only for what free tokens do not cover, however far use goes beyond the estimate. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class QuotaFirstTest {
  private final Site site;

  QuotaFirstTest(Site site) {
    this.site = site;
  }

  @Test
  void b01_use_above_the_estimate_takes_quota_first() {
    Payer payer = site.payer("10");
    payer.grant("TOKEN", "1000000");
    for (int time = 1; time <= 3; time++) {
      site.answers(beyond());
      Payer.Charged charged = payer.charged(payer.ask(Chat.mini()));
      assertThat(charged.cost()).as("request %d", time).isZero();
      assertThat(charged.quota()).isEqualTo(9_008);
      assertThat(payer.quotaRemaining()).isEqualTo(1_000_000 - 9_008L * time);
    }
    assertThat(payer.balance()).isEqualByComparingTo("10");
  }

  @Test
  void b01_so_do_several_requests_that_end_at_once() throws Exception {
    Payer payer = site.payer("10");
    payer.grant("TOKEN", "1000000");
    var account = site.account();
    site.upstream().put(account.match(), 8, beyond());
    List<Callable<Answered>> calls = new ArrayList<>();
    for (int call = 0; call < 8; call++) {
      calls.add(() -> payer.ask(Chat.mini()));
    }
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answered : executor.invokeAll(calls)) {
        Payer.Charged charged = payer.charged(answered.resultNow());
        assertThat(charged.cost()).isZero();
        assertThat(charged.quota()).isEqualTo(9_008);
      }
    }
    assertThat(payer.quotaRemaining()).isEqualTo(1_000_000 - 8 * 9_008L);
    assertThat(payer.balance()).isEqualByComparingTo("10");
  }

  @Test
  void b01_money_pays_exactly_what_quota_does_not_cover() {
    Payer payer = site.payer("10");
    payer.grant("TOKEN", "4504");
    site.answers(beyond());
    Payer.Charged charged = payer.charged(payer.ask(Chat.mini()));
    // half of 8 × 0.15 + 9,000 × 0.6 USD per million
    assertThat(charged.quota()).isEqualTo(4_504);
    assertThat(charged.cost()).isEqualByComparingTo("0.0027006");
    assertThat(payer.quotaRemaining()).isZero();
    assertThat(payer.balance()).isEqualByComparingTo("9.9972994");
  }

  @Test
  void b01_a_stream_beyond_its_estimate_takes_quota_first_too() {
    Payer payer = site.payer("10");
    payer.grant("TOKEN", "1000000");
    site.answers(Script.events(Answers.stream("A fee.", usage(8, 9_000))));
    Payer.Charged charged = payer.charged(payer.ask(Chat.mini().stream()));
    assertThat(charged.cost()).isZero();
    assertThat(charged.quota()).isEqualTo(9_008);
    assertThat(payer.balance()).isEqualByComparingTo("10");
  }

  @Test
  void s05_eight_small_credits_before_a_balance_do_not_hide_it() {
    Payer payer = site.payer("1.06");
    for (int credit = 1; credit <= 8; credit++) {
      expiring(payer, "USD", "0.0001", credit);
    }
    site.answers(beyond());
    Answered answered = payer.ask(Chat.mini().maxTokens(9_000));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    Payer.Charged charged = payer.charged(answered);
    charged.is("0.0054012", 8, 9_000);
    assertThat(charged.owed()).isZero();
    assertThat(payer.balance()).isEqualByComparingTo("1.0553988");
  }

  @Test
  void s05_many_small_grants_of_tokens_are_used_before_money() {
    Payer payer = site.payer("1");
    for (int grant = 1; grant <= 40; grant++) {
      expiring(payer, "TOKEN", "50", grant);
    }
    site.answers(Script.json(200, Answers.chat("A fee.", usage(8, 1_492))));
    Answered answered = payer.ask(Chat.mini().maxTokens(1_500));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    Payer.Charged charged = payer.charged(answered);
    assertThat(charged.quota()).isEqualTo(1_500);
    assertThat(charged.cost()).isZero();
    assertThat(payer.quotaRemaining()).isEqualTo(500);
    assertThat(payer.balance()).isEqualByComparingTo("1");
  }

  @Test
  void s05_small_grants_alone_are_means_too() {
    Payer payer = site.payer("0");
    for (int grant = 1; grant <= 12; grant++) {
      expiring(payer, "TOKEN", "50", grant);
    }
    site.answers(Script.json(200, Answers.chat("A fee.", usage(8, 392))));
    Answered answered = payer.ask(Chat.mini().maxTokens(400));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    assertThat(payer.charged(answered).quota()).isEqualTo(400);
  }

  private void expiring(Payer payer, String asset, String amount, int days) {
    site.grant(payer.userId(), asset, amount, Instant.now().plusSeconds(86_400L * days).toString());
  }

  private static Script beyond() {
    return Script.json(200, Answers.chat("A fee.", usage(8, 9_000)));
  }
}
