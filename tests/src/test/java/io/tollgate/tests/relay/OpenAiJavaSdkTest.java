package io.tollgate.tests.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.models.Model;
import io.tollgate.tests.installation.Installation;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The official OpenAI SDK for Java, with nothing but base URL and key changed. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiJavaSdkTest {
  private Installation installation;

  @BeforeAll
  void start() {
    installation = Installation.start();
  }

  @AfterAll
  void stop() {
    installation.close();
  }

  @Test
  void chats() {
    ChatCompletion answer = client(1).chat().completions().create(request("gpt-4o-mini"));
    assertThat(answer.choices().getFirst().message().content()).isPresent();
    assertThat(answer.usage()).hasValueSatisfying(u -> assertThat(u.totalTokens()).isPositive());
  }

  @Test
  void streams() {
    StringBuilder text = new StringBuilder();
    try (StreamResponse<ChatCompletionChunk> stream =
        client(1).chat().completions().createStreaming(request("gpt-4o-mini"))) {
      stream.stream()
          .flatMap(chunk -> chunk.choices().stream())
          .forEach(choice -> choice.delta().content().ifPresent(text::append));
    }
    assertThat(text).isNotEmpty();
  }

  @Test
  void lists_models() {
    List<String> ids = client(1).models().list().data().stream().map(Model::id).toList();
    assertThat(ids).hasSizeGreaterThanOrEqualTo(40).contains("gpt-4o-mini", "gemini-2.5-flash");
  }

  @Test
  void a_bad_key_is_an_unauthorized_exception() {
    assertThatThrownBy(
            () -> client("sk-nobody").chat().completions().create(request("gpt-4o-mini")))
        .isInstanceOf(UnauthorizedException.class);
  }

  @Test
  void an_unknown_model_is_a_not_found_exception() {
    assertThatThrownBy(() -> client(1).chat().completions().create(request("no-such-model")))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void an_empty_balance_is_a_service_exception_with_402() {
    OpenAIServiceException fault =
        catchThrowableOfType(
            OpenAIServiceException.class,
            () -> client(2).chat().completions().create(request("gpt-4o-mini")));
    assertThat(fault.statusCode()).isEqualTo(402);
    assertThat(fault.code()).hasValue("insufficient_quota");
  }

  @Test
  void too_many_requests_of_a_key_are_a_rate_limit_exception() {
    OpenAIClient limited =
        OpenAIOkHttpClient.builder()
            .baseUrl(installation.demo().publicUrl() + "/v1")
            .apiKey(installation.demo().user(3).apiKey())
            .maxRetries(0)
            .build();
    for (int request = 0; request < 3; request++) {
      ChatCompletion unused = limited.chat().completions().create(request("gpt-4o-mini"));
    }
    assertThatThrownBy(() -> limited.chat().completions().create(request("gpt-4o-mini")))
        .isInstanceOf(RateLimitException.class);
  }

  private OpenAIClient client(int user) {
    return client(installation.demo().user(user).apiKey());
  }

  private OpenAIClient client(String apiKey) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(installation.demo().publicUrl() + "/v1")
        .apiKey(apiKey)
        .build();
  }

  private static ChatCompletionCreateParams request(String model) {
    return ChatCompletionCreateParams.builder()
        .model(model)
        .maxCompletionTokens(30)
        .addUserMessage("Say hello to the gate.")
        .build();
  }
}
