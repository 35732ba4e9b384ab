package io.tollgate.tests.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.upstream.Answered;
import io.tollgate.tests.upstream.Chat;
import io.tollgate.tests.upstream.Payer;
import io.tollgate.tests.upstream.SharedSite;
import io.tollgate.tests.upstream.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * A chat client of today knows nothing of thoughts and their signatures: it sends back its calls
 * and their results. Models of other protocols, which want their thoughts back, go on thinking all
 * the same, and nothing fails where they are lost.
 */
@Tag("slow")
@ExtendWith(SharedSite.class)
class RememberedThoughtsTest {
  private static final AtomicInteger CONVERSATIONS = new AtomicInteger();
  private static final String DROPPED = "x-tollgate-dropped";
  private static final String CALLS = "tool_calls=2; output_tokens=60; reasoning_tokens=20";

  private final Site site;

  RememberedThoughtsTest(Site site) {
    this.site = site;
  }

  @BeforeEach
  void sandbox() {
    site.sandboxAccount();
  }

  @ParameterizedTest(name = "{0}, streamed: {1}")
  @CsvSource({
    "claude-sonnet-4-5, false",
    "claude-sonnet-4-5, true",
    "gemini-3-flash-preview, false",
    "gemini-3-flash-preview, true",
    "gemini-2.5-flash, true",
  })
  void a_chat_goes_on_thinking_after_its_calls(String model, boolean stream) {
    double before = found();
    Payer payer = site.payer("1");
    Conversation conversation = new Conversation(model);
    List<String> calls = conversation.callsOf(ask(payer, conversation, stream, CALLS), stream);
    assertThat(calls).hasSize(2).doesNotHaveDuplicates();

    conversation.answered(calls);
    Answered next = ask(payer, conversation, stream, "output_tokens=30; reasoning_tokens=7");
    assertThat(next.status()).as(next.body()).isEqualTo(200);
    assertThat(next.header(DROPPED)).doesNotContain("reasoning");
    assertThat(payer.charged(next).row().required("reasoning_tokens").asLong()).isEqualTo(7);
    assertThat(found()).as("thoughts that were put back").isGreaterThan(before);
  }

  @ParameterizedTest
  @CsvSource({"claude-sonnet-4-5, reasoning", "gemini-3-flash-preview, ''"})
  void calls_whose_thoughts_are_lost_fail_nothing(String model, String dropped) {
    Payer payer = site.payer("1");
    Conversation conversation = new Conversation(model);
    conversation.answered(List.of("call_that_nobody_remembers"));
    Answered lost = ask(payer, conversation, false, "");
    assertThat(lost.status()).as(lost.body()).isEqualTo(200);
    assertThat(lost.header(DROPPED)).contains(dropped);
  }

  @ParameterizedTest
  @CsvSource({"claude-sonnet-4-5"})
  void thoughts_of_one_tenant_are_not_put_back_for_another(String model) {
    Conversation conversation = new Conversation(model);
    Payer payer = site.payer("1");
    conversation.answered(conversation.callsOf(ask(payer, conversation, false, CALLS), false));
    Answered stranger = ask(site.strangerWithQuota(1_000_000), conversation, false, "");
    assertThat(stranger.status()).as(stranger.body()).isEqualTo(200);
    assertThat(stranger.header(DROPPED)).contains("reasoning");
    Answered own = ask(payer, conversation, false, "");
    assertThat(own.header(DROPPED)).doesNotContain("reasoning");
  }

  private double found() {
    return site.metric("tollgate_relay_thoughts_found_total");
  }

  private static Answered ask(
      Payer payer, Conversation conversation, boolean stream, String steering) {
    String json = conversation.json(stream);
    return steering.isEmpty()
        ? payer.post("/v1/chat/completions", json)
        : payer.post("/v1/chat/completions", json, "X-Sandbox", steering);
  }

  /** What was said so far; its first words are its own, as conversations keep their accounts. */
  private static final class Conversation {
    private final String model;
    private final List<Object> messages = new ArrayList<>();

    Conversation(String model) {
      this.model = model;
      messages.add(
          Map.of(
              "role",
              "user",
              "content",
              "How is the weather at gate " + CONVERSATIONS.incrementAndGet() + "?"));
    }

    String json(boolean stream) {
      return Chat.jsonOf(
          Map.of(
              "model",
              model,
              "max_tokens",
              8_000,
              "reasoning_effort",
              "low",
              "stream",
              stream,
              "tools",
              List.of(tool("weather"), tool("time")),
              "messages",
              messages));
    }

    /** The ids of the calls of an answer, in which nothing else is looked at. */
    List<String> callsOf(Answered answer, boolean stream) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      List<String> documents = stream ? answer.events() : List.of(answer.body());
      return documents.stream()
          .filter(text -> text.startsWith("{"))
          .map(Client.JSON::readTree)
          .flatMap(document -> document.path("choices").valueStream())
          .flatMap(
              choice -> choice.path(stream ? "delta" : "message").path("tool_calls").valueStream())
          .map(call -> call.path("id"))
          .filter(JsonNode::isString)
          .map(JsonNode::asString)
          .filter(id -> !id.isEmpty())
          .toList();
    }

    void answered(List<String> calls) {
      messages.add(
          Map.of(
              "role",
              "assistant",
              "tool_calls",
              calls.stream()
                  .map(
                      id ->
                          Map.of(
                              "id",
                              id,
                              "type",
                              "function",
                              "function",
                              Map.of("name", "weather", "arguments", "{}")))
                  .toList()));
      calls.forEach(
          id -> messages.add(Map.of("role", "tool", "tool_call_id", id, "content", "Rain.")));
    }

    private static Map<String, Object> tool(String name) {
      return Map.of(
          "type",
          "function",
          "function",
          Map.of("name", name, "parameters", Map.of("type", "object", "properties", Map.of())));
    }
  }
}
