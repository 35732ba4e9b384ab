package io.tollgate.tests.attack;

import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.sandbox.script.Script;
import io.tollgate.tests.upstream.Answers;
import io.tollgate.tests.upstream.Chat;
import io.tollgate.tests.upstream.Payer;
import io.tollgate.tests.upstream.ScriptedAccounts.Account;
import io.tollgate.tests.upstream.SharedSite;
import io.tollgate.tests.upstream.Site;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A caller who hangs up pays what the provider bills for the request, and nothing else. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class HangUpsTest {
  /** How long a provider takes, in which it is heard that its caller has hung up. */
  private static final int HEARD_MS = 2_500;

  private final Site site;

  HangUpsTest(Site site) {
    this.site = site;
  }

  @Test
  void s15_a_stream_is_read_on_for_its_report() throws IOException {
    Payer payer = site.payer("1");
    var account = site.account();
    site.upstream()
        .put(
            account.match(),
            1,
            Script.answer()
                .eventStream()
                .event(Answers.chunk("Half"))
                .pause(HEARD_MS)
                .event(Answers.chunk(" of it"))
                .event(Answers.finish("stop"))
                .event(Answers.usageChunk(usage(100, 10)))
                .event("[DONE]")
                .endChunks()
                .done());
    try (Intruder caller = Intruder.connect(site.installation().demo().publicUrl(), 1)) {
      caller.send(call(payer, Chat.ofTokens("gpt-4o-mini", 60).stream()));
      assertThat(caller.isToldOf("Half")).isTrue();
    }
    charged(payer, account).is("0.000021", 100, 10);
    assertThat(payer.balance()).isEqualByComparingTo("0.999979");
  }

  @Test
  void s15_so_is_an_answer_that_had_not_begun() throws IOException {
    Payer payer = site.payer("1");
    var account = site.account();
    site.upstream()
        .put(
            account.match(),
            1,
            Script.answer()
                .pause(HEARD_MS)
                .status(200)
                .json(Answers.chat("A fee.", usage(100, 10)))
                .done());
    hangUpUnanswered(payer, account);
    charged(payer, account).is("0.000021", 100, 10);
  }

  @Test
  void s15_an_answer_that_then_fails_is_free_and_no_other_account_is_asked() throws IOException {
    Payer payer = site.payer("1");
    var accounts = site.accounts(2);
    site.upstream()
        .put(
            accounts.getFirst().match(),
            1,
            Script.answer().pause(HEARD_MS).status(500).json("{}").done());
    hangUpUnanswered(payer, accounts.getFirst());
    charged(payer, accounts.getFirst()).isFree();
    assertThat(site.received(accounts.getLast())).isEmpty();
    assertThat(payer.balance()).isEqualByComparingTo("1");
  }

  private void hangUpUnanswered(Payer payer, Account account) throws IOException {
    try (Intruder caller = Intruder.connect(site.installation().demo().publicUrl(), 1)) {
      caller.send(call(payer, Chat.ofTokens("gpt-4o-mini", 60)));
      await("the request is with the provider")
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> !site.received(account).isEmpty());
    }
  }

  private Payer.Charged charged(Payer payer, Account account) {
    String requestId = site.received(account).getFirst().header("X-Request-Id").orElseThrow();
    Payer.Charged charged = payer.charged(requestId);
    assertThat(charged.row().required("status").asInt()).isEqualTo(499);
    return charged;
  }

  private static String call(Payer payer, Chat chat) {
    return Intruder.call(payer.apiKey(), chat.json());
  }
}
