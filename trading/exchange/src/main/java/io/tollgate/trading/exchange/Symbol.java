package io.tollgate.trading.exchange;

import io.tollgate.ground.GivenText;
import java.util.regex.Pattern;

/**
 * A pair, written {@code BTC/USDT} wherever the exchange is not spoken to.
 *
 * @param base what is bought and sold, 1 to 20 capital letters and digits
 * @param quote in what it is paid, the same
 */
public record Symbol(String base, String quote) {
  private static final Pattern COIN = Pattern.compile("[A-Z0-9]{1,20}");

  public Symbol {
    if (!COIN.matcher(base).matches() || !COIN.matcher(quote).matches()) {
      throw GivenText.refused("symbol", base + "/" + quote, "a pair such as BTC/USDT");
    }
  }

  /**
   * Reads the canonical form.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when it is no such pair
   */
  public static Symbol of(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw GivenText.refused("symbol", text, "a pair such as BTC/USDT");
    }
    return new Symbol(text.substring(0, slash), text.substring(slash + 1));
  }

  /** Both coins with something between them, as exchanges write pairs. */
  public String joinedBy(String between) {
    return base + between + quote;
  }

  @Override
  public String toString() {
    return joinedBy("/");
  }
}
