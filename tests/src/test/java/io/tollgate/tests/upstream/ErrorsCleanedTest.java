package io.tollgate.tests.upstream;

import static io.tollgate.tests.upstream.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    "first event, true",
    "late event, true"
  })
  void b11_s07_an_error_says_nothing_of_the_account(String where, boolean stream) {
    Payer payer = site.payer("1");
    var account = site.account();
    String error =
        json(
            "{'error':{'message':'Rate limit for @ in organization org-Q3xk41vPqA7dLmZ2 with key"
                + " sk-proj-abc**********wxyz and xai-4fJ2kQ9LmZ7tR1vB8nC3 or"
                + " 0f9a3c5e7b1d2f4a6c8e0b2d4f6a8c0e at 10.20.30.40:8443,"
                + " internal-gw-7.upstream.example/v1','type':'server_error','code':'slow_down'},"
                + "'user_id':'user-9b1d77','key':'@'}");
    String told = error.replace("@", account.key());
    site.upstream()
        .put(
            account.match(),
            1,
            switch (where) {
              case "status" -> Script.json(400, told);
              case "body" -> Script.json(200, told);
              case "first event" -> Script.events(told, "[DONE]");
              default -> Script.events(Answers.chunk("Half"), told);
            });
    Chat chat = Chat.mini();
    Answered answered = payer.ask(stream ? chat.stream() : chat);
    assertThat(answered.body()).contains("error").doesNotContain(account.key());
    assertThat(TRACES).noneMatch(answered.body()::contains);
    assertThat(answered.headers().map().toString()).doesNotContain("org-Q3xk41vPqA7dLmZ2");
    var unused = payer.charged(answered);
  }
}
