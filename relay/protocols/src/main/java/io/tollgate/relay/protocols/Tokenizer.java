package io.tollgate.relay.protocols;

/** The tokenizers that are published, and which of them a model reads text with. */
public enum Tokenizer {
  O200K,
  CL100K,
  /** Not published: counted as bytes ÷ 3, rounded up. */
  NONE;

  private static final String[] O200K_NAMES = {
    "gpt-4o",
    "gpt-4.1",
    "gpt-4.5",
    "gpt-5",
    "gpt-oss",
    "gpt-realtime",
    "chatgpt-",
    "codex-",
    "o1",
    "o3",
    "o4"
  };
  private static final String[] CL100K_NAMES = {"gpt-4", "gpt-3.5", "text-embedding-"};

  /**
   * The tokenizer of a model. A provider's prefix ({@code openai/gpt-4o}) and the marks of a
   * fine-tuned model ({@code ft:gpt-4o:…}) are passed over.
   *
   * @see <a href="https://github.com/openai/tiktoken/blob/main/tiktoken/model.py">tiktoken's
   *     table</a>
   */
  public static Tokenizer of(String model) {
    String name = model.substring(model.lastIndexOf('/') + 1);
    if (name.startsWith("ft:")) {
      name = name.substring(3);
    }
    if (startsWithOne(name, O200K_NAMES)) {
      return O200K;
    }
    return startsWithOne(name, CL100K_NAMES) ? CL100K : NONE;
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
