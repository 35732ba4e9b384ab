package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import io.tollgate.trading.engine.episode.Episode.Direction;
import io.tollgate.trading.engine.execution.Levels;
import io.tollgate.trading.engine.risk.RiskOrder;
import io.tollgate.trading.exchange.Symbol;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What people order by hand. Orders are reserved here, and placed by whichever process trades; both
 * calls wait for a while for what comes of it, and block meanwhile. Safe for use by many threads.
 */
public interface ManualTrading {
  /**
   * Has a market order placed on each account that is meant. Rules of risk apply.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such account; {@code
   *     INVALID_REQUEST} when side and direction do not go together, or nothing says how much
   */
  Placed place(ManualOrder order);

  /**
   * Has a position closed, or made smaller. Asked again while that is under way it is the same
   * close.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when no open position is meant; {@code
   *     INVALID_REQUEST} when several are
   */
  OnAccount close(ManualClose close);

  /** On which accounts. */
  sealed interface Where {
    /** All that follow a strategy, by its code. */
    record OfStrategy(String code) implements Where {
      public OfStrategy {
        requireNonNull(code, "code is null");
      }
    }

    /** One. */
    record OfAccount(long account) implements Where {}
  }

  /**
   * An order by hand.
   *
   * @param key the same key is the same order, however often it is said
   * @param direction of the position that it makes larger or smaller
   * @param quantity of the base coin
   * @param amountUsdt in place of a quantity; with neither, of a strategy: as the binding sizes,
   *     and of what makes a position smaller: all of it
   */
  record ManualOrder(
      String key,
      Where where,
      Symbol symbol,
      RiskOrder.Intent intent,
      Direction direction,
      Optional<BigDecimal> quantity,
      Optional<BigDecimal> amountUsdt,
      Levels levels) {
    public ManualOrder {
      requireNonNull(key, "key is null");
      requireNonNull(where, "where is null");
      requireNonNull(symbol, "symbol is null");
      requireNonNull(intent, "intent is null");
      requireNonNull(direction, "direction is null");
      requireNonNull(quantity, "quantity is null");
      requireNonNull(amountUsdt, "amountUsdt is null");
      requireNonNull(levels, "levels is null");
    }
  }

  /**
   * A close by hand.
   *
   * @param tenant whose positions are looked at; empty: everybody's
   * @param quantity of the base coin; empty: all of it
   */
  record ManualClose(
      Optional<TenantId> tenant,
      OptionalLong account,
      Symbol symbol,
      Optional<Direction> direction,
      Optional<BigDecimal> quantity) {
    public ManualClose {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(account, "account is null");
      requireNonNull(symbol, "symbol is null");
      requireNonNull(direction, "direction is null");
      requireNonNull(quantity, "quantity is null");
    }
  }

  /** What came of an order on all accounts. */
  sealed interface Placed {
    /** There is no strategy of that code. */
    record NoStrategy() implements Placed {}

    /** Nobody follows it. */
    record NoBindings() implements Placed {}

    /** It was tried on each of these. */
    record Tried(List<OnAccount> accounts) implements Placed {
      public Tried {
        accounts = List.copyOf(accounts);
      }
    }
  }

  /**
   * What came of it on one account.
   *
   * @param success an order is there, and was not refused: filled, or still on its way
   * @param skipped nothing was ordered, as a rule or a minimum stands against it
   * @param filled of the base coin, until now
   * @param price of it, in the mean
   * @param code and what is wrong; empty where nothing is
   */
  record OnAccount(
      long account,
      long user,
      boolean success,
      boolean skipped,
      Optional<String> order,
      Optional<String> exchangeOrder,
      BigDecimal filled,
      Optional<BigDecimal> price,
      Optional<String> code,
      Optional<String> error) {
    public OnAccount {
      requireNonNull(order, "order is null");
      requireNonNull(exchangeOrder, "exchangeOrder is null");
      requireNonNull(filled, "filled is null");
      requireNonNull(price, "price is null");
      requireNonNull(code, "code is null");
      requireNonNull(error, "error is null");
    }
  }
}
