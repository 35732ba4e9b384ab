package io.tollgate.billing.internal.grants;

import io.tollgate.billing.ServiceTerms;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the name of what a grant gives. */
public final class GrantAssets {
  private static final String CALLS = "CALL:";
  private static final Set<String> COINS = Set.of("USDT", "USDC");

  private GrantAssets() {}

  /**
   * The asset of that name.
   *
   * @param currency the tenant's
   * @param services that the tenant has
   * @throws Refusal {@code SERVICE_NOT_FOUND}, {@code CURRENCY_MISMATCH} or {@code UNKNOWN_ASSET}
   */
  public static Asset read(String code, Asset currency, List<ServiceTerms> services) {
    if (code.equals(Asset.TOKEN.code())) {
      return Asset.TOKEN;
    }
    if (code.equals(currency.code())) {
      return currency;
    }
    if (code.startsWith(CALLS)) {
      String service = code.substring(CALLS.length());
      Optional<Asset> quota =
          services.stream()
              .filter(each -> each.name().equals(service) && !each.isRelay())
              .map(ServiceTerms::quota)
              .findFirst();
      if (quota.isPresent()) {
        return quota.get();
      }
      throw new Refusal(
          ErrorCode.SERVICE_NOT_FOUND,
          "service: "
              + GivenText.shown(service)
              + " (expected: one of "
              + services.stream()
                  .filter(each -> !each.isRelay())
                  .map(ServiceTerms::name)
                  .collect(Collectors.joining(", "))
              + ")");
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
