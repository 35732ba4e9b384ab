package io.tollgate.relay.accounts;

import java.util.Locale;

/** The protocol a provider is spoken to in. */
public enum Protocol {
  OPENAI,
  ANTHROPIC,
  GEMINI;

  /** As it is stored and configured: the name in lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The protocol of a stored code. */
  public static Protocol ofCode(String code) {
    for (Protocol protocol : values()) {
      if (protocol.code().equals(code)) {
        return protocol;
      }
    }
    throw new IllegalArgumentException(
        "protocol: " + code + " (expected: openai, anthropic or gemini)");
  }
}
