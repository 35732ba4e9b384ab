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
   */
  public static AccountTraces of(String key, String host) {
    List<Trace> known = new ArrayList<>();
    if (key.length() >= MIN_CHARACTERS) {
      known.add(trace(Pattern.quote(key), "[key]"));
    }
    if (host.length() >= MIN_CHARACTERS) {
      known.add(trace("(?i)" + Pattern.quote(host) + "(?::\\d{1,5})?", "[address]"));
    }
    return new AccountTraces(List.copyOf(known));
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
