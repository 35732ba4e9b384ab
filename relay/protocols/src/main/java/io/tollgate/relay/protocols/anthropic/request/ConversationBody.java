package io.tollgate.relay.protocols.anthropic.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.Hints;
import io.tollgate.relay.protocols.conversation.OutputFormat;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Sampling;
import io.tollgate.relay.protocols.conversation.Turn;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A conversation as Anthropic reads it: the body of a messages request, and the hints that it
 * cannot be told.
 */
public final class ConversationBody {
  // with a budget to think, less of the probable words is refused
  private static final BigDecimal MIN_TOP_P_THINKING = new BigDecimal("0.95");

  private final Conversation asked;
  private final ClaudeModel model;
  private final long maxTokens;
  private final List<Turn> turns;
  private final ThinkingPlan thinking;
  private final List<String> dropped;
  private final ByteSink out = new ByteSink();
  private final JsonWriter json = new JsonWriter(out);
  private final byte[] bytes;

  private ConversationBody(Conversation asked, String upstreamModel, ThinkingTable budgets) {
    this.asked = requireNonNull(asked, "asked is null");
    this.model = ClaudeModel.of(upstreamModel);
    this.maxTokens = asked.maxOutputTokens().orElse(model.maxTokensUnsaid());
    this.turns = JoinedTurns.of(asked.turns());
    this.thinking = ThinkingPlan.of(asked, model, budgets, maxTokens, JoinedTurns.signed(turns));
    this.dropped = new ArrayList<>(asked.hints().others());
    write(upstreamModel);
    this.bytes = out.take();
  }

  /**
   * @throws RequestFault where the conversation asks for what Anthropic cannot be told
   */
  public static ConversationBody of(
      Conversation asked, String upstreamModel, ThinkingTable budgets) {
    return new ConversationBody(asked, upstreamModel, budgets);
  }

  public byte[] bytes() {
    return bytes;
  }

  /** Names of the hints that are left out. */
  public List<String> dropped() {
    return List.copyOf(dropped);
  }

  private void write(String upstreamModel) {
    json.object().name("model").value(upstreamModel);
    json.name("max_tokens").value(maxTokens);
    if (asked.stream()) {
      json.name("stream").value(true);
    }
    writeSaid();
    new ToolsBody(asked, model).write(json);
    writeSampling(asked.sampling());
    thinking.write(json);
    if (thinking.dropped()) {
      dropped.add("reasoning");
    }
    writeOutput();
    writeHints(asked.hints());
    json.endObject();
  }

  private void writeSaid() {
    PartsBody parts = new PartsBody(json);
    List<Part> system =
        asked.system().stream()
            .filter(part -> !(part instanceof Part.Text text && text.text().isEmpty()))
            .toList();
    List<Turn> said = turns;
    if (said.isEmpty() && !system.isEmpty()) {
      // nothing but instructions: they are what the user says
      said = List.of(new Turn(Turn.Role.USER, system));
    } else if (!system.isEmpty()) {
      json.name("system");
      parts.write(system);
    }
    if (said.isEmpty()) {
      throw RequestFault.of("messages", "nothing said in them (expected: a text)");
    }
    json.name("messages").array();
    for (Turn turn : said) {
      json.object().name("role").value(turn.role().name().toLowerCase(Locale.ROOT));
      json.name("content");
      parts.write(turn.parts());
      json.endObject();
    }
    json.endArray();
  }

  private void writeSampling(Sampling sampling) {
    boolean taken = model.takesSampling();
    Optional<BigDecimal> temperature = sampling.temperature();
    boolean thinks = thinking.byBudget();
    boolean warm = taken && !thinks;
    write("temperature", temperature.map(given -> given.min(BigDecimal.ONE)), warm);
    boolean top =
        taken
            && !(model.takesOneOfSampling() && warm && temperature.isPresent())
            && !(thinks
                && sampling.topP().filter(p -> p.compareTo(MIN_TOP_P_THINKING) < 0).isPresent());
    write("top_p", sampling.topP(), top);
    if (sampling.topK().isPresent()) {
      write("top_k", Optional.of(BigDecimal.valueOf(sampling.topK().getAsLong())), warm);
    }
    if (!sampling.stop().isEmpty()) {
      json.name("stop_sequences").array();
      sampling.stop().forEach(json::value);
      json.endArray();
    }
    if (sampling.seed().isPresent()) {
      dropped.add("seed");
    }
    write("frequency_penalty", sampling.frequencyPenalty(), false);
    write("presence_penalty", sampling.presencePenalty(), false);
  }

  private void write(String name, Optional<BigDecimal> number, boolean taken) {
    if (number.isEmpty()) {
      return;
    }
    if (taken) {
      json.name(name).raw(number.get().toString());
    } else if (number.get().signum() != 0 || !name.endsWith("_penalty")) {
      dropped.add(name);
    }
  }

  private void writeOutput() {
    Optional<JsonTree.Members> schema =
        switch (asked.format()) {
          case OutputFormat.Free() -> Optional.empty();
          case OutputFormat.Json() ->
              throw RequestFault.of(
                  "response_format",
                  "any JSON object (expected: a JSON schema, as the model keeps to no other form)");
          case OutputFormat.Schema given -> Optional.of(given.schema());
        };
    if (schema.isEmpty() && thinking.effort().isEmpty()) {
      return;
    }
    json.name("output_config").object();
    thinking.effort().ifPresent(effort -> json.name("effort").value(effort));
    schema.ifPresent(
        given ->
            json.name("format")
                .object()
                .name("type")
                .value("json_schema")
                .name("schema")
                .value(ClosedSchema.of(given))
                .endObject());
    json.endObject();
  }

  private void writeHints(Hints hints) {
    hints
        .user()
        .filter(user -> !user.isEmpty())
        .ifPresent(user -> json.name("metadata").object().name("user_id").value(user).endObject());
    if (hints.cacheKey().isPresent()) {
      dropped.add("prompt_cache_key");
    }
  }
}
