package io.tollgate.relay.protocols.anthropic.request;

import java.util.Locale;

/**
 * What a model of the Claude family takes, told by its name. Models of other makers that speak
 * Anthropic's protocol are taken for such as think by a budget; of Claudes without a version, the
 * newest is assumed.
 *
 * @param line such as {@code opus}; empty where it is no Claude
 * @param version major × 100 + minor; {@link #NEWEST} where the name has none
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/thinking">Thinking, by model
 *     </a>
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/effort">Effort, by model</a>
 */
record ClaudeModel(String line, int version) {
  static final int NEWEST = 9999;

  /** How thinking is turned off. */
  enum Off {
    /** It is not on unless asked for. */
    UNSAID,
    DISABLED,
    /** All but what is thought between calls of tools. */
    BETWEEN_TOOLS,
    /** It cannot be. */
    NEVER
  }

  /** The model of that name, with whatever a provider puts before and behind. */
  static ClaudeModel of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    int claude = lower.indexOf("claude");
    if (claude < 0) {
      return new ClaudeModel("", 0);
    }
    String line = "claude";
    int major = -1;
    int minor = -1;
    for (String word : lower.substring(claude + "claude".length()).split("[^a-z0-9]+")) {
      if (word.matches("[0-9]{1,2}")) {
        int number = Integer.parseInt(word);
        if (major < 0) {
          major = number;
        } else if (minor < 0) {
          minor = number;
        }
      } else if (word.matches("opus|sonnet|haiku|fable|mythos|instant")) {
        line = word;
      } else if (word.matches("[0-9]{6,}")) {
        // a date: no part of the version follows it
        break;
      }
    }
    return new ClaudeModel(line, major < 0 ? NEWEST : major * 100 + Math.max(0, minor));
  }

  boolean isClaude() {
    return !line.isEmpty();
  }

  /** Whether it thinks as much as it finds right; others by a budget. */
  boolean thinksAdaptively() {
    return version >= 406;
  }

  /** Whether it takes a budget of tokens to think with. */
  boolean takesBudget() {
    return version < 407;
  }

  boolean takesEffort() {
    return version >= 406 || (version == 405 && line.equals("opus"));
  }

  boolean takesExtraEffort() {
    return version >= 407;
  }

  boolean takesMaxEffort() {
    return version >= 406;
  }

  /** Whether it takes temperature, top_p and top_k. */
  boolean takesSampling() {
    return version < 407;
  }

  /** Whether it refuses temperature and top_p together. */
  boolean takesOneOfSampling() {
    return isClaude() && version >= 401;
  }

  /** Whether it keeps exactly to a schema. */
  boolean takesStrictTools() {
    return version >= 405 || (version == 401 && line.equals("opus"));
  }

  Off off() {
    if (version < 500) {
      return Off.UNSAID;
    }
    return switch (line) {
      case "sonnet" -> version >= 505 ? Off.BETWEEN_TOOLS : Off.DISABLED;
      case "haiku" -> Off.DISABLED;
      case "opus" -> version >= 505 ? Off.NEVER : Off.DISABLED;
      default -> Off.NEVER;
    };
  }

  /** The limit of an answer whose caller named none; the protocol wants one. */
  long maxTokensUnsaid() {
    if (!isClaude()) {
      return 8192;
    }
    if (version < 305) {
      return 4096;
    }
    if (version < 307) {
      return 8192;
    }
    boolean opus4 = line.equals("opus") && version < 405;
    return opus4 ? 32_000 : 64_000;
  }
}
