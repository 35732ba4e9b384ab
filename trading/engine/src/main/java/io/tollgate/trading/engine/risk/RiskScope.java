package io.tollgate.trading.engine.risk;

import java.util.Locale;

/** For whom rules are set. */
public enum RiskScope {
  PLATFORM,
  TENANT,
  ACCOUNT;

  /** As interfaces write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
