package io.tollgate.tests.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.ServerException;
import com.google.genai.types.Content;
import com.google.genai.types.ContentEmbedding;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.ListModelsConfig;
import com.google.genai.types.Model;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import com.google.genai.types.Type;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The official Google GenAI SDK for Java, with nothing but base URL and key changed, against a
 * model of each upstream protocol.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoogleJavaSdkTest {
  static final List<String> MODELS = SdkSite.MODELS;
  static final List<String> THINKING_MODELS = SdkSite.THINKING_MODELS;
  static final List<String> EMBEDDING_MODELS = SdkSite.EMBEDDING_MODELS;
  private static final String HELLO = "Say hello to the gate.";
  private static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  private SdkSite site;
  private Client client;

  @BeforeAll
  void start() {
    site = SdkSite.start();
    client = client(site.installation().demo().user(1).apiKey());
  }

  @AfterAll
  void stop() {
    client.close();
    site.installation().assertBooksAreClean();
    site.close();
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void chats(String model) {
    GenerateContentResponse answer =
        client.models.generateContent(
            model,
            HELLO,
            GenerateContentConfig.builder()
                .maxOutputTokens(60)
                .systemInstruction(Content.fromParts(Part.fromText("Be kind.")))
                .build());
    assertThat(text(parts(answer))).isNotEmpty();
    assertThat(finish(answer)).isPresent();
    var usage = answer.usageMetadata().orElseThrow();
    assertThat(usage.promptTokenCount().orElseThrow()).isPositive();
    assertThat(usage.candidatesTokenCount().orElseThrow()).isPositive();
    assertThat(usage.totalTokenCount().orElseThrow())
        .isGreaterThanOrEqualTo(
            usage.promptTokenCount().get() + usage.candidatesTokenCount().get());
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void streams(String model) {
    List<GenerateContentResponse> chunks =
        streamed(model, List.of(said(HELLO)), config().maxOutputTokens(60).build());
    assertThat(text(parts(chunks))).isNotEmpty();
    assertThat(finish(chunks.getLast())).isPresent();
    assertThat(chunks.getLast().usageMetadata().orElseThrow().totalTokenCount().orElseThrow())
        .isPositive();
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void calls_a_function_and_takes_its_result(String model) {
    takesResults(model, "tool_calls=1", false, "get_weather");
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void calls_two_functions_at_once_in_a_stream_and_takes_both_results(String model) {
    takesResults(model, "tool_calls=2", true, "get_weather", "get_time");
  }

  private void takesResults(String model, String steering, boolean stream, String... names) {
    Content asked = said("The weather in Paris, and the time?");
    GenerateContentConfig tools = config().tools(tools()).build();
    GenerateContentConfig steered = config().tools(tools()).httpOptions(steered(steering)).build();
    List<Part> parts =
        stream
            ? parts(streamed(model, List.of(asked), steered))
            : parts(client.models.generateContent(model, List.of(asked), steered));
    List<FunctionCall> calls =
        parts.stream().flatMap(part -> part.functionCall().stream()).toList();
    assertThat(calls.stream().flatMap(call -> call.name().stream()))
        .containsExactlyInAnyOrder(names);
    assertThat(calls).allSatisfy(call -> assertThat(call.args().orElseThrow()).containsKey("city"));
    Part[] results = calls.stream().map(GoogleJavaSdkTest::result).toArray(Part[]::new);
    GenerateContentResponse second =
        client.models.generateContent(
            model,
            List.of(
                asked,
                Content.builder().role("model").parts(parts).build(),
                Content.builder().role("user").parts(results).build()),
            tools);
    assertThat(text(parts(second))).isNotEmpty();
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void looks_at_a_picture(String model) {
    GenerateContentResponse answer =
        client.models.generateContent(
            model,
            Content.fromParts(Part.fromBytes(PNG, "image/png"), Part.fromText("What is on it?")),
            config().maxOutputTokens(60).build());
    assertThat(text(parts(answer))).isNotEmpty();
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void follows_a_schema(String model) {
    GenerateContentResponse answer =
        client.models.generateContent(
            model,
            HELLO,
            config().responseMimeType("application/json").responseSchema(city()).build());
    assertThat(
            io.tollgate.tests.installation.Client.JSON
                .readTree(text(parts(answer)))
                .required("city")
                .isString())
        .isTrue();
  }

  @ParameterizedTest
  @FieldSource("THINKING_MODELS")
  void thinks_in_a_stream_and_takes_its_thoughts_back(String model) {
    GenerateContentConfig thinking =
        config()
            .maxOutputTokens(3000)
            .thinkingConfig(
                ThinkingConfig.builder().thinkingBudget(1024).includeThoughts(true).build())
            .build();
    List<GenerateContentResponse> chunks = streamed(model, List.of(said(HELLO)), thinking);
    assertThat(chunks.getLast().usageMetadata().orElseThrow().thoughtsTokenCount().orElseThrow())
        .isPositive();
    List<Part> parts = parts(chunks);
    assertThat(text(parts)).isNotEmpty();
    GenerateContentResponse again =
        client.models.generateContent(
            model,
            List.of(
                said(HELLO),
                Content.builder().role("model").parts(parts).build(),
                said("And again?")),
            thinking);
    assertThat(text(parts(again))).isNotEmpty();
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void has_its_tokens_counted(String model) {
    assertThat(client.models.countTokens(model, HELLO, null).totalTokens().orElseThrow())
        .isGreaterThan(3);
  }

  @ParameterizedTest
  @FieldSource("EMBEDDING_MODELS")
  void embeds_one_text_and_several(String model) {
    for (List<String> texts : List.of(List.of("gate"), List.of("gate", "toll", "road"))) {
      List<ContentEmbedding> vectors =
          client
              .models
              .embedContent(model, texts, EmbedContentConfig.builder().build())
              .embeddings()
              .orElseThrow();
      assertThat(vectors)
          .hasSameSizeAs(texts)
          .allSatisfy(vector -> assertThat(vector.values().orElseThrow()).isNotEmpty());
    }
  }

  @Test
  void lists_models() {
    List<String> names = new ArrayList<>();
    for (Model model : client.models.list(ListModelsConfig.builder().build())) {
      names.add(model.name().orElseThrow());
    }
    assertThat(names).containsAll(MODELS.stream().map(model -> "models/" + model).toList());
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void faults_are_the_exceptions_that_they_would_be_upstream(String model) {
    try (Client nobody = client("sk-nobody")) {
      faults(nobody, model, "", 401, "UNAUTHENTICATED");
    }
    try (Client poor = client(site.installation().demo().user(2).apiKey())) {
      faults(poor, model, "", 402, "RESOURCE_EXHAUSTED");
    }
    faults(client, model, "status=429; retry_after=7", 429, "RESOURCE_EXHAUSTED");
    faults(client, "no-such-model", "", 404, "NOT_FOUND");
    assertThatThrownBy(
            () ->
                client.models.generateContent(
                    model, HELLO, config().httpOptions(steered("status=503")).build()))
        .isInstanceOf(ServerException.class);
  }

  private static void faults(
      Client asking, String model, String steering, int code, String status) {
    ClientException fault =
        catchThrowableOfType(
            ClientException.class,
            () ->
                asking.models.generateContent(
                    model, HELLO, config().httpOptions(steered(steering)).build()));
    assertThat(fault).isNotNull();
    assertThat(fault.code()).isEqualTo(code);
    assertThat(fault.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void a_stream_that_breaks_off_is_an_exception(String model) {
    assertThatThrownBy(
            () ->
                streamed(
                    model,
                    List.of(said("Break off.")),
                    config().httpOptions(steered("output_tokens=40; abort_after=3")).build()))
        .isInstanceOf(RuntimeException.class);
  }

  private Client client(String apiKey) {
    return Client.builder()
        .apiKey(apiKey)
        .httpOptions(
            HttpOptions.builder()
                .baseUrl(site.installation().demo().publicUrl().toString())
                .build())
        .build();
  }

  private List<GenerateContentResponse> streamed(
      String model, List<Content> contents, GenerateContentConfig config) {
    List<GenerateContentResponse> chunks = new ArrayList<>();
    try (ResponseStream<GenerateContentResponse> stream =
        client.models.generateContentStream(model, contents, config)) {
      stream.forEach(chunks::add);
    }
    return chunks;
  }

  private static GenerateContentConfig.Builder config() {
    return GenerateContentConfig.builder();
  }

  /** No retries, which would only ask again what is steered to fail. */
  private static HttpOptions steered(String steering) {
    HttpOptions.Builder options =
        HttpOptions.builder().retryOptions(HttpRetryOptions.builder().attempts(1).build());
    return steering.isEmpty()
        ? options.build()
        : options.headers(Map.of("X-Sandbox", steering)).build();
  }

  private static Content said(String words) {
    return Content.builder().role("user").parts(Part.fromText(words)).build();
  }

  private static Tool tools() {
    return Tool.builder()
        .functionDeclarations(List.of(function("get_weather"), function("get_time")))
        .build();
  }

  private static FunctionDeclaration function(String name) {
    return FunctionDeclaration.builder()
        .name(name)
        .description("Does " + name + ".")
        .parameters(city())
        .build();
  }

  private static Schema city() {
    return Schema.builder()
        .type(Type.Known.OBJECT)
        .properties(Map.of("city", Schema.builder().type(Type.Known.STRING).build()))
        .required("city")
        .build();
  }

  private static Part result(FunctionCall call) {
    FunctionResponse.Builder response =
        FunctionResponse.builder()
            .name(call.name().orElseThrow())
            .response(Map.of("output", "Noon, sunny."));
    call.id().ifPresent(response::id);
    return Part.builder().functionResponse(response.build()).build();
  }

  private static List<Part> parts(GenerateContentResponse answer) {
    return answer.candidates().orElse(List.of()).stream()
        .flatMap(candidate -> candidate.content().stream())
        .flatMap(content -> content.parts().orElse(List.of()).stream())
        .toList();
  }

  private static List<Part> parts(List<GenerateContentResponse> chunks) {
    return chunks.stream().flatMap(chunk -> parts(chunk).stream()).toList();
  }

  private static String text(List<Part> parts) {
    StringBuilder text = new StringBuilder();
    parts.stream()
        .filter(part -> !part.thought().orElse(false))
        .forEach(part -> part.text().ifPresent(text::append));
    return text.toString();
  }

  private static Optional<FinishReason> finish(GenerateContentResponse answer) {
    return answer.candidates().orElse(List.of()).stream()
        .flatMap(candidate -> candidate.finishReason().stream())
        .findFirst();
  }
}
