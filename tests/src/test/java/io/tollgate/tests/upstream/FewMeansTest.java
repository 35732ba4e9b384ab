package io.tollgate.tests.upstream;

import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Streams of callers whose means do not cover them. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class FewMeansTest {
  private static final BigDecimal INPUT = new BigDecimal("0.00000015");
  private static final BigDecimal OUTPUT = new BigDecimal("0.0000006");

  private final Site site;

  FewMeansTest(Site site) {
    this.site = site;
  }

  @Test
  void b12_what_was_not_delivered_is_not_charged() {
    Payer payer = site.payer("0.0004");
    String large = "toll road gate ".repeat(440);
    site.answers(Script.events(Answers.chunk(large), Answers.finish("stop"), "[DONE]"));
    Answered answered = payer.ask(Chat.mini().maxTokens(4_096).stream());
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.content()).isEmpty();
    assertThat(answered.body())
        .contains("\"length\"", "insufficient_quota", "do not cover what comes next")
        .doesNotContain("used up");
    assertThat(answered.events().getLast()).isEqualTo("[DONE]");
    payer.charged(answered).isFree();
    assertThat(payer.balance()).isEqualByComparingTo("0.0004");
  }

  @Test
  void b12_what_was_delivered_before_one_event_too_large_is_charged_exactly() {
    Payer payer = site.payer("0.0004");
    String large = "toll road gate ".repeat(440);
    site.answers(
        Script.events(
            Answers.chunk("toll"),
            Answers.chunk(" road"),
            Answers.chunk(large),
            Answers.finish("stop"),
            "[DONE]"));
    Answered answered = payer.ask(Chat.mini().maxTokens(4_096).stream());
    assertThat(answered.content()).isEqualTo("toll road");
    assertThat(answered.events().getLast()).isEqualTo("[DONE]");
    Payer.Charged charged = payer.charged(answered);
    assertThat(charged.output()).isBetween(2L, 3L);
    assertThat(charged.cost())
        .isEqualByComparingTo(
            INPUT
                .multiply(BigDecimal.valueOf(charged.input()))
                .add(OUTPUT.multiply(BigDecimal.valueOf(charged.output()))));
    assertThat(payer.balance())
        .isEqualByComparingTo(new BigDecimal("0.0004").subtract(charged.cost()));
  }

  @Test
  void b12_a_stream_in_small_events_is_delivered_as_far_as_the_means_go() {
    Payer payer = site.payer("0.0004");
    var writer = Script.answer().eventStream();
    for (int event = 0; event < 1_300; event++) {
      writer.event(Answers.chunk(" toll"));
    }
    site.answers(
        writer
            .event(Answers.finish("stop"))
            .event(Answers.usageChunk(usage(10, 1_300)))
            .event("[DONE]")
            .endChunks()
            .done());
    Answered answered = payer.ask(Chat.mini().maxTokens(4_096).stream());
    Payer.Charged charged = payer.charged(answered);
    long delivered = answered.content().split(" toll", -1).length - 1L;
    assertThat(delivered).isBetween(500L, 670L);
    assertThat(charged.output()).isEqualTo(delivered);
    assertThat(charged.owed()).isZero();
    assertThat(answered.body()).contains("\"length\"");
    assertThat(payer.balance())
        .isEqualByComparingTo(new BigDecimal("0.0004").subtract(charged.cost()));
  }

  @Test
  void b12_a_picture_in_one_event_is_no_text() {
    Payer payer = site.payer("0.0004");
    byte[] bytes = new byte[60_000];
    new Random(3).nextBytes(bytes);
    String picture = Base64.getEncoder().encodeToString(bytes);
    site.answers(
        Script.events(
            Answers.delta(
                "{'role':'assistant','content':'A gate.','images':[{'type':'image_url','image_url':"
                    + "{'url':'data:image/png;base64,"
                    + picture
                    + "'}}]}"),
            Answers.finish("stop"),
            Answers.usageChunk(usage(10, 200)),
            "[DONE]"));
    Answered answered = payer.ask(Chat.mini().maxTokens(4_096).stream());
    assertThat(answered.content()).isEqualTo("A gate.");
    assertThat(answered.body()).contains(picture);
    payer.charged(answered).is("0.0001215", 10, 200);
  }

  @Test
  void b12_means_that_do_not_cover_the_input_are_402_before_anything_upstream() {
    Payer payer = site.payer("0.000001");
    var account = site.account();
    Answered answered = payer.ask(Chat.mini().maxTokens(4_096).stream());
    assertThat(answered.status()).isEqualTo(402);
    assertThat(answered.errorCode()).isEqualTo("insufficient_quota");
    assertThat(site.received(account)).isEmpty();
    assertThat(payer.balance()).isEqualByComparingTo("0.000001");
  }
}
