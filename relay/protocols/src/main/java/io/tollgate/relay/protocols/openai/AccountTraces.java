package io.tollgate.relay.protocols.openai;

import java.util.List;
import java.util.regex.Pattern;

/** Removes from an upstream's words what tells whose account was used there. */
final class AccountTraces {
  private static final int MOST_CHARACTERS = 4000;

  private record Trace(Pattern pattern, String instead) {}

  private static final List<Trace> TRACES =
      List.of(
          trace("https?://[^\\s\"'<>]+", "[address]"),
          trace("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,255}", "[address]"),
          trace("\\b(?:sk|pk|rk|sess)-[A-Za-z0-9_*.…-]{3,}", "[key]"),
          trace("\\bkey-(?=[A-Za-z_-]*[0-9*])[A-Za-z0-9_*.-]{3,}", "[key]"),
          trace("\\bAIza[A-Za-z0-9_*.-]{4,}", "[key]"),
          trace("\\bgsk_[A-Za-z0-9_*.-]{4,}", "[key]"),
          trace("(?i)\\bBearer\\s+[A-Za-z0-9._~+/=*-]{4,}", "[key]"),
          trace("\\borg[-_][A-Za-z0-9*]{4,}", "[organization]"),
          trace("\\bproj(?:ect)?[-_](?=[A-Za-z0-9]*[0-9A-Z])[A-Za-z0-9*]{4,}", "[project]"),
          trace("\\bprojects/[A-Za-z0-9_-]+", "projects/[project]"),
          trace("\\barn:aws[A-Za-z0-9:/_*.-]+", "[id]"),
          trace(
              "\\b(?:req|acct|user|usr|resp|wrkspc|ak|ek)[-_](?=[A-Za-z0-9]*[0-9])[A-Za-z0-9]{6,}",
              "[id]"),
          trace(
              "\\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\b",
              "[id]"));

  private AccountTraces() {}

  static String removed(String words) {
    String cleaned =
        words.length() > MOST_CHARACTERS ? words.substring(0, MOST_CHARACTERS) + "…" : words;
    for (Trace trace : TRACES) {
      cleaned = trace.pattern.matcher(cleaned).replaceAll(trace.instead);
    }
    return cleaned;
  }

  private static Trace trace(String pattern, String instead) {
    return new Trace(Pattern.compile(pattern), instead);
  }
}
