package io.tollgate.tests.upstream;

import static io.tollgate.tests.upstream.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import io.tollgate.sandbox.script.ScriptWriter;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who our accounts are reaches no caller, wherever an error stands. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class ErrorsCleanedTest {
  private static final List<String> TRACES =
      List.of(
          "org-Q3xk41vPqA7dLmZ2",
          "sk-proj-abc",
          "user-9b1d77",
          "xai-4fJ2kQ9LmZ7tR1vB8nC3",
          "0f9a3c5e7b1d2f4a6c8e0b2d4f6a8c0e",
          "10.20.30.40",
          "internal-gw-7.upstream.example");

  private final Site site;

  ErrorsCleanedTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest(name = "{0}, stream: {1}")
  @CsvSource({
    "status, false",
    "status, true",
    "body, false",
    "body, true",
    "packed body, false",
    "first event, true",
    "late event, true"
  })
  void b11_s07_an_error_says_nothing_of_the_account(String where, boolean stream) {
    Payer payer = site.payer("1");
    var account = site.account();
    String error =
        json(
            "{'error':{'message':'Rate limit for @ of # in organization org-Q3xk41vPqA7dLmZ2 with key"
                + " sk-proj-abc**********wxyz and xai-4fJ2kQ9LmZ7tR1vB8nC3 or"
                + " 0f9a3c5e7b1d2f4a6c8e0b2d4f6a8c0e at 10.20.30.40:8443,"
                + " internal-gw-7.upstream.example/v1','type':'server_error','code':'slow_down'},"
                + "'user_id':'user-9b1d77','key':'@'}");
    String name = account.name();
    String told = error.replace("@", account.key()).replace("#", name);
    site.upstream()
        .put(
            account.match(),
            1,
            switch (where) {
              case "status" -> withAccountHeaders(400).json(told).done();
              case "body" -> withAccountHeaders(200).json(told).done();
              case "packed body" -> withAccountHeaders(200).gzip().json(told).done();
              case "first event" -> Script.events(told, "[DONE]");
              default -> Script.events(Answers.chunk("Half"), told);
            });
    Chat chat = Chat.mini();
    Answered answered = payer.ask(stream ? chat.stream() : chat);
    saysNothingOf(account, answered);
    var unused = payer.charged(answered);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'detail':'@'}",
        "{'message':'@','code':'x'}",
        "{'code':500,'msg':'@'}",
        "{'error':'@'}",
        "{'object':'error','message':'@'}",
        "{'type':'error','error':{'type':'api_error','message':'@'},'request_id':'org-Q3xk41vPqA7dLmZ2'}",
        "{'error':{'message':'no','metadata':{'raw':'@'}}}",
        "{'error':{'message':'no','type':'@','param':'@','code':'@'}}",
        "{'errors':[{'message':'@'}]}",
        "{'id':'c','choices':[{'index':0,'message':{'role':'assistant','content':''},'error':{'message':'@'}}]}",
        "{'id':'c','choices':[{'index':0,'message':{'role':'assistant','content':'Hi'}}],'error':{'message':'@'}}",
        "<html><body>@</body></html>",
        "@"
      })
  void b11_s07_nor_does_any_other_document_that_is_no_answer(String document) {
    Payer payer = site.payer("10");
    var account = site.account();
    String words =
        account.key() + " of " + account.name() + " at 127.0.0.1 " + String.join(" ", TRACES);
    String told = json(document).replace("@", words);
    List<Script> scripts =
        List.of(
            withAccountHeaders(200).json(told).done(),
            withAccountHeaders(400).json(told).done(),
            Script.events(told, "[DONE]"),
            Script.events(Answers.chunk("Half"), told));
    for (int form = 0; form < scripts.size(); form++) {
      site.upstream().put(account.match(), 1, scripts.get(form));
      saysNothingOf(account, payer.ask(form < 2 ? Chat.mini() : Chat.mini().stream()));
      account = site.account();
    }
  }

  private static void saysNothingOf(ScriptedAccounts.Account account, Answered answered) {
    String body = answered.body();
    assertThat(body)
        .contains("error")
        .doesNotContain(account.key(), account.key().substring(0, 12), account.name());
    assertThat(TRACES).noneMatch(body::contains);
    assertThat(answered.headers().map().toString())
        .doesNotContain("org-Q3xk41vPqA7dLmZ2", account.name());
  }

  private static ScriptWriter withAccountHeaders(int status) {
    return Script.answer()
        .status(status)
        .header("OpenAI-Organization", "org-Q3xk41vPqA7dLmZ2")
        .header("X-Account", "org-Q3xk41vPqA7dLmZ2");
  }
}
