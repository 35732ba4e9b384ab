package io.tollgate.billing.internal.grants;

import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import java.util.Currency;
import java.util.Set;

/** Reads the name of what a grant gives. */
final class GrantAssets {
  private static final String CALLS = "CALL:";
  private static final Set<String> SERVICES = Set.of("asset", "passport", "payment");
  private static final Set<String> COINS = Set.of("USDT", "USDC");

  private GrantAssets() {}

  /**
   * The asset of that name.
   *
   * @param currency the tenant's
   * @throws Refusal {@code SERVICE_NOT_FOUND}, {@code CURRENCY_MISMATCH} or {@code UNKNOWN_ASSET}
   */
  static Asset read(String code, Asset currency) {
    if (code.equals(Asset.TOKEN.code())) {
      return Asset.TOKEN;
    }
    if (code.equals(currency.code())) {
      return currency;
    }
    if (code.startsWith(CALLS)) {
      String service = code.substring(CALLS.length());
      if (SERVICES.contains(service)) {
        return Asset.calls(service);
      }
      throw new Refusal(
          ErrorCode.SERVICE_NOT_FOUND,
          "service: " + GivenText.shown(service) + " (expected: asset, passport or payment)");
    }
    if (isCurrency(code)) {
      throw new Refusal(
          ErrorCode.CURRENCY_MISMATCH,
          "asset: " + code + " (expected: " + currency + ", the tenant's currency)");
    }
    throw new Refusal(
        ErrorCode.UNKNOWN_ASSET,
        "asset: "
            + GivenText.shown(code)
            + " (expected: TOKEN, "
            + currency
            + " or CALL:<service>)");
  }

  private static boolean isCurrency(String code) {
    return COINS.contains(code)
        || Currency.availableCurrencies().anyMatch(c -> c.getCurrencyCode().equals(code));
  }
}
