package io.tollgate.relay.accounts;

import java.util.Locale;

/** What a provider keeps under an id of its own. */
public enum KeptKind {
  FILE,
  BATCH,
  RESPONSE;

  /** As stored, and as messages name it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static KeptKind ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
