package io.tollgate.ground;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Something countable: a currency, tokens, calls of a service, points.
 *
 * @param code name of the asset, e.g. {@code USD}, {@code TOKEN}, {@code CALL:passport}
 * @param scale decimals of its smallest unit, 0 to 9: money 9, points and USDT rewards 8, tokens
 *     and calls 0
 */
public record Asset(String code, int scale) {
  /** Decimals of every currency: amounts of money count in nano units. */
  public static final int MONEY_SCALE = 9;

  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9:_.-]{1,64}");

  /** Tokens of AI models, input and output alike. */
  public static final Asset TOKEN = new Asset("TOKEN", 0);

  public Asset {
    requireNonNull(code, "code is null");
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException("asset code: " + code + " (expected: " + CODE + ")");
    }
    if (scale < 0 || scale > 9) {
      throw new IllegalArgumentException("asset scale: " + scale + " (expected: 0 to 9)");
    }
  }

  /** A currency by its ISO 4217 (or common) code, counted in nano units. */
  public static Asset money(String code) {
    return new Asset(code, MONEY_SCALE);
  }

  /** Free or bought calls of a service, counted one by one. */
  public static Asset calls(String service) {
    return new Asset("CALL:" + service, 0);
  }

  /**
   * What spend limits in a currency are counted in: an allowance is no money, and does not show in
   * sums of money.
   */
  public static Asset allowance(Asset currency) {
    return new Asset("SPEND:" + currency.code(), currency.scale());
  }

  @Override
  public String toString() {
    return code;
  }
}
