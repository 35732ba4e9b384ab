package io.tollgate.trading.engine.internal.orders;

import io.tollgate.schema.trading.tables.records.TradeOrderRecord;
import io.tollgate.trading.engine.episode.Episode.Direction;
import io.tollgate.trading.engine.execution.BookedStatus;
import io.tollgate.trading.engine.execution.Claim;
import io.tollgate.trading.engine.execution.CloseReason;
import io.tollgate.trading.engine.execution.Levels;
import io.tollgate.trading.engine.execution.OrderFault;
import io.tollgate.trading.engine.execution.OrderLife;
import io.tollgate.trading.engine.execution.OrderTerms;
import io.tollgate.trading.engine.execution.OrderWork;
import io.tollgate.trading.engine.execution.PositionKey;
import io.tollgate.trading.engine.execution.Sent;
import io.tollgate.trading.engine.execution.TaskId;
import io.tollgate.trading.engine.execution.TradedOrder;
import io.tollgate.trading.engine.risk.RiskOrder;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.OrderType;
import io.tollgate.trading.exchange.Symbol;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Orders as rows. */
final class OrderRows {
  /** After so long an order that rests, or is in doubt, is looked at again. */
  private static final Duration LOOKED_AT_EVERY = Duration.ofSeconds(2);

  /** Trades may be shown a little later than the order that they filled. */
  private static final Duration FILLS_SHOWN_AFTER = Duration.ofMillis(500);

  private OrderRows() {}

  static TradedOrder read(TradeOrderRecord row) {
    OrderTerms terms =
        new OrderTerms(
            new TaskId(row.getTaskId()),
            new PositionKey(
                row.getAccountId(),
                MarketType.of("market_type", row.getMarketType()),
                Symbol.of(row.getSymbol()),
                Direction.valueOf(row.getPositionSide())),
            RiskOrder.Intent.valueOf(row.getTradeType()),
            RiskOrder.Origin.valueOf(row.getOrigin()),
            Optional.ofNullable(row.getSignalId()),
            Optional.ofNullable(row.getStrategyCode()),
            Optional.ofNullable(row.getCloseReason()).map(CloseReason::valueOf),
            OrderType.valueOf(row.getOrderType()),
            row.getQuantity(),
            Optional.ofNullable(row.getPrice()),
            row.getReferencePrice(),
            new Levels(
                Optional.ofNullable(row.getStopLoss()), Optional.ofNullable(row.getTakeProfit())),
            row.getSendBefore());
    return new TradedOrder(terms, life(row), row.getCreatedAt());
  }

  private static OrderLife life(TradeOrderRecord row) {
    Instant until = row.getClaimUntil();
    Instant first = row.getFirstSentAt();
    Instant voidAfter = row.getVoidAfter();
    String error = row.getErrorCode();
    String message = row.getErrorMessage();
    return new OrderLife(
        BookedStatus.valueOf(row.getStatus()),
        row.getQuantity(),
        new Claim(
            row.getClaimEpoch(),
            Optional.ofNullable(row.getClaimHolder()),
            until == null ? Instant.EPOCH : until),
        first == null || voidAfter == null
            ? Optional.empty()
            : Optional.of(new Sent(first, voidAfter)),
        Optional.ofNullable(row.getExchangeOrderId()),
        row.getShownQuantity(),
        row.getFilledQuantity(),
        error == null
            ? Optional.empty()
            : Optional.of(new OrderFault(error, message == null ? "" : message)));
  }

  /** What never changes of an order. */
  static void writeTerms(TradeOrderRecord row, TradedOrder order, BookedAccount account) {
    OrderTerms terms = order.terms();
    row.setTaskId(terms.task().text());
    row.setClientOrderId(terms.task().clientOrderId().text());
    row.setTenantId(account.tenant().value());
    row.setUserId(account.user().value());
    row.setAccountId(account.id());
    row.setSignalId(terms.signal().orElse(null));
    row.setStrategyCode(terms.strategy().orElse(null));
    row.setExchange(account.exchange().code());
    row.setSymbol(terms.position().symbol().toString());
    row.setMarketType(terms.position().market().code());
    row.setSide(terms.side().name());
    row.setOrderType(terms.type().name());
    row.setTradeType(terms.intent().name());
    row.setOrigin(terms.origin().name());
    row.setCloseReason(terms.closeReason().map(CloseReason::name).orElse(null));
    row.setPositionSide(terms.position().direction().name());
    row.setQuantity(terms.quantity());
    row.setPrice(terms.price().orElse(null));
    row.setReferencePrice(terms.reference());
    row.setStopLoss(terms.levels().stop().orElse(null));
    row.setTakeProfit(terms.levels().target().orElse(null));
    row.setSendBefore(terms.sendBefore());
    row.setCreatedAt(order.createdAt());
  }

  /** How it stands, and when somebody is to look at it again. */
  static void writeLife(TradeOrderRecord row, OrderLife life, Instant now) {
    row.setStatus(life.status().name());
    row.setExchangeOrderId(life.exchangeOrderId().orElse(null));
    row.setShownQuantity(life.filled());
    row.setFilledQuantity(life.booked());
    row.setErrorCode(life.fault().map(OrderFault::code).orElse(null));
    row.setErrorMessage(life.fault().map(OrderFault::sentence).orElse(null));
    row.setClaimEpoch(life.claim().epoch());
    row.setClaimHolder(life.claim().holder().orElse(null));
    row.setClaimUntil(life.claim().until());
    life.sent()
        .ifPresent(
            sent -> {
              row.setFirstSentAt(sent.first());
              row.setVoidAfter(sent.voidAfter());
              if (row.getSubmittedAt() == null) {
                row.setSubmittedAt(now);
              }
            });
    row.setWorkOpen(!life.settled());
    row.setNextWorkAt(next(life, now));
    row.setUpdatedAt(now);
  }

  private static Instant next(OrderLife life, Instant now) {
    boolean doubt =
        life.fault().filter(fault -> fault.code().equals(OrderFault.UNCONFIRMED)).isPresent();
    return switch (life.work()) {
      case OrderWork.Follow _ -> now.plus(LOOKED_AT_EVERY);
      case OrderWork.Resume _ -> doubt ? now.plus(LOOKED_AT_EVERY) : now;
      case OrderWork.Collect _ -> now.plus(FILLS_SHOWN_AFTER);
      case OrderWork.Place _, OrderWork.Nothing _ -> now;
    };
  }
}
