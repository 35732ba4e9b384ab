package io.tollgate.relay.protocols.responses.request;

/**
 * What is known of models' thinking: those that do not think refuse to be told how much to think.
 *
 * @see <a href="https://platform.openai.com/docs/guides/reasoning">Reasoning models</a>
 */
final class ThinkingModels {
  private static final String[] WITHOUT = {"gpt-3", "gpt-4", "chatgpt-"};
  private static final String[] ALWAYS = {"o1", "o3", "o4", "codex-", "gpt-oss", "gpt-5-codex"};

  private ThinkingModels() {}

  /** Whether a model may think: all but those that are known not to. */
  static boolean mayThink(String model) {
    return !startsWithOne(name(model), WITHOUT);
  }

  /** The least effort that a model can be told: some think in any case. */
  static String least(String model) {
    String name = name(model);
    if (startsWithOne(name, ALWAYS)) {
      return "low";
    }
    return name.equals("gpt-5") || name.startsWith("gpt-5-") ? "minimal" : "none";
  }

  private static String name(String model) {
    String name = model.substring(model.lastIndexOf('/') + 1);
    return name.startsWith("ft:") ? name.substring(3) : name;
  }

  private static boolean startsWithOne(String name, String[] beginnings) {
    for (String beginning : beginnings) {
      if (name.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }
}
