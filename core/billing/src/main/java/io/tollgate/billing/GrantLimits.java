package io.tollgate.billing;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.util.List;
import java.util.Map;

/**
 * How much may be given by hand. Accounts count to 2^63; what is given by hand stays so far below
 * it that what comes by itself (a month's quota, a refund) always fits.
 *
 * @param tokensMax tokens, or calls, of one grant
 * @param moneyMax whole units of money of one grant
 * @param userTokensMax tokens, or calls of one service, that a user may have with it
 * @param userMoneyMax whole units of money that a user may have with it
 */
public record GrantLimits(long tokensMax, long moneyMax, long userTokensMax, long userMoneyMax) {
  /** The most that a setting allows, in smallest units: a quarter of what an account counts to. */
  private static final long HIGHEST = Long.MAX_VALUE / 4;

  private static final long NANOS = 1_000_000_000L;

  static final Setting<Long> TOKENS_MAX =
      Setting.longNumber(
          "billing.grant.tokens.max",
          1_000_000_000_000L,
          1,
          HIGHEST,
          "Tokens, or calls of a service, that one grant by hand may give.");
  static final Setting<Long> MONEY_MAX =
      Setting.longNumber(
          "billing.grant.money.max",
          1_000_000L,
          1,
          HIGHEST / NANOS,
          "Whole units of money that one grant by hand may give.");
  static final Setting<Long> USER_TOKENS_MAX =
      Setting.longNumber(
          "billing.user.tokens.max",
          1_000_000_000_000_000L,
          1,
          HIGHEST,
          "Tokens, or calls of a service, that a user may have with a grant by hand.");
  static final Setting<Long> USER_MONEY_MAX =
      Setting.longNumber(
          "billing.user.money.max",
          1_000_000_000L,
          1,
          HIGHEST / NANOS,
          "Whole units of money that a user may have with a grant by hand.");

  /** As they are where nothing is set. */
  public static GrantLimits defaults() {
    return from(Settings.merge(settings(), Map.of(), Map.of(), Map.of(), Map.of(), "no file"));
  }

  static List<Setting<?>> settings() {
    return List.of(TOKENS_MAX, MONEY_MAX, USER_TOKENS_MAX, USER_MONEY_MAX);
  }

  static GrantLimits from(Settings settings) {
    return new GrantLimits(
        settings.get(TOKENS_MAX),
        settings.get(MONEY_MAX),
        settings.get(USER_TOKENS_MAX),
        settings.get(USER_MONEY_MAX));
  }

  /** What one grant in the asset may give. */
  public Amount ofGrant(Asset asset) {
    return isMoney(asset) ? money(asset, moneyMax) : new Amount(asset, tokensMax);
  }

  /** What a user may have in the asset with a grant. */
  public Amount ofUser(Asset asset) {
    return isMoney(asset) ? money(asset, userMoneyMax) : new Amount(asset, userTokensMax);
  }

  /** What a tenant may have given in the asset in all. */
  public Amount ofTenant(Asset asset) {
    return new Amount(asset, Long.MAX_VALUE / 2);
  }

  private static boolean isMoney(Asset asset) {
    return asset.scale() == Asset.MONEY_SCALE;
  }

  private static Amount money(Asset asset, long wholeUnits) {
    return new Amount(asset, Math.multiplyExact(wholeUnits, NANOS));
  }
}
