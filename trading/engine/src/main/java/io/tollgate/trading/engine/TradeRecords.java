package io.tollgate.trading.engine;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListQuery;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.trading.engine.episode.Episode.Direction;
import io.tollgate.trading.engine.execution.BookedStatus;
import io.tollgate.trading.engine.execution.CloseReason;
import io.tollgate.trading.engine.risk.RiskOrder;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.OrderType;
import io.tollgate.trading.exchange.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was ordered, traded and held, the newest first. Reads in the caller's transaction. Safe for
 * use by many threads.
 */
public interface TradeRecords {
  /** Orders, by when they were reserved. */
  ListQuery<OrderFilter, OrderRecord> orders();

  /** Trades, by when they were made. */
  ListQuery<FillFilter, FillRecord> fills();

  /** Positions, by when they changed last. */
  ListQuery<PositionFilter, PositionRecord> positions();

  /** Which account's; what is empty is not asked for. */
  record Owner(Optional<TenantId> tenant, OptionalLong account) {
    public Owner {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(account, "account is null");
    }
  }

  /** When, both ends included. */
  record Span(Optional<Instant> from, Optional<Instant> until) {
    public Span {
      requireNonNull(from, "from is null");
      requireNonNull(until, "until is null");
    }
  }

  /**
   * Which orders.
   *
   * @param symbol as {@code BTC/USDT}
   * @param span of when they were reserved
   */
  record OrderFilter(
      Owner owner,
      Optional<UserId> user,
      Optional<String> symbol,
      Optional<Exchange> exchange,
      Optional<Side> side,
      Optional<BookedStatus> status,
      Optional<String> signal,
      Optional<RiskOrder.Intent> intent,
      Optional<CloseReason> closeReason,
      Optional<Direction> direction,
      Span span) {
    public OrderFilter {
      requireNonNull(owner, "owner is null");
      requireNonNull(user, "user is null");
      requireNonNull(symbol, "symbol is null");
      requireNonNull(exchange, "exchange is null");
      requireNonNull(side, "side is null");
      requireNonNull(status, "status is null");
      requireNonNull(signal, "signal is null");
      requireNonNull(intent, "intent is null");
      requireNonNull(closeReason, "closeReason is null");
      requireNonNull(direction, "direction is null");
      requireNonNull(span, "span is null");
    }
  }

  /**
   * Which trades.
   *
   * @param order its id
   * @param span of when they were made
   */
  record FillFilter(
      Owner owner,
      Optional<String> order,
      Optional<String> symbol,
      Optional<Side> side,
      Optional<RiskOrder.Intent> intent,
      Span span) {
    public FillFilter {
      requireNonNull(owner, "owner is null");
      requireNonNull(order, "order is null");
      requireNonNull(symbol, "symbol is null");
      requireNonNull(side, "side is null");
      requireNonNull(intent, "intent is null");
      requireNonNull(span, "span is null");
    }
  }

  /**
   * Which positions.
   *
   * @param open whether something of them is held
   */
  record PositionFilter(
      Owner owner,
      Optional<String> symbol,
      Optional<Exchange> exchange,
      Optional<MarketType> market,
      Optional<Direction> direction,
      Optional<PositionStatus> status,
      Optional<CloseReason> closeReason,
      Optional<Boolean> open) {
    public PositionFilter {
      requireNonNull(owner, "owner is null");
      requireNonNull(symbol, "symbol is null");
      requireNonNull(exchange, "exchange is null");
      requireNonNull(market, "market is null");
      requireNonNull(direction, "direction is null");
      requireNonNull(status, "status is null");
      requireNonNull(closeReason, "closeReason is null");
      requireNonNull(open, "open is null");
    }
  }

  /** How a position stands. */
  enum PositionStatus {
    OPEN,
    CLOSED,
    /** Closed by the exchange. */
    LIQUIDATED
  }

  /** Where and of what something was. */
  record Traded(
      TenantId tenant,
      UserId user,
      long account,
      Exchange exchange,
      MarketType market,
      String symbol,
      Direction direction) {
    public Traded {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      requireNonNull(exchange, "exchange is null");
      requireNonNull(market, "market is null");
      requireNonNull(symbol, "symbol is null");
      requireNonNull(direction, "direction is null");
    }
  }

  /**
   * An order.
   *
   * @param filled of the base coin, as there are trades of it in the books
   * @param averagePrice of what is filled
   * @param fees by coin; none while nothing is filled
   */
  record OrderRecord(
      String id,
      String clientOrderId,
      Optional<String> exchangeOrderId,
      Traded traded,
      Optional<String> signal,
      Optional<String> strategy,
      Side side,
      OrderType type,
      RiskOrder.Intent intent,
      Optional<CloseReason> closeReason,
      BigDecimal quantity,
      Optional<BigDecimal> price,
      Optional<BigDecimal> stop,
      Optional<BigDecimal> target,
      BookedStatus status,
      BigDecimal filled,
      Optional<BigDecimal> averagePrice,
      List<Fee> fees,
      Optional<String> errorCode,
      Optional<String> errorMessage,
      Instant createdAt,
      Optional<Instant> submittedAt,
      Instant updatedAt) {
    public OrderRecord {
      requireNonNull(id, "id is null");
      requireNonNull(traded, "traded is null");
      requireNonNull(status, "status is null");
      fees = List.copyOf(fees);
    }
  }

  /** What was paid in one coin. */
  record Fee(String currency, BigDecimal amount) {
    public Fee {
      requireNonNull(currency, "currency is null");
      requireNonNull(amount, "amount is null");
    }
  }

  /** A trade of an order. */
  record FillRecord(
      String id,
      String exchangeTradeId,
      String order,
      TenantId tenant,
      long account,
      Exchange exchange,
      MarketType market,
      String symbol,
      Side side,
      RiskOrder.Intent intent,
      BigDecimal quantity,
      BigDecimal price,
      Fee fee,
      Instant filledAt,
      Instant createdAt) {
    public FillRecord {
      requireNonNull(id, "id is null");
      requireNonNull(fee, "fee is null");
    }
  }

  /**
   * A position.
   *
   * @param cost of what is held, in the quote coin
   * @param realized what it brought so far, after fees and funding
   * @param closing whether an order to close it is under way
   */
  record PositionRecord(
      String id,
      Traded traded,
      Optional<String> strategy,
      BigDecimal quantity,
      BigDecimal cost,
      BigDecimal realized,
      boolean closing,
      Optional<BigDecimal> entryPrice,
      Optional<BigDecimal> stop,
      Optional<BigDecimal> target,
      PositionStatus status,
      Optional<CloseReason> closeReason,
      Instant openedAt,
      Optional<Instant> closedAt,
      Instant createdAt,
      Instant updatedAt) {
    public PositionRecord {
      requireNonNull(id, "id is null");
      requireNonNull(traded, "traded is null");
      requireNonNull(status, "status is null");
    }
  }
}
