package io.tollgate.trading.node.internal.order;

import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.Ticker;
import io.tollgate.trading.node.internal.task.NodeAccount;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Last prices, which a thousand tasks of one signal ask for at once: the exchange is asked by one
 * of them, and what it says holds for a second. Safe for use by many threads.
 */
public final class Prices {
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int MOST = 1_000;

  private final LongSupplier nanos;
  private final Map<Market, Slot> slots =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Market, Slot> eldest) {
          return size() > MOST;
        }
      };

  private record Market(Exchange exchange, MarketType type, boolean sandbox, Symbol symbol) {}

  private static final class Slot {
    private final ReentrantLock asking = new ReentrantLock();
    private Outcome<Ticker> last = new Outcome.Unknown<>("not asked");
    private long at;
  }

  /**
   * @param nanos a clock that never goes back: {@code System::nanoTime}
   */
  public Prices(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** A second old at most. */
  public Outcome<Ticker> of(NodeAccount account, MarketData market, Symbol symbol) {
    Slot slot = slot(new Market(account.exchange(), account.market(), account.sandbox(), symbol));
    slot.asking.lock();
    try {
      boolean fresh = slot.last instanceof Accepted && nanos.getAsLong() - slot.at < FRESH_NANOS;
      if (!fresh) {
        slot.last = market.ticker(symbol);
        slot.at = nanos.getAsLong();
      }
      return slot.last;
    } finally {
      slot.asking.unlock();
    }
  }

  private synchronized Slot slot(Market market) {
    return slots.computeIfAbsent(market, _ -> new Slot());
  }
}
