package io.tollgate.relay.protocols;

/**
 * The models of chat that search the web before each answer, whether or not they are asked to.
 *
 * @see <a href="https://platform.openai.com/docs/guides/tools-web-search?api-mode=chat">Web search
 *     in chat completions</a>
 */
public final class SearchModels {
  private static final int SHORTEST = "x-search-api".length();

  private SearchModels() {}

  /** Whether the model is one of them. */
  public static boolean isOne(String model) {
    return model.length() >= SHORTEST
        && (model.contains("-search-preview") || model.contains("-search-api"));
  }
}
