package io.tollgate.tests.upstream;

import static io.tollgate.tests.upstream.Answers.json;
import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers with status 200 that are none: the next account is tried, and where there is no other the
 * caller is told, and pays nothing.
 */
@Tag("slow")
@ExtendWith(SharedSite.class)
class NoAnswerTest {
  private static final String HTML =
      "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
          + "<p>Checking if the site connection is secure</p>".repeat(60)
          + "</body></html>";

  private final Site site;

  NoAnswerTest(Site site) {
    this.site = site;
  }

  /** Each with the row it comes from. */
  static Map<String, Script> none() {
    Map<String, Script> none = new TreeMap<>();
    none.put("b03 a page", page().done());
    none.put("b03 a page without a type", Script.answer().status(200).body(HTML).done());
    none.put(
        "b03 a page by name of JSON",
        Script.answer().status(200).header("Content-Type", "application/json").body(HTML).done());
    String broken = Answers.chat("Half an answer", "").substring(0, 150);
    none.put("b03 broken JSON with its length", Script.json(200, broken));
    none.put(
        "b03 broken JSON ended by the close",
        Script.answer()
            .line("HTTP/1.0 200 OK")
            .header("Content-Type", "application/json")
            .endHead()
            .raw(broken)
            .close()
            .done());
    none.put("b15 no body", Script.answer().status(200).body("").done());
    none.put("b15 no body, called JSON", Script.json(200, ""));
    none.put("b15 204", Script.answer().status(204).endHead().done());
    none.put("b15 an empty object", Script.json(200, "{}"));
    none.put("b15 a code of its own", Script.json(200, json("{'code':500,'msg':'busy'}")));
    none.put("b15 null", Script.json(200, "null"));
    none.put("b15 a text", Script.json(200, json("'toll'")));
    none.put("b15 a list", Script.json(200, "[]"));
    none.put("b15 choices null", Script.json(200, choices("null")));
    none.put("b15 choices empty", Script.json(200, choices("[]")));
    none.put("b15 choices a text", Script.json(200, choices("'many'")));
    none.put("b15 choices an object", Script.json(200, choices("{}")));
    none.put("b15 choices of nothing", Script.json(200, choices("[null]")));
    none.put("b15 choices without a message", Script.json(200, choices("[{'index':0}]")));
    none.put(
        "b15 choices with a message of nothing",
        Script.json(200, choices("[{'index':0,'message':null,'finish_reason':null}]")));
    none.put(
        "b15 usage only",
        Script.json(
            200, json("{'id':'c','object':'chat.completion','usage':" + usage(9, 0) + "}")));
    none.put("b15 events of nothing", Script.events("{}", "[DONE]"));
    none.put("b15 choices absent", Script.json(200, json("{'id':'c','object':'chat.completion'}")));
    none.put("b15 done only", Script.events("[DONE]"));
    none.put(
        "b15 comments only", Script.answer().eventStream().chunk(": hi\n\n").endChunks().done());
    none.put("b15 an empty stream", Script.answer().eventStream().endChunks().done());
    none.put("b16 an error", Script.json(200, error("'overloaded'")));
    none.put("b16 an error that is a text", Script.json(200, json("{'error':'overloaded'}")));
    none.put("b16 an error event", Script.events(error("'overloaded'")));
    none.put("b16 an error event and done", Script.events(error("'overloaded'"), "[DONE]"));
    none.put(
        "b16 an error of another form",
        Script.answer()
            .eventStream()
            .chunk("event: error\ndata: " + error("'overloaded'") + "\n\n")
            .endChunks()
            .done());
    return none;
  }

  static Stream<Arguments> eachOfNone() {
    return none().entrySet().stream()
        .flatMap(
            each ->
                Stream.of(false, true)
                    .map(stream -> Arguments.of(each.getKey(), stream, each.getValue())));
  }

  @ParameterizedTest(name = "{0}, stream: {1}")
  @MethodSource("eachOfNone")
  void b03_b15_b16_the_next_account_is_tried_and_without_one_it_is_502_and_free(
      String name, boolean stream, Script script) {
    Payer payer = site.payer("1");
    var accounts = site.accounts(2);
    site.upstream().put(accounts.getFirst().match(), 1, script);
    site.upstream().put(accounts.getLast().match(), 1, good(stream));
    Answered served = payer.ask(chat(stream));
    assertThat(served.status()).as(served.body()).isEqualTo(200);
    assertThat(served.content()).isEqualTo("A fee.");
    // neither of them has an answer now
    accounts.forEach(account -> site.upstream().put(account.match(), 1, script));
    Answered refused = payer.ask(chat(stream));
    assertThat(refused.status()).as(refused.body()).isEqualTo(502);
    assertThat(refused.errorCode()).isEqualTo(ownCode(name).orElse("upstream_failed"));
    assertThat(refused.body()).doesNotContain("html").doesNotContain("Half an answer");
    Payer.Charged charged = payer.charged(served);
    charged.is("0.000021", 100, 10);
    assertThat(charged.attempts()).isEqualTo(2);
    payer.charged(refused).isFree();
    assertThat(payer.balance()).isEqualByComparingTo("0.999979");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void b15_an_account_that_gives_no_answer_counts_as_failed(boolean stream) {
    Payer payer = site.payer("1");
    var accounts = site.accounts(2);
    site.upstream().put(accounts.getFirst().match(), 1, Script.json(200, "{}"));
    site.upstream().put(accounts.getLast().match(), 2, good(stream));
    Answered first = payer.ask(chat(stream));
    Answered second = payer.ask(chat(stream));
    assertThat(List.of(first.status(), second.status())).containsExactly(200, 200);
    assertThat(site.received(accounts.getFirst())).hasSize(1);
    assertThat(payer.charged(second).attempts()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void b15_role_and_stop_alone_are_free(boolean stream) {
    Payer payer = site.payer("1");
    site.answers(
        stream
            ? Script.events(
                Answers.delta("{'role':'assistant','content':''}"),
                Answers.finish("stop"),
                "[DONE]")
            : Script.json(200, Answers.chat("", "")));
    Answered answered = payer.ask(chat(stream));
    assertThat(answered.status()).isIn(200, 502);
    payer.charged(answered).isFree();
    assertThat(payer.balance()).isEqualByComparingTo("1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void b15_a_refusal_by_a_filter_is_an_answer(boolean stream) {
    Payer payer = site.payer("1");
    var accounts = site.accounts(2);
    site.upstream()
        .put(
            accounts.getFirst().match(),
            1,
            stream
                ? Script.events(
                    Answers.delta("{'role':'assistant','content':''}"),
                    Answers.finish("content_filter"),
                    "[DONE]")
                : Script.json(200, Answers.chat("", "").replace("\"stop\"", "\"content_filter\"")));
    Answered answered = payer.ask(chat(stream));
    assertThat(answered.status()).isEqualTo(200);
    assertThat(site.received(accounts.getLast())).isEmpty();
    assertThat(answered.body()).contains("content_filter");
    payer.charged(answered).isFree();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void b15_a_tool_call_without_text_is_an_answer(boolean stream) {
    Payer payer = site.payer("1");
    String call =
        "'tool_calls':[{'index':0,'id':'c1','type':'function','function':{'name':'pay','arguments':'{}'}}]";
    site.answers(
        stream
            ? Script.events(
                Answers.delta("{'role':'assistant'," + call + "}"),
                Answers.finish("tool_calls"),
                Answers.usageChunk(usage(100, 10)),
                "[DONE]")
            : Script.json(
                200,
                json(
                    "{'id':'c','object':'chat.completion','created':1,'model':'m','choices':[{'index':0,"
                        + "'message':{'role':'assistant','content':null,"
                        + call
                        + "},'finish_reason':'tool_calls'}],'usage':"
                        + usage(100, 10)
                        + "}")));
    Answered answered = payer.ask(chat(stream));
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.body()).contains("pay");
    payer.charged(answered).is("0.000021", 100, 10);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void b16_the_code_of_an_error_is_its_status_where_it_is_one(boolean stream) {
    Payer payer = site.payer("1");
    for (int code : new int[] {400, 503}) {
      site.answers(Script.json(200, error(Integer.toString(code))));
      Answered answered = payer.ask(chat(stream));
      assertThat(answered.status()).as(answered.body()).isEqualTo(code);
      payer.charged(answered).isFree();
    }
  }

  @Test
  void b17_a_collected_stream_that_breaks_off_is_no_answer() {
    Payer payer = site.payer("1");
    var accounts = site.accounts(2);
    site.upstream().put(accounts.getFirst().match(), 1, Script.events(Answers.chunk("Half")));
    site.upstream().put(accounts.getLast().match(), 1, good(false));
    Answered answered = payer.ask(chat(false));
    assertThat(answered.content()).isEqualTo("A fee.");
    payer.charged(answered).is("0.000021", 100, 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "''", "false"})
  void b16_no_error_is_none_however_it_is_written(String none) {
    Payer payer = site.payer("1");
    site.answers(
        Script.json(
            200,
            Answers.chat("A fee.", usage(100, 10))
                .replaceFirst("\\{", json("{'error':" + none + ","))));
    Answered answered = payer.ask(chat(false));
    assertThat(answered.content()).isEqualTo("A fee.");
    payer.charged(answered).is("0.000021", 100, 10);
  }

  @Test
  void b03_a_page_that_is_no_answer_is_not_passed_on_with_an_error_status_either() {
    Payer payer = site.payer("1");
    site.answers(Script.answer().status(503).header("Content-Type", "text/html").body(HTML).done());
    Answered answered = payer.ask(Chat.mini());
    assertThat(answered.status()).isEqualTo(503);
    assertThat(answered.json().at("/error/message").asString("")).doesNotContain("<p>");
    payer.charged(answered).isFree();
  }

  /** An error that names itself keeps its name, as callers know it. */
  private static Optional<String> ownCode(String name) {
    return name.startsWith("b16") && !name.equals("b16 an error that is a text")
        ? Optional.of("overloaded")
        : Optional.empty();
  }

  private static Chat chat(boolean stream) {
    Chat chat = Chat.ofTokens("gpt-4o-mini", 60);
    return stream ? chat.stream() : chat;
  }

  private static Script good(boolean stream) {
    return stream
        ? Script.events(Answers.stream("A fee.", usage(100, 10)))
        : Script.json(200, Answers.chat("A fee.", usage(100, 10)));
  }

  private static io.tollgate.sandbox.script.ScriptWriter page() {
    return Script.answer()
        .status(200)
        .header("Content-Type", "text/html; charset=UTF-8")
        .body(HTML);
  }

  private static String choices(String choices) {
    return json(
        "{'id':'c','object':'chat.completion','created':1,'model':'m','choices':" + choices + "}");
  }

  private static String error(String code) {
    return json(
        "{'error':{'message':'The engine is busy','type':'server_error','code':" + code + "}}");
  }
}
