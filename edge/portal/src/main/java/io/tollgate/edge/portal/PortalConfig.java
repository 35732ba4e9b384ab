package io.tollgate.edge.portal;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/**
 * What can be set of the users' own interface.
 *
 * @param keysMax keys of one user that have not ended
 * @param exportRowsMax lines in one export of a statement
 * @param rechargeAmounts that are offered for paying in, in whole units of the currency
 */
record PortalConfig(int keysMax, int exportRowsMax, List<BigDecimal> rechargeAmounts) {
  private static final Setting<Integer> KEYS_MAX =
      Setting.number(
          "portal.keys.max",
          50,
          1,
          250,
          "API keys that a user may have, those that have ended left aside.");
  private static final Setting<Integer> EXPORT_ROWS_MAX =
      Setting.number(
          "portal.statement.rows.max",
          100_000,
          1,
          1_000_000,
          "Lines in one export of a user's statement, the newest.");
  private static final Setting<String> RECHARGE_AMOUNTS =
      Setting.text(
          "portal.recharge.amounts",
          "10,20,50,100,200,500",
          "Amounts that are offered to users who pay in, in units of their currency; they may"
              + " write another.");

  private static final int AMOUNTS_MAX = 12;

  PortalConfig {
    rechargeAmounts = List.copyOf(rechargeAmounts);
  }

  static List<Setting<?>> settings() {
    return List.of(KEYS_MAX, EXPORT_ROWS_MAX, RECHARGE_AMOUNTS);
  }

  static PortalConfig from(Settings settings) {
    return new PortalConfig(
        settings.get(KEYS_MAX),
        settings.get(EXPORT_ROWS_MAX),
        amounts(settings.get(RECHARGE_AMOUNTS)));
  }

  private static List<BigDecimal> amounts(String text) {
    String[] parts = text.split(",", AMOUNTS_MAX + 1);
    if (parts.length > AMOUNTS_MAX) {
      throw refused(text);
    }
    return Arrays.stream(parts).map(part -> amount(part.strip(), text)).toList();
  }

  private static BigDecimal amount(String part, String text) {
    try {
      if (part.length() <= 12) {
        BigDecimal amount = new BigDecimal(part);
        if (amount.signum() > 0 && amount.scale() <= 2 && amount.scale() >= 0) {
          return amount;
        }
      }
    } catch (NumberFormatException e) {
      throw refused(text);
    }
    throw refused(text);
  }

  private static SettingsException refused(String text) {
    return new SettingsException(
        RECHARGE_AMOUNTS.name()
            + ": "
            + text
            + " (expected: 1 to "
            + AMOUNTS_MAX
            + " amounts above 0 with at most 2 decimals, with commas between)");
  }
}
