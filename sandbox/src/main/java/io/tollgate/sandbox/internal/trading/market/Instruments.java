package io.tollgate.sandbox.internal.trading.market;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that is traded: five coins against USDT, each on both markets. */
public final class Instruments {
  /** What every symbol is quoted in. */
  public static final String QUOTE = "USDT";

  /** Before it there are no candles: 2020-01-01T00:00Z. */
  public static final long LISTED_SINCE = 1_577_836_800_000L;

  private static final List<Coin> COINS =
      List.of(
          coin("BTC", "50000", "0.01 0.00001 9000 150", "0.1 0.001 1000 120", 50),
          coin("ETH", "2500", "0.01 0.0001 9000 2000", "0.01 0.001 10000 2000", 20),
          coin("SOL", "150", "0.01 0.001 90000 20000", "0.01 0.01 100000 20000", 5),
          coin("XRP", "2", "0.0001 0.1 9000000 900000", "0.0001 0.1 10000000 2000000", 5),
          coin("DOGE", "0.2", "0.00001 1 90000000 9000000", "0.00001 1 50000000 30000000", 5));

  private static final BigDecimal SPOT_LEAST = BigDecimal.valueOf(5);

  private final Map<Market, Map<String, Instrument>> listed = new EnumMap<>(Market.class);

  /** A coin, with tick, step, most and most at market for both markets. */
  private record Coin(
      String name, BigDecimal start, String spot, String futures, int leastNotional) {}

  public Instruments() {
    for (Market market : Market.values()) {
      Map<String, Instrument> symbols = new LinkedHashMap<>();
      for (Coin coin : COINS) {
        Instrument instrument = instrument(market, coin);
        symbols.put(instrument.symbol(), instrument);
      }
      listed.put(market, symbols);
    }
  }

  private static Coin coin(String name, String start, String spot, String futures, int least) {
    return new Coin(name, new BigDecimal(start), spot, futures, least);
  }

  private static Instrument instrument(Market market, Coin coin) {
    String[] terms = (market == Market.SPOT ? coin.spot : coin.futures).split(" ", -1);
    return new Instrument(
        market,
        coin.name + QUOTE,
        coin.name,
        QUOTE,
        new BigDecimal(terms[0]),
        new BigDecimal(terms[1]),
        new BigDecimal(terms[2]),
        new BigDecimal(terms[3]),
        market == Market.SPOT ? SPOT_LEAST : BigDecimal.valueOf(coin.leastNotional));
  }

  /** Those of a market, in a fixed order. */
  public List<Instrument> of(Market market) {
    return List.copyOf(symbols(market).values());
  }

  public Optional<Instrument> find(Market market, String symbol) {
    return Optional.ofNullable(symbols(market).get(symbol));
  }

  /** All coins that can be held on the spot market. */
  public List<String> coins() {
    List<String> coins = new ArrayList<>(List.of(QUOTE));
    COINS.forEach(coin -> coins.add(coin.name));
    return coins;
  }

  /** The price at 2026-01-01T00:00Z by symbol. */
  Map<String, BigDecimal> starts() {
    Map<String, BigDecimal> starts = new LinkedHashMap<>();
    COINS.forEach(coin -> starts.put(coin.name + QUOTE, coin.start));
    return starts;
  }

  private Map<String, Instrument> symbols(Market market) {
    return listed.getOrDefault(market, Map.of());
  }
}
