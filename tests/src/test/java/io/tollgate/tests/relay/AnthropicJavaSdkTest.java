package io.tollgate.tests.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.ErrorType;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.TextBlock;
import com.anthropic.models.messages.ThinkingBlock;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.anthropic.models.models.ModelInfo;
import com.anthropic.models.models.ModelListParams;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The official Anthropic SDK for Java, with nothing but base URL and key changed, against a model
 * of each upstream protocol.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnthropicJavaSdkTest {
  static final List<String> MODELS = SdkSite.MODELS;
  static final List<String> THINKING_MODELS = SdkSite.THINKING_MODELS;
  private static final String HELLO = "Say hello to the gate.";
  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  private SdkSite site;
  private AnthropicClient client;

  /** What a model is asked to answer in. */
  record Toll(String gate, double price) {}

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
    Message answer = client.messages().create(asks(model).system("Be kind.").build());
    assertThat(text(answer)).isNotEmpty();
    assertThat(answer.stopReason()).isPresent();
    assertThat(answer.usage().inputTokens()).isPositive();
    assertThat(answer.usage().outputTokens()).isPositive();
    assertThat(answer.validate()).isNotNull();
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void streams(String model) {
    Message answer = streamed(asks(model).build());
    assertThat(text(answer)).isNotEmpty();
    assertThat(answer.stopReason()).isPresent();
    assertThat(answer.usage().inputTokens()).isPositive();
    assertThat(answer.usage().outputTokens()).isPositive();
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void calls_a_tool_and_takes_its_result(String model) {
    MessageCreateParams.Builder asks =
        asks(model).addTool(tool("get_weather")).toolToolChoice("get_weather");
    Message first = client.messages().create(asks.build());
    assertThat(first.stopReason()).contains(StopReason.TOOL_USE);
    ToolUseBlock call = calls(first).getFirst();
    assertThat(call.name()).isEqualTo("get_weather");
    assertThat(call._input().toString()).contains("city");
    Message second =
        client
            .messages()
            .create(
                asks(model)
                    .addTool(tool("get_weather"))
                    .addMessage(first)
                    .addUserMessageOfContentBlockParams(List.of(result(call)))
                    .build());
    assertThat(text(second)).isNotEmpty();
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void calls_two_tools_at_once_in_a_stream_and_takes_both_results(String model) {
    MessageCreateParams.Builder asks =
        asks(model).addTool(tool("get_weather")).addTool(tool("get_time"));
    Message first = streamed(asks.putAdditionalHeader("X-Sandbox", "tool_calls=2").build());
    List<ToolUseBlock> calls = calls(first);
    assertThat(calls.stream().map(ToolUseBlock::name))
        .containsExactlyInAnyOrder("get_weather", "get_time");
    assertThat(calls.stream().map(ToolUseBlock::id)).doesNotHaveDuplicates();
    Message second =
        client
            .messages()
            .create(
                asks(model)
                    .addTool(tool("get_weather"))
                    .addTool(tool("get_time"))
                    .addMessage(first)
                    .addUserMessageOfContentBlockParams(
                        calls.stream().map(AnthropicJavaSdkTest::result).toList())
                    .build());
    assertThat(text(second)).isNotEmpty();
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void looks_at_a_picture(String model) {
    Message answer =
        client
            .messages()
            .create(
                MessageCreateParams.builder()
                    .model(model)
                    .maxTokens(60)
                    .addUserMessageOfContentBlockParams(
                        List.of(
                            ContentBlockParam.ofImage(
                                Base64ImageSource.builder()
                                    .data(PNG)
                                    .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
                                    .build()),
                            ContentBlockParam.ofText("What is on it?")))
                    .build());
    assertThat(text(answer)).isNotEmpty();
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void follows_a_schema(String model) {
    var answer =
        client
            .messages()
            .create(
                MessageCreateParams.builder()
                    .model(model)
                    .maxTokens(300)
                    .addUserMessage(HELLO)
                    .outputConfig(Toll.class)
                    .build());
    assertThat(answer.content().stream().flatMap(block -> block.text().stream()).toList())
        .singleElement()
        .satisfies(block -> assertThat(block.text().gate()).isNotNull());
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void has_its_tokens_counted(String model) {
    long counted =
        client
            .messages()
            .countTokens(
                MessageCountTokensParams.builder()
                    .model(model)
                    .system("Be kind.")
                    .addUserMessage(HELLO)
                    .addTool(tool("get_weather"))
                    .build())
            .inputTokens();
    assertThat(counted).isGreaterThan(20);
  }

  @ParameterizedTest
  @FieldSource("THINKING_MODELS")
  void thinks_in_a_stream_and_takes_its_thoughts_back(String model) {
    Message first = streamed(thinks(model).build());
    assertThat(text(first)).isNotEmpty();
    List<ThinkingBlock> thoughts =
        first.content().stream().flatMap(block -> block.thinking().stream()).toList();
    // OpenAI's chat completions keep their thoughts to themselves
    if (!model.equals(THINKING_MODELS.getFirst())) {
      assertThat(thoughts).first().satisfies(t -> assertThat(t.thinking()).isNotEmpty());
    }
    Message again =
        client
            .messages()
            .create(thinks(model).addMessage(first).addUserMessage("And again?").build());
    assertThat(text(again)).isNotEmpty();
  }

  @Test
  void lists_models() {
    List<String> ids =
        client.models().list(ModelListParams.builder().limit(1000).build()).data().stream()
            .map(ModelInfo::id)
            .toList();
    assertThat(ids).containsAll(MODELS);
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void faults_are_the_exceptions_that_they_would_be_upstream(String model) {
    AnthropicClient nobody = client("sk-nobody");
    assertThatThrownBy(() -> nobody.messages().create(asks(model).build()))
        .isInstanceOf(UnauthorizedException.class);
    nobody.close();
    AnthropicClient poor = client(site.installation().demo().user(2).apiKey());
    AnthropicServiceException fault =
        catchThrowableOfType(
            AnthropicServiceException.class, () -> poor.messages().create(asks(model).build()));
    poor.close();
    assertThat(fault.statusCode()).isEqualTo(402);
    assertThat(fault.errorType()).contains(ErrorType.BILLING_ERROR);
    assertThat(fault.requestId()).isPresent();
    assertThatThrownBy(
            () ->
                client
                    .messages()
                    .create(
                        MessageCreateParams.builder()
                            .model(model)
                            .maxTokens(9)
                            .messages(List.of())
                            .build()))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("messages");
    assertThatThrownBy(
            () ->
                client
                    .messages()
                    .create(
                        asks(model)
                            .putAdditionalHeader("X-Sandbox", "status=429; retry_after=7")
                            .build()))
        .isInstanceOf(RateLimitException.class);
  }

  @Test
  void an_unknown_model_is_a_not_found_exception() {
    assertThatThrownBy(() -> client.messages().create(asks("no-such-model").build()))
        .isInstanceOf(NotFoundException.class);
  }

  @ParameterizedTest
  @FieldSource("MODELS")
  void a_stream_that_breaks_off_is_an_exception(String model) {
    assertThatThrownBy(
            () ->
                streamed(
                    asks(model)
                        .putAdditionalHeader("X-Sandbox", "output_tokens=40; abort_after=3")
                        .build()))
        .isInstanceOf(AnthropicException.class);
  }

  private AnthropicClient client(String apiKey) {
    return AnthropicOkHttpClient.builder()
        .baseUrl(site.installation().demo().publicUrl().toString())
        .apiKey(apiKey)
        .maxRetries(0)
        .build();
  }

  private Message streamed(MessageCreateParams asks) {
    MessageAccumulator accumulator = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(asks)) {
      stream.stream().forEach(event -> accumulator.accumulate(event.validate()));
      return accumulator.message();
    }
  }

  private static MessageCreateParams.Builder asks(String model) {
    return MessageCreateParams.builder().model(model).maxTokens(60).addUserMessage(HELLO);
  }

  private static MessageCreateParams.Builder thinks(String model) {
    return MessageCreateParams.builder()
        .model(model)
        .maxTokens(3000)
        .enabledThinking(1024)
        .addUserMessage(HELLO);
  }

  private static Tool tool(String name) {
    return Tool.builder()
        .name(name)
        .description("Does " + name + ".")
        .inputSchema(
            Tool.InputSchema.builder()
                .properties(
                    Tool.InputSchema.Properties.builder()
                        .putAdditionalProperty("city", JsonValue.from(Map.of("type", "string")))
                        .build())
                .addRequired("city")
                .build())
        .build();
  }

  private static ContentBlockParam result(ToolUseBlock call) {
    return ContentBlockParam.ofToolResult(
        ToolResultBlockParam.builder().toolUseId(call.id()).content("Noon, sunny.").build());
  }

  private static List<ToolUseBlock> calls(Message answer) {
    return answer.content().stream().flatMap(block -> block.toolUse().stream()).toList();
  }

  private static String text(Message answer) {
    return answer.content().stream()
        .map(ContentBlock::text)
        .flatMap(java.util.Optional::stream)
        .map(TextBlock::text)
        .collect(Collectors.joining());
  }
}
