package io.tollgate.trading.exchange;

import io.tollgate.ground.GivenText;
import java.util.List;
import java.util.Locale;

/** Pairs in the spellings that callers have for them. */
public final class PairText {
  private static final List<String> QUOTES = List.of("USDT", "USDC");
  private static final String EXPECTED = "a pair such as BTC/USDT";

  private PairText() {}

  /**
   * Reads {@code BTC/USDT}, {@code BTC/USDT:USDT}, {@code BTC-USDT}, {@code BTC-USDT-SWAP}, {@code
   * BTC_USDT} or {@code BTCUSDT}.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when it is none of these
   */
  public static Symbol read(String given) {
    String text = given.strip().toUpperCase(Locale.ROOT);
    int settled = text.indexOf(':');
    String pair = settled < 0 ? text : text.substring(0, settled);
    String plain = pair.endsWith("-SWAP") ? pair.substring(0, pair.length() - 5) : pair;
    String[] coins = plain.split("[/_-]", -1);
    if (coins.length == 2) {
      return new Symbol(coins[0], coins[1]);
    }
    for (String quote : QUOTES) {
      if (coins.length == 1 && plain.endsWith(quote) && plain.length() > quote.length()) {
        return new Symbol(plain.substring(0, plain.length() - quote.length()), quote);
      }
    }
    throw GivenText.refused("symbol", given, EXPECTED);
  }
}
