package io.tollgate.trading.engine.execution;

import io.tollgate.trading.engine.risk.RiskCheck;
import io.tollgate.trading.exchange.Symbol;
import java.util.Optional;

/**
 * The books of one account within one transaction that holds the account's lock: nobody else
 * changes them until it ends, and either all of it is done or nothing.
 */
public interface BookTables {
  /** An order of the account. */
  Optional<TradedOrder> order(TaskId task);

  /** Adds an order; there is none of its task. */
  void add(TradedOrder order);

  /** Keeps an order in its new state. */
  void save(TradedOrder order);

  /** Whether a trade of the exchange is in the books. */
  boolean hasFill(Symbol symbol, String tradeId);

  /**
   * Books a fill with what it makes of the ledger.
   *
   * @param late whether its order was taken for ended
   */
  void addFill(TradedOrder order, PricedFill fill, FillBooking booking, boolean late);

  /** The position that is open under a key. */
  Optional<HeldPosition> open(PositionKey key);

  /** Keeps a position; when it is closed, it is to be told to whoever shares its profit. */
  void save(HeldPosition position);

  /** Makes an id of a position. */
  String newPositionId();

  /** What rules ask for. */
  AccountStanding standing();

  /** The rules of platform, tenant and account, as they are set now. */
  RiskCheck rules();

  /** Why a pair takes no new entries, if so. */
  Optional<String> heldBack(Symbol symbol);

  /** Something that cannot be explained: it is listed, somebody is told, nothing new is entered. */
  void unexplained(Symbol symbol, String sentence);
}
