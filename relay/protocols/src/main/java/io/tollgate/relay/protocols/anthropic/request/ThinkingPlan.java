package io.tollgate.relay.protocols.anthropic.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.Reasoning;
import io.tollgate.relay.protocols.conversation.ToolChoice;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much a model is told to think: what the request asks for, in the words that the model takes.
 * Where it takes none that fit, thinking is left out, and named, rather than the request refused.
 */
final class ThinkingPlan {
  private final String type;
  private final long budget;
  private final Optional<Boolean> shown;
  private final Optional<String> effort;
  private final boolean dropped;

  /**
   * @param type empty: nothing is said
   * @param budget 0: none
   */
  private ThinkingPlan(
      String type, long budget, @Nullable Boolean shown, @Nullable String effort, boolean dropped) {
    this.type = requireNonNull(type, "type is null");
    this.budget = budget;
    this.shown = Optional.ofNullable(shown);
    this.effort = Optional.ofNullable(effort);
    this.dropped = dropped;
  }

  /**
   * @param maxTokens limit of the answer, in which thinking is
   * @param signed whether what was thought before the last calls can be sent along
   */
  static ThinkingPlan of(
      Conversation asked,
      ClaudeModel model,
      ThinkingTable budgets,
      long maxTokens,
      boolean signed) {
    if (forcesCall(asked) && model.off() != ClaudeModel.Off.NEVER) {
      return withoutThought(asked, model);
    }
    return switch (asked.reasoning()) {
      case Reasoning.Unsaid() -> nothing(false);
      case Reasoning.Off() -> off(model);
      case Reasoning.Level(Reasoning.Effort effort, boolean shown) ->
          model.thinksAdaptively()
              ? adaptive(effort, shown, model)
              : budget(budgets.tokens(effort), maxTokens, signed).withEffort(effort, model);
      case Reasoning.Budget(long tokens, boolean shown) ->
          model.takesBudget()
              ? budget(tokens, maxTokens, signed)
              : adaptive(budgets.paidBy(tokens), shown, model);
      case Reasoning.Adaptive(boolean shown) ->
          model.thinksAdaptively()
              ? new ThinkingPlan("adaptive", 0, shown, null, false)
              : budget(budgets.tokens(Reasoning.Effort.HIGH), maxTokens, signed);
    };
  }

  /** Whether thinking was asked for and is left out. */
  boolean dropped() {
    return dropped;
  }

  /** Whether the model is told to think by a budget, which forbids some of sampling. */
  boolean byBudget() {
    return budget > 0;
  }

  /** The word for {@code output_config.effort}, where there is one. */
  Optional<String> effort() {
    return effort;
  }

  void write(JsonWriter json) {
    if (type.isEmpty()) {
      return;
    }
    json.name("thinking").object().name("type").value(type);
    if (budget > 0) {
      json.name("budget_tokens").value(budget);
    }
    shown.ifPresent(show -> json.name("display").value(show ? "summarized" : "omitted"));
    json.endObject();
  }

  private static ThinkingPlan nothing(boolean dropped) {
    return new ThinkingPlan("", 0, null, null, dropped);
  }

  private static ThinkingPlan off(ClaudeModel model) {
    return switch (model.off()) {
      case UNSAID -> nothing(false);
      case DISABLED -> new ThinkingPlan("disabled", 0, null, null, false);
      case BETWEEN_TOOLS -> new ThinkingPlan("between_tools", 0, null, null, false);
      case NEVER -> new ThinkingPlan("", 0, null, "low", true);
    };
  }

  private static ThinkingPlan adaptive(Reasoning.Effort effort, boolean shown, ClaudeModel model) {
    return new ThinkingPlan("adaptive", 0, shown, null, false).withEffort(effort, model);
  }

  /** A model that thinks does not take a call that is forced; those that always think refuse it. */
  private static boolean forcesCall(Conversation asked) {
    return !asked.tools().isEmpty()
        && (asked.toolChoice() instanceof ToolChoice.Any
            || asked.toolChoice() instanceof ToolChoice.Named);
  }

  private static ThinkingPlan withoutThought(Conversation asked, ClaudeModel model) {
    boolean wanted =
        !(asked.reasoning() instanceof Reasoning.Unsaid)
            && !(asked.reasoning() instanceof Reasoning.Off);
    ThinkingPlan off = off(model);
    return new ThinkingPlan(off.type, 0, null, null, wanted);
  }

  private static ThinkingPlan budget(long wanted, long maxTokens, boolean signed) {
    if (!signed || maxTokens <= ThinkingTable.MIN_TOKENS) {
      return nothing(true);
    }
    long within = Math.max(ThinkingTable.MIN_TOKENS, maxTokens * 4 / 5);
    long budget = Math.max(ThinkingTable.MIN_TOKENS, Math.min(wanted, within));
    return new ThinkingPlan("enabled", budget, null, null, false);
  }

  private ThinkingPlan withEffort(Reasoning.Effort wanted, ClaudeModel model) {
    if (!model.takesEffort()) {
      return this;
    }
    Reasoning.Effort taken =
        switch (wanted) {
          case MINIMAL, LOW -> Reasoning.Effort.LOW;
          case MEDIUM, HIGH -> wanted;
          case XHIGH -> model.takesExtraEffort() ? wanted : Reasoning.Effort.HIGH;
          case MAX -> model.takesMaxEffort() ? wanted : Reasoning.Effort.HIGH;
        };
    String word = taken.name().toLowerCase(Locale.ROOT);
    return new ThinkingPlan(type, budget, shown.orElse(null), word, dropped);
  }
}
