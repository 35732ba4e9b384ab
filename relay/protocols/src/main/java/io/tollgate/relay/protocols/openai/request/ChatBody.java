package io.tollgate.relay.protocols.openai.request;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.OutputFormat;
import io.tollgate.relay.protocols.conversation.Reasoning;
import io.tollgate.relay.protocols.conversation.Sampling;
import io.tollgate.relay.protocols.conversation.Tool;
import io.tollgate.relay.protocols.conversation.ToolChoice;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/** Writes a conversation's request as a chat completion. Used once. */
public final class ChatBody {
  private static final int MAX_STOPS = 4;
  private static final int MAX_TOOLS = 128;

  private final Conversation conversation;
  private final String model;
  private final ThinkingTable thinking;
  private final ByteSink out = new ByteSink();
  private final JsonWriter json = new JsonWriter(out);
  private final List<String> dropped = new ArrayList<>();

  /**
   * @param thinking what words for effort stand for
   */
  public ChatBody(Conversation conversation, String model, ThinkingTable thinking) {
    this.conversation = conversation;
    this.model = model;
    this.thinking = thinking;
  }

  /**
   * The body.
   *
   * @throws RequestFault where the upstream cannot be told what the conversation asks for
   */
  public byte[] written() {
    json.object().name("model").value(model);
    json.name("messages").array();
    ChatMessages messages = new ChatMessages(json);
    messages.system(conversation.system());
    conversation.turns().forEach(messages::turn);
    json.endArray();
    if (conversation.stream()) {
      json.name("stream").value(true);
      json.name("stream_options").object().name("include_usage").value(true).endObject();
    }
    conversation
        .maxOutputTokens()
        .ifPresent(
            limit -> json.name(thinks() ? "max_completion_tokens" : "max_tokens").value(limit));
    tools();
    sampling(conversation.sampling());
    format();
    reasoning();
    conversation.hints().user().ifPresent(user -> json.name("user").value(user));
    conversation.hints().cacheKey().ifPresent(key -> json.name("prompt_cache_key").value(key));
    dropped.addAll(conversation.hints().others());
    json.endObject();
    return out.take();
  }

  /** Hints that the body does not tell. */
  public List<String> dropped() {
    return dropped;
  }

  private void tools() {
    List<Tool> tools = conversation.tools();
    if (tools.size() > MAX_TOOLS) {
      throw RequestFault.of(
          "tools",
          tools.size() + " (expected: at most " + MAX_TOOLS + " by this model's provider)");
    }
    if (tools.isEmpty()) {
      return;
    }
    json.name("tools").array();
    for (Tool tool : tools) {
      json.object().name("type").value("function").name("function").object();
      json.name("name").value(tool.name());
      tool.description().ifPresent(text -> json.name("description").value(text));
      json.name("parameters").value(tool.parameters());
      tool.strict().ifPresent(strict -> json.name("strict").value(strict));
      json.endObject().endObject();
    }
    json.endArray();
    switch (conversation.toolChoice()) {
      case ToolChoice.Unsaid _ -> {}
      case ToolChoice.Auto _ -> json.name("tool_choice").value("auto");
      case ToolChoice.None _ -> json.name("tool_choice").value("none");
      case ToolChoice.Any _ -> json.name("tool_choice").value("required");
      case ToolChoice.Named(JsonString name) -> {
        json.name("tool_choice").object().name("type").value("function");
        json.name("function").object().name("name").value(name).endObject().endObject();
      }
    }
    conversation
        .parallelCalls()
        .ifPresent(parallel -> json.name("parallel_tool_calls").value(parallel));
  }

  private void sampling(Sampling sampling) {
    sampling.temperature().ifPresent(it -> json.name("temperature").raw(it.toPlainString()));
    sampling.topP().ifPresent(it -> json.name("top_p").raw(it.toPlainString()));
    sampling
        .frequencyPenalty()
        .ifPresent(it -> json.name("frequency_penalty").raw(it.toPlainString()));
    sampling
        .presencePenalty()
        .ifPresent(it -> json.name("presence_penalty").raw(it.toPlainString()));
    sampling.seed().ifPresent(seed -> json.name("seed").value(seed));
    if (sampling.topK().isPresent()) {
      dropped.add("top_k");
    }
    List<JsonString> stop = sampling.stop();
    if (stop.size() > MAX_STOPS) {
      throw RequestFault.of(
          "stop",
          stop.size() + " texts (expected: at most " + MAX_STOPS + " by this model's provider)");
    }
    if (!stop.isEmpty()) {
      json.name("stop").array();
      stop.forEach(json::value);
      json.endArray();
    }
  }

  private void format() {
    switch (conversation.format()) {
      case OutputFormat.Free _ -> {}
      case OutputFormat.Json _ ->
          json.name("response_format").object().name("type").value("json_object").endObject();
      case OutputFormat.Schema schema -> {
        json.name("response_format").object().name("type").value("json_schema");
        json.name("json_schema").object().name("name").value(schema.name());
        schema.description().ifPresent(text -> json.name("description").value(text));
        json.name("schema").value(schema.schema());
        schema.strict().ifPresent(strict -> json.name("strict").value(strict));
        json.endObject().endObject();
      }
    }
  }

  private void reasoning() {
    switch (conversation.reasoning()) {
      case Reasoning.Unsaid _, Reasoning.Adaptive _ -> {}
      // models that do not think refuse any word about it
      case Reasoning.Off _ -> {
        if (thinks()) {
          json.name("reasoning_effort").value("minimal");
        }
      }
      case Reasoning.Level level ->
          json.name("reasoning_effort").value(ThinkingTable.word(level.effort()));
      case Reasoning.Budget budget ->
          json.name("reasoning_effort")
              .value(ThinkingTable.word(thinking.nearest(budget.tokens())));
    }
  }

  /** Whether it is one of OpenAI's models that think, which have words of their own. */
  private boolean thinks() {
    return model.startsWith("o1")
        || model.startsWith("o3")
        || model.startsWith("o4")
        || model.startsWith("gpt-5");
  }
}
