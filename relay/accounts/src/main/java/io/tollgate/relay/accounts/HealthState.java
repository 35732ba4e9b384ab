package io.tollgate.relay.accounts;

import java.util.Locale;

/** How well an account, or one of its keys, is. */
public enum HealthState {
  HEALTHY,
  /** It failed a moment ago: passed over while another can serve, and tried when none can. */
  DOUBTFUL,
  /** The provider asked to be left alone for a while. */
  COOLING,
  /** It failed again and again: left alone, and then tried with one request. */
  CIRCUIT_OPEN,
  /** The provider refused it: left alone until somebody puts it back. */
  BANNED;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** As it is stored and shown. */
  public String code() {
    return code;
  }

  /** The state of a code that was stored. */
  public static HealthState ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
