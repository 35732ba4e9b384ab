package io.tollgate.contracts;

import java.util.Locale;

/**
 * A language that AI requests and their answers are written in, spoken by callers and providers.
 */
public enum Protocol {
  /** OpenAI's chat completions, and what makers call compatible with OpenAI. */
  OPENAI,
  /** OpenAI's Responses. */
  RESPONSES,
  ANTHROPIC,
  GEMINI;

  private static final Protocol[] ALL = values();

  private final String code = name().toLowerCase(Locale.ROOT);

  /** As it is stored, configured and shown: the name in lower case. */
  public String code() {
    return code;
  }

  /**
   * The protocol of a code.
   *
   * @throws IllegalArgumentException when no protocol has it
   */
  public static Protocol ofCode(String code) {
    for (Protocol protocol : ALL) {
      if (protocol.code.equals(code)) {
        return protocol;
      }
    }
    throw new IllegalArgumentException(
        "protocol: " + code + " (expected: openai, responses, anthropic or gemini)");
  }
}
