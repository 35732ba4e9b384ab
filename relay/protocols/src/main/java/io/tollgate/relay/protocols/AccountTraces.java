package io.tollgate.relay.protocols;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Removes from an upstream's words what tells whose account was used there: what is known of the
 * account, and what looks like a key, an address or an organization. Immutable.
 */
public final class AccountTraces {
  private static final int MAX_CHARACTERS = 4000;
  // shorter ones would be found in words
  private static final int MIN_CHARACTERS = 4;

  private static final String TOP_LEVEL =
      "com|net|org|io|ai|dev|app|cloud|cn|local|localdomain|internal|lan|intra|corp|home|test"
          + "|example|site|xyz|top|tech|us|eu|de|uk|jp|ru|fr|svc|arpa";

  private record Trace(Pattern pattern, String instead) {}

  private static final List<Trace> TRACES =
      List.of(
          trace("https?://[^\\s\"'<>]+", "[address]"),
          trace(
              "\\b(?:xai|nvapi|pplx|csk|r8|hf|fw|tgp|sk)[-_](?=[A-Za-z_-]*[0-9*])[A-Za-z0-9_*.…-]{6,}",
              "[key]"),
          trace("\\beyJ[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]+){0,2}", "[key]"),
          trace("\\b(?:AKIA|ASIA)[A-Z0-9]{12,}", "[key]"),
          trace("\\bya29\\.[A-Za-z0-9_-]{6,}", "[key]"),
          // shown in part
          trace("[A-Za-z0-9_-]{2,}[*…•]{3,}[A-Za-z0-9_-]*", "[key]"),
          trace("[*•]{3,}[A-Za-z0-9_-]+", "[key]"),
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
              "[id]"),
          // keys that have no form of their own, by their length
          trace("\\b[0-9a-fA-F]{32,}\\b", "[key]"),
          trace(
              "\\b(?=[A-Za-z_-]{0,80}[0-9])(?=[0-9_-]{0,80}[A-Za-z])[A-Za-z0-9_-]{40,}\\b",
              "[key]"),
          trace("\\[[0-9a-fA-F:.]{2,45}\\](?::\\d{1,5})?", "[address]"),
          trace("(?<![\\w:])(?:[0-9a-fA-F]{1,4}:){4,7}[0-9a-fA-F]{1,4}(?![\\w:])", "[address]"),
          trace(
              "(?<![\\w:])(?:[0-9a-fA-F]{1,4}:){1,6}:(?:[0-9a-fA-F]{1,4}:){0,5}[0-9a-fA-F]{1,4}",
              "[address]"),
          trace("(?<![\\w.])(?:\\d{1,3}\\.){3}\\d{1,3}(?::\\d{1,5})?(?![\\w.])", "[address]"),
          trace(
              "(?i)(?<![\\w@.-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.){1,8}(?:"
                  + TOP_LEVEL
                  + ")(?::\\d{1,5})?(?:/[^\\s\"'<>]*)?(?![\\w-])",
              "[address]"));

  /** Of an account of which nothing is known: what looks like a trace is removed. */
  public static final AccountTraces UNKNOWN = new AccountTraces(List.of());

  private final List<Trace> known;

  private AccountTraces(List<Trace> known) {
    this.known = known;
  }

  /**
   * Of one account.
   *
   * @param key the account's, in clear
   * @param host where it is reached
   * @param names what it is called here and at its provider; ordinary words are left in
   */
  public static AccountTraces of(String key, String host, String... names) {
    List<Trace> known = new ArrayList<>();
    if (key.length() >= MIN_CHARACTERS) {
      known.add(trace(Pattern.quote(key), "[key]"));
    }
    if (key.length() >= 4 * MIN_CHARACTERS) {
      // shown in part: its beginning, or its end after what hides the rest
      String first = Pattern.quote(key.substring(0, 2 * MIN_CHARACTERS));
      String last = Pattern.quote(key.substring(key.length() - MIN_CHARACTERS));
      known.add(trace(first + "[A-Za-z0-9_*.…-]*", "[key]"));
      known.add(trace("[*.…•xX]{2,}" + last + "\\b", "[key]"));
      known.add(trace("(?<=\\bend(?:s|ing) (?:in|with) [\"'`]?)" + last + "\\b", "[key]"));
    }
    if (host.length() >= MIN_CHARACTERS) {
      known.add(
          trace(
              "(?i)(?:https?://)?" + Pattern.quote(host) + "(?::\\d{1,5})?[^\\s\"'<>,;)]*",
              "[address]"));
      addName(known, host.substring(0, Math.max(0, host.indexOf('.'))), "[address]");
    }
    for (String name : names) {
      addName(known, name, "[account]");
    }
    return new AccountTraces(List.copyOf(known));
  }

  /** A name that is no ordinary word: it has a digit or a sign in it. */
  private static void addName(List<Trace> known, String name, String instead) {
    boolean ordinary = name.chars().allMatch(Character::isLetter);
    if (name.length() >= MIN_CHARACTERS && !ordinary) {
      known.add(trace("(?i)(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])", instead));
    }
  }

  /** The words without them. */
  public String removed(String words) {
    String cleaned =
        words.length() > MAX_CHARACTERS ? words.substring(0, MAX_CHARACTERS) + "…" : words;
    for (Trace trace : known) {
      cleaned = trace.pattern.matcher(cleaned).replaceAll(trace.instead);
    }
    for (Trace trace : TRACES) {
      cleaned = trace.pattern.matcher(cleaned).replaceAll(trace.instead);
    }
    return cleaned;
  }

  private static Trace trace(String pattern, String instead) {
    return new Trace(Pattern.compile(pattern), instead);
  }
}
