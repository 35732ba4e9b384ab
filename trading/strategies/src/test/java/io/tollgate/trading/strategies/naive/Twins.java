package io.tollgate.trading.strategies.naive;

import io.tollgate.contracts.Timeframe;
import java.util.HashMap;
import java.util.Map;

/** The twin of each strategy. */
public final class Twins {
  private static final Map<String, Twin> ALL = all();

  private Twins() {}

  /** The twin of a code, on bars of a length. */
  public static Twin of(String code, Timeframe timeframe) {
    return switch (code) {
      case "mtf" -> (s, v) -> TrendTwins.multipleTimeframes(s, timeframe, v);
      case "portfolio" -> (s, v) -> PortfolioTwin.say(s, timeframe, v);
      default -> known(code);
    };
  }

  private static Twin known(String code) {
    Twin twin = ALL.get(code);
    if (twin == null) {
      throw new AssertionError("no twin of " + code);
    }
    return twin;
  }

  private static Map<String, Twin> all() {
    Map<String, Twin> all = new HashMap<>(TableTwins.all());
    all.putAll(TrendTwins.all());
    all.putAll(ReversionTwins.all());
    all.putAll(StructureTwins.all());
    return all;
  }
}
