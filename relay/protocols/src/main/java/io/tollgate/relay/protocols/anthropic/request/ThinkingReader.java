package io.tollgate.relay.protocols.anthropic.request;

import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.conversation.Reasoning;
import java.util.Locale;
import java.util.Optional;

/** Reads how much is to be thought: {@code thinking}, and the effort of {@code output_config}. */
final class ThinkingReader {
  private ThinkingReader() {}

  static Reasoning read(BodyNode body) {
    Optional<BodyNode> effortGiven =
        body.member("output_config").flatMap(config -> config.object().member("effort"));
    Optional<Reasoning.Effort> effort = effortGiven.map(ThinkingReader::effort);
    Optional<BodyNode> thinking = body.member("thinking");
    if (thinking.isEmpty()) {
      return effort
          .<Reasoning>map(level -> new Reasoning.Level(level, true))
          .orElseGet(Reasoning.Unsaid::new);
    }
    BodyNode given = thinking.get().object();
    boolean shown = !given.word("display").equals("omitted");
    String type = given.word("type");
    return switch (type) {
      case "enabled" -> new Reasoning.Budget(budget(given), shown);
      case "adaptive" ->
          effort
              .<Reasoning>map(level -> new Reasoning.Level(level, shown))
              .orElseGet(() -> new Reasoning.Adaptive(shown));
      case "disabled", "between_tools" -> new Reasoning.Off();
      default ->
          throw given.fault(
              "type " + Given.shown(type) + " (expected: enabled, adaptive or disabled)");
    };
  }

  private static long budget(BodyNode given) {
    given.required("budget_tokens", "a whole number >= 1024");
    return given.whole("budget_tokens", ThinkingTable.MIN_TOKENS).getAsLong();
  }

  private static Reasoning.Effort effort(BodyNode given) {
    String word = given.text().text();
    return switch (word) {
      case "low", "medium", "high", "xhigh", "max" ->
          Reasoning.Effort.valueOf(word.toUpperCase(Locale.ROOT));
      default ->
          throw given.fault(Given.shown(word) + " (expected: low, medium, high, xhigh or max)");
    };
  }
}
