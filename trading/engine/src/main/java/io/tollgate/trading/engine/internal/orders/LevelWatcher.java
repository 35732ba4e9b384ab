package io.tollgate.trading.engine.internal.orders;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.execution.HeldPosition;
import io.tollgate.trading.engine.execution.OrderBooks;
import io.tollgate.trading.engine.execution.OrderTerms;
import io.tollgate.trading.engine.execution.Reservation;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.Ticker;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether prices have reached stops and targets of positions, and has those closed. Several
 * processes may: a close that a level asks for is one task, whoever comes to it.
 */
final class LevelWatcher {
  private static final Logger LOG = LoggerFactory.getLogger(LevelWatcher.class);
  private static final int AT_ONCE = 500;

  private final StoredBooks stored;
  private final OrderBooks books;
  private final AccountDoor door;
  private final Runnable reserved;

  /**
   * @param reserved told when there is an order to be placed
   */
  LevelWatcher(StoredBooks stored, OrderBooks books, AccountDoor door, Runnable reserved) {
    this.stored = requireNonNull(stored, "stored is null");
    this.books = requireNonNull(books, "books is null");
    this.door = requireNonNull(door, "door is null");
    this.reserved = requireNonNull(reserved, "reserved is null");
  }

  private record Market(Exchange exchange, MarketType type, boolean sandbox, Symbol symbol) {}

  /** Looks at all positions once; says how many it found to be closed. */
  int pass() {
    Map<Market, Optional<BigDecimal>> prices = new HashMap<>();
    int triggered = 0;
    String after = "";
    while (true) {
      List<HeldPosition> some = stored.watched(AT_ONCE, after);
      for (HeldPosition position : some) {
        try {
          triggered += look(position, prices) ? 1 : 0;
        } catch (RuntimeException e) {
          LOG.warn("position {} cannot be looked at", position.id(), e);
        }
      }
      if (some.size() < AT_ONCE) {
        break;
      }
      after = some.getLast().id();
    }
    if (triggered > 0) {
      reserved.run();
    }
    return triggered;
  }

  private boolean look(HeldPosition position, Map<Market, Optional<BigDecimal>> prices) {
    BookedAccount account = stored.account(position.key().account());
    Symbol symbol = position.key().symbol();
    Market market = new Market(account.exchange(), account.market(), account.sandbox(), symbol);
    Optional<BigDecimal> price =
        prices.computeIfAbsent(
            market,
            _ ->
                door.market(account).ticker(symbol) instanceof Accepted<Ticker>(Ticker ticker)
                    ? Optional.of(ticker.last())
                    : Optional.empty());
    Optional<OrderTerms> close = price.flatMap(at -> books.watched(position, at, stored.now()));
    return close
        .map(
            terms ->
                stored.change(
                    account.id(),
                    tables ->
                        // as it is now: it may have grown, shrunk or gone meanwhile
                        tables
                            .open(position.key())
                            .filter(now -> now.id().equals(position.id()))
                            .flatMap(now -> books.watched(now, price.get(), stored.now()))
                            .filter(
                                now ->
                                    books.reserve(tables, now, stored.now())
                                        instanceof Reservation.Reserved)
                            .isPresent()))
        .orElse(false);
  }
}
