package io.tollgate.trading.node.internal.order;

import io.tollgate.trading.exchange.Done;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Outcome.NoChange;
import io.tollgate.trading.exchange.Outcome.Rejected;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.TradingAccount;
import io.tollgate.trading.node.internal.task.NodeAccount;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How accounts of contracts are set, as far as this process has set it: an exchange is asked once.
 * Safe for use by many threads.
 */
public final class AccountTerms {
  private static final int MOST = 50_000;

  private final Map<NodeAccount, Boolean> hedged = bounded();
  private final Map<Leveraged, Integer> leverages = bounded();

  private record Leveraged(NodeAccount account, Symbol symbol) {}

  /**
   * Sees to it that longs and shorts are apart; false where the exchange will not have it so, as
   * while there are positions.
   */
  Outcome<Boolean> hedged(NodeAccount whose, TradingAccount account) {
    Optional<Boolean> known = known(hedged, whose);
    if (known.isPresent()) {
      return new Accepted<>(known.get());
    }
    Outcome<Boolean> asked =
        switch (account.setHedgeMode(true)) {
          case Accepted<Done> _, NoChange<Done> _ -> new Accepted<>(true);
          case Rejected<Done> _ -> new Accepted<>(false);
          case Outcome<Done> other -> other.map(_ -> true);
        };
    if (asked instanceof Accepted<Boolean>(Boolean apart)) {
      keep(hedged, whose, apart);
    }
    return asked;
  }

  /** Sets the leverage of a symbol, unless it was set so before. */
  Outcome<Done> leverage(NodeAccount whose, TradingAccount account, Symbol symbol, int leverage) {
    Leveraged which = new Leveraged(whose, symbol);
    if (known(leverages, which).filter(set -> set == leverage).isPresent()) {
      return new NoChange<>("as before");
    }
    Outcome<Done> set = account.setLeverage(symbol, leverage);
    if (set instanceof Accepted || set instanceof NoChange) {
      keep(leverages, which, leverage);
    }
    return set;
  }

  private synchronized <K, V> Optional<V> known(Map<K, V> map, K key) {
    return Optional.ofNullable(map.get(key));
  }

  private synchronized <K, V> void keep(Map<K, V> map, K key, V value) {
    map.put(key, value);
  }

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MOST;
      }
    };
  }
}
