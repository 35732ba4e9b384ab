package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.conversation.Reasoning;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.util.List;

/** Writes how much is to be thought, in the way that the model is told. */
final class ThinkingWriter {
  private static final String DROPPED = "reasoning";

  private final ModelTraits traits;
  private final ThinkingTable table;
  private final JsonWriter json;

  private ThinkingWriter(ModelTraits traits, ThinkingTable table, JsonWriter json) {
    this.traits = traits;
    this.table = table;
    this.json = json;
  }

  static void write(
      Reasoning reasoning,
      String model,
      ThinkingTable table,
      JsonWriter json,
      List<String> dropped) {
    ModelTraits traits = ModelTraits.of(model);
    boolean asked = !(reasoning instanceof Reasoning.Unsaid || reasoning instanceof Reasoning.Off);
    if (traits.thinking() == ModelTraits.Thinking.NONE) {
      if (asked) {
        dropped.add(DROPPED);
      }
      return;
    }
    new ThinkingWriter(traits, table, json).write(reasoning);
  }

  private void write(Reasoning reasoning) {
    switch (reasoning) {
      case Reasoning.Unsaid _ -> {}
      case Reasoning.Off _ -> write(traits.least(), traits.minBudget(), false);
      case Reasoning.Level(Reasoning.Effort effort, boolean shown) ->
          write(word(effort), within(table.tokens(effort)), shown);
      case Reasoning.Budget(long tokens, boolean shown) ->
          write(word(table.nearest(tokens)), within(tokens), shown);
      case Reasoning.Adaptive(boolean shown) -> write("", -1, shown);
    }
  }

  /**
   * @param word empty where the model decides
   * @param tokens -1 where it does
   */
  private void write(String word, long tokens, boolean shown) {
    boolean byWord = traits.thinking() == ModelTraits.Thinking.BY_WORD;
    if (byWord && word.isEmpty() && !shown) {
      return;
    }
    json.name("thinkingConfig").object();
    if (!byWord) {
      json.name("thinkingBudget").value(tokens);
    } else if (!word.isEmpty()) {
      json.name("thinkingLevel").value(word);
    }
    if (shown) {
      json.name("includeThoughts").value(true);
    }
    json.endObject();
  }

  private long within(long tokens) {
    return Math.clamp(tokens, Math.max(1, traits.minBudget()), Math.max(1, traits.maxBudget()));
  }

  private String word(Reasoning.Effort effort) {
    return switch (effort) {
      case MINIMAL -> traits.least();
      case LOW -> "LOW";
      case MEDIUM -> traits.usual();
      case HIGH, XHIGH, MAX -> "HIGH";
    };
  }
}
