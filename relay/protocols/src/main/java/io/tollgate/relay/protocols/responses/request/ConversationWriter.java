package io.tollgate.relay.protocols.responses.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.OutputFormat;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Reasoning;
import io.tollgate.relay.protocols.conversation.Sampling;
import io.tollgate.relay.protocols.conversation.Tool;
import io.tollgate.relay.protocols.conversation.ToolChoice;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a conversation as the body of a request for a response. Used once. */
public final class ConversationWriter {
  /** The fewest tokens that OpenAI takes as a limit. */
  static final int MIN_OUTPUT_TOKENS = 16;

  /** The longest name of a user or a cache that OpenAI takes. */
  static final int MAX_NAME_LENGTH = 64;

  private final Conversation conversation;
  private final String model;
  private final ThinkingTable thinking;
  private final boolean thinks;
  private final boolean keepThoughts;
  private final List<String> dropped = new ArrayList<>();
  private final ByteSink out = new ByteSink();
  private final JsonWriter json = new JsonWriter(out);

  /**
   * @param model as the upstream names it
   * @param keepThoughts whether thoughts are asked for in the form in which they can be given back
   */
  public ConversationWriter(
      Conversation conversation, String model, ThinkingTable thinking, boolean keepThoughts) {
    this.thinking = requireNonNull(thinking, "thinking is null");
    this.conversation = requireNonNull(conversation, "conversation is null");
    this.model = requireNonNull(model, "model is null");
    this.thinks = ThinkingModels.mayThink(model);
    this.keepThoughts = keepThoughts && thinks;
    dropped.addAll(conversation.hints().others());
  }

  /** Whether the body asks for thoughts in the form in which they can be given back. */
  public boolean keepsThoughts() {
    return keepThoughts;
  }

  /** Hints that the body does not tell; to be asked when it is written. */
  public List<String> dropped() {
    return List.copyOf(dropped);
  }

  /**
   * The body.
   *
   * @throws RequestFault where the conversation asks for what a request for a response cannot tell
   */
  public byte[] body() {
    json.object().name("model").value(model);
    if (!conversation.system().isEmpty()) {
      json.name("instructions").value(system());
    }
    json.name("input").array();
    new ItemsWriter(json).write(conversation.turns());
    json.endArray();
    tools();
    conversation
        .maxOutputTokens()
        .ifPresent(
            limit -> json.name("max_output_tokens").value(Math.max(MIN_OUTPUT_TOKENS, limit)));
    sampling(conversation.sampling());
    format(conversation.format());
    reasoning();
    // nothing is kept where nobody asks for it later
    json.name("store").value(false);
    if (keepThoughts) {
      json.name("include").array().value("reasoning.encrypted_content").endArray();
    }
    named("safety_identifier", "user", conversation.hints().user());
    named("prompt_cache_key", "prompt_cache_key", conversation.hints().cacheKey());
    json.name("stream").value(conversation.stream()).endObject();
    return out.take();
  }

  private JsonString system() {
    List<JsonString> texts = new ArrayList<>();
    for (Part part : conversation.system()) {
      if (part instanceof Part.Text text) {
        texts.add(text.text());
      }
    }
    return Texts.joined(texts);
  }

  private void tools() {
    if (!conversation.tools().isEmpty()) {
      json.name("tools").array();
      conversation.tools().forEach(this::tool);
      json.endArray();
    }
    switch (conversation.toolChoice()) {
      case ToolChoice.Unsaid _ -> {}
      case ToolChoice.Auto _ -> json.name("tool_choice").value("auto");
      case ToolChoice.None _ -> json.name("tool_choice").value("none");
      case ToolChoice.Any _ -> json.name("tool_choice").value("required");
      case ToolChoice.Named(JsonString name) ->
          json.name("tool_choice")
              .object()
              .name("type")
              .value("function")
              .name("name")
              .value(name)
              .endObject();
    }
    conversation
        .parallelCalls()
        .ifPresent(parallel -> json.name("parallel_tool_calls").value(parallel));
  }

  private void tool(Tool tool) {
    json.object().name("type").value("function").name("name").value(tool.name());
    tool.description().ifPresent(text -> json.name("description").value(text));
    json.name("parameters").value(tool.parameters());
    // unsaid it would be strict here, and is not elsewhere
    json.name("strict").value(tool.strict().orElse(false)).endObject();
  }

  private void sampling(Sampling sampling) {
    if (!sampling.stop().isEmpty()) {
      throw RequestFault.of(
          "stop", "given (expected: none, as the model's provider stops at no text)");
    }
    requireNone("frequency_penalty", sampling.frequencyPenalty());
    requireNone("presence_penalty", sampling.presencePenalty());
    if (sampling.topK().isPresent()) {
      dropped.add("top_k");
    }
    if (sampling.seed().isPresent()) {
      dropped.add("seed");
    }
    sampling.temperature().ifPresent(value -> json.name("temperature").raw(value.toString()));
    sampling.topP().ifPresent(value -> json.name("top_p").raw(value.toString()));
  }

  private static void requireNone(String name, Optional<BigDecimal> penalty) {
    if (penalty.isPresent() && penalty.get().signum() != 0) {
      throw RequestFault.of(
          name, penalty.get() + " (expected: 0, as the model's provider has no penalties)");
    }
  }

  private void format(OutputFormat format) {
    switch (format) {
      case OutputFormat.Free _ -> {}
      case OutputFormat.Json _ -> {
        formatOf("json_object");
        json.endObject().endObject();
      }
      case OutputFormat.Schema schema -> {
        formatOf("json_schema");
        json.name("name").value(schema.name());
        schema.description().ifPresent(text -> json.name("description").value(text));
        json.name("schema").value(schema.schema());
        schema.strict().ifPresent(strict -> json.name("strict").value(strict));
        json.endObject().endObject();
      }
    }
  }

  private void formatOf(String type) {
    json.name("text").object().name("format").object().name("type").value(type);
  }

  private void reasoning() {
    if (!thinks) {
      switch (conversation.reasoning()) {
        case Reasoning.Unsaid _, Reasoning.Off _ -> {}
        case Reasoning.Level _, Reasoning.Budget _, Reasoning.Adaptive _ ->
            dropped.add("reasoning");
      }
      return;
    }
    switch (conversation.reasoning()) {
      case Reasoning.Unsaid _ -> {}
      case Reasoning.Off _ -> reasoning(ThinkingModels.least(model), false);
      case Reasoning.Level(Reasoning.Effort effort, boolean shown) ->
          reasoning(ThinkingTable.word(effort), shown);
      case Reasoning.Budget(long tokens, boolean shown) ->
          reasoning(ThinkingTable.word(thinking.nearest(tokens)), shown);
      case Reasoning.Adaptive(boolean shown) -> {
        if (shown) {
          json.name("reasoning").object().name("summary").value("auto").endObject();
        }
      }
    }
  }

  private void reasoning(String effort, boolean shown) {
    json.name("reasoning").object().name("effort").value(effort);
    if (shown) {
      json.name("summary").value("auto");
    }
    json.endObject();
  }

  private void named(String name, String hint, Optional<JsonString> value) {
    if (value.isEmpty() || value.get().isEmpty()) {
      return;
    }
    if (value.get().length() > MAX_NAME_LENGTH) {
      dropped.add(hint);
    } else {
      json.name(name).value(value.get());
    }
  }
}
