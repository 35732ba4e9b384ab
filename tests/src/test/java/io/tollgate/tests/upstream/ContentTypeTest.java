package io.tollgate.tests.upstream;

import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer is what it is, whatever its type says; and the caller gets what was asked for. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class ContentTypeTest {
  private final Site site;

  ContentTypeTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "text/plain",
        "application/octet-stream",
        "TEXT/EVENT-STREAM",
        ""
      })
  void b02_a_stream_by_another_name_is_streamed_and_its_usage_read(String type) {
    Payer payer = site.payer("1");
    var writer = Script.answer().status(200);
    if (!type.isEmpty()) {
      writer.header("Content-Type", type);
    }
    site.answers(
        writer
            .chunked()
            .event(Answers.chunk("First"))
            .pause(500)
            .event(Answers.chunk(" last"))
            .event(Answers.finish("stop"))
            .event(Answers.usageChunk(usage(100, 10)))
            .event("[DONE]")
            .endChunks()
            .done());
    Answered answered = payer.ask(Chat.ofTokens("gpt-4o-mini", 60).stream());
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.header("Content-Type")).startsWith("text/event-stream");
    assertThat(answered.content()).isEqualTo("First last");
    assertThat(answered.arrivedMs(" last") - answered.arrivedMs("First")).isGreaterThan(300);
    payer.charged(answered).is("0.000021", 100, 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/event-stream", "application/json"})
  void b17_a_stream_for_a_caller_of_json_is_joined_to_one_document(String type) {
    Payer payer = site.payer("1");
    site.answers(
        Script.answer()
            .status(200)
            .header("Content-Type", type)
            .chunked()
            .event(Answers.delta("{'role':'assistant','content':'A '}"))
            .event(Answers.chunk("fee"))
            .event(Answers.finish("length"))
            .event(Answers.usageChunk(usage(100, 10)))
            .event("[DONE]")
            .endChunks()
            .done());
    Answered answered = payer.ask(Chat.ofTokens("gpt-4o-mini", 60));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    assertThat(answered.header("Content-Type")).startsWith("application/json");
    assertThat(answered.json().required("object").asString()).isEqualTo("chat.completion");
    assertThat(answered.json().at("/choices/0/message/content").asString()).isEqualTo("A fee");
    assertThat(answered.json().at("/choices/0/message/role").asString()).isEqualTo("assistant");
    assertThat(answered.json().at("/choices/0/finish_reason").asString()).isEqualTo("length");
    assertThat(answered.json().at("/usage/completion_tokens").asInt()).isEqualTo(10);
    payer.charged(answered).is("0.000021", 100, 10);
  }

  @Test
  void b17_tool_calls_of_a_stream_are_joined_too() {
    Payer payer = site.payer("1");
    site.answers(
        Script.events(
            Answers.delta(
                "{'role':'assistant','tool_calls':[{'index':0,'id':'c1','type':'function',"
                    + "'function':{'name':'pay','arguments':''}}]}"),
            Answers.delta("{'tool_calls':[{'index':0,'function':{'arguments':'{}'}}]}"),
            Answers.finish("tool_calls"),
            Answers.usageChunk(usage(100, 10)),
            "[DONE]"));
    Answered answered = payer.ask(Chat.ofTokens("gpt-4o-mini", 60));
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    var call = answered.json().at("/choices/0/message/tool_calls/0");
    assertThat(call.at("/function/name").asString("")).isEqualTo("pay");
    assertThat(call.at("/function/arguments").asString("")).isEqualTo("{}");
    payer.charged(answered).is("0.000021", 100, 10);
  }

  @Test
  void b17_a_document_for_a_caller_of_a_stream_becomes_a_stream() {
    Payer payer = site.payer("1");
    site.answers(Script.json(200, Answers.chat("A fee", usage(100, 10))));
    Answered answered = payer.ask(Chat.ofTokens("gpt-4o-mini", 60).stream());
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    assertThat(answered.header("Content-Type")).startsWith("text/event-stream");
    assertThat(answered.content()).isEqualTo("A fee");
    assertThat(answered.events().getLast()).isEqualTo("[DONE]");
    assertThat(answered.events())
        .filteredOn(event -> !event.equals("[DONE]"))
        .allMatch(event -> event.contains("chat.completion.chunk"));
    payer.charged(answered).is("0.000021", 100, 10);
  }
}
