package io.tollgate.tests.upstream;

import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ends that are none, and those that do not look like one. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class StreamEndsTest {
  private final Site site;

  StreamEndsTest(Site site) {
    this.site = site;
  }

  @Test
  void b13_a_stream_cut_in_the_middle_of_an_event_has_broken() {
    Payer payer = site.payer("1");
    site.answers(
        Script.answer()
            .eventStream()
            .event(Answers.chunk("The toll"))
            .chunk("data: {\"choices\":[{\"ind")
            .reset()
            .done());
    Answered answered = payer.ask(Chat.mini().stream());
    assertThat(answered.errorCode()).isEqualTo("upstream_failed");
    assertThat(answered.content()).isEqualTo("The toll");
    assertThat(payer.charged(answered).output()).isBetween(1L, 4L);
  }

  @Test
  void b14_usage_that_comes_a_moment_after_the_finish_is_waited_for() {
    Payer payer = site.payer("1");
    site.answers(
        Script.answer()
            .eventStream()
            .event(Answers.chunk("A fee."))
            .event(Answers.finish("stop"))
            .pause(700)
            .event(Answers.usageChunk(usage(100, 10)))
            .event("[DONE]")
            .hang()
            .done());
    Answered answered = payer.ask(Chat.ofTokens("gpt-4o-mini", 60).stream());
    assertThat(answered.errorCode()).isEmpty();
    payer.charged(answered).is("0.000021", 100, 10);
  }
}
