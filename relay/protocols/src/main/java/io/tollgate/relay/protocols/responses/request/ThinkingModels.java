package io.tollgate.relay.protocols.responses.request;

/**
 * What is known of models' thinking: those that do not think refuse to be told how much to think.
 *
 * @see <a href="https://platform.openai.com/docs/guides/reasoning">Reasoning models</a>
 */
final class ThinkingModels {
  private static final String[] WITHOUT = {"gpt-3", "gpt-4", "chatgpt-"};
  private static final long MAX_LOW = 4_096;
  private static final long MAX_MEDIUM = 16_384;

  private ThinkingModels() {}

  /** Whether a model may think: all but those that are known not to. */
  static boolean mayThink(String model) {
    String name = model.substring(model.lastIndexOf('/') + 1);
    if (name.startsWith("ft:")) {
      name = name.substring(3);
    }
    for (String beginning : WITHOUT) {
      if (name.startsWith(beginning)) {
        return false;
      }
    }
    return true;
  }

  /** The effort that comes nearest to a budget of so many tokens. */
  static String effort(long tokens) {
    if (tokens <= MAX_LOW) {
      return "low";
    }
    return tokens <= MAX_MEDIUM ? "medium" : "high";
  }
}
