package io.tollgate.tests.upstream;

import static io.tollgate.tests.upstream.Answers.json;
import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import io.tollgate.sandbox.script.ScriptWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends that are none, and those that do not look like one. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class StreamEndsTest {
  private final Site site;

  StreamEndsTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "null", "false", "'   '", "0"})
  void b13_a_stream_without_a_reason_and_done_has_broken(String reason) {
    Payer payer = site.payer("1");
    site.answers(Script.events(withReason("The toll is", reason), withReason(" ten", reason)));
    Answered answered = payer.ask(Chat.mini().stream());
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.content()).isEqualTo("The toll is ten");
    assertThat(answered.errorCode()).isEqualTo("upstream_failed");
    Payer.Charged charged = payer.charged(answered);
    assertThat(charged.row().required("error_code").asString()).isEqualTo("UPSTREAM_FAILED");
    assertThat(charged.output()).isBetween(2L, 6L);
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
  void b13_a_reason_without_done_is_an_end() {
    Payer payer = site.payer("1");
    site.answers(Script.events(Answers.chunk("Ten."), Answers.finish("stop")));
    Answered answered = payer.ask(Chat.mini().stream());
    assertThat(answered.errorCode()).isEmpty();
    assertThat(answered.events().getLast()).isEqualTo("[DONE]");
    assertThat(payer.charged(answered).output()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void b14_a_stream_ends_soon_after_its_finish_and_usage(boolean comments) {
    Payer payer = site.payer("1");
    ScriptWriter writer =
        Script.answer()
            .eventStream()
            .event(Answers.chunk("A fee."))
            .event(Answers.finish("stop"))
            .event(Answers.usageChunk(usage(100, 10)));
    site.answers(
        comments ? writer.repeatChunk(": wait\n\n", 300, 200).done() : writer.hang().done());
    Answered answered = payer.ask(Chat.ofTokens("gpt-4o-mini", 60).stream());
    assertThat(answered.content()).isEqualTo("A fee.");
    assertThat(answered.errorCode()).isEmpty();
    assertThat(answered.events().getLast()).isEqualTo("[DONE]");
    assertThat(answered.endedMs()).isLessThan(6_000);
    payer.charged(answered).is("0.000021", 100, 10);
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

  @Test
  void s15_a_status_that_is_none_is_502() {
    Payer payer = site.payer("1");
    for (String line : new String[] {"HTTP/1.1 99999 What", "HTTP/1.1 700 What", "HTTP/1.1 abc"}) {
      site.answers(Script.answer().line(line).json("{}").done());
      Answered answered = payer.ask(Chat.mini());
      assertThat(answered.status()).as(line).isEqualTo(502);
      assertThat(answered.errorCode()).isEqualTo("upstream_failed");
      payer.charged(answered).isFree();
    }
    String metrics =
        site.client().get(site.installation().demo().privateUrl().resolve("/metrics")).body();
    assertThat(metrics).doesNotContain("\"99999").doesNotContain("\"700\"");
  }

  private static String withReason(String content, String reason) {
    return json("{'id':'c','object':'chat.completion.chunk','created':1,'model':'m','choices':[{'index':0,"
            + "'delta':{'content':@},'finish_reason':"
            + reason
            + "}]}")
        .replace("@", Answers.quoted(content));
  }
}
