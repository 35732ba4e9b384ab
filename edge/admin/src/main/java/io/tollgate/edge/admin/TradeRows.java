package io.tollgate.edge.admin;

import io.tollgate.trading.engine.TradeRecords;
import io.tollgate.trading.engine.TradeRecords.Fee;
import io.tollgate.trading.engine.execution.BookedStatus;
import io.tollgate.trading.exchange.MarketType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders, trades and positions as they are listed. */
final class TradeRows {
  private static final int DECIMALS = 8;

  private TradeRows() {}

  /**
   * An order.
   *
   * @param totalFee in the fee's coin; 0 while nothing is filled
   * @param feeCurrency null while nothing is filled
   * @param isTerminal whether nothing more is done about it
   */
  record Order(
      String orderId,
      String clientOrderId,
      @Nullable String exchangeOrderId,
      long tenantId,
      long accountId,
      long userId,
      @Nullable String signalId,
      @Nullable String strategyCode,
      String symbol,
      String exchange,
      String marketType,
      String side,
      String orderType,
      String tradeType,
      @Nullable String closeReason,
      String positionSide,
      BigDecimal quantity,
      @Nullable BigDecimal price,
      @Nullable BigDecimal stopLoss,
      @Nullable BigDecimal takeProfit,
      @Nullable Integer leverage,
      String status,
      BigDecimal filledQuantity,
      BigDecimal remainingQuantity,
      @Nullable BigDecimal avgPrice,
      BigDecimal totalFee,
      @Nullable String feeCurrency,
      @Nullable String errorCode,
      @Nullable String errorMessage,
      boolean isFilled,
      boolean isTerminal,
      Instant createdAt,
      @Nullable Instant submittedAt,
      Instant updatedAt) {
    static Order of(TradeRecords.OrderRecord order) {
      TradeRecords.Traded traded = order.traded();
      List<Fee> fees = order.fees();
      return new Order(
          order.id(),
          order.clientOrderId(),
          order.exchangeOrderId().orElse(null),
          traded.tenant().value(),
          traded.account(),
          traded.user().value(),
          order.signal().orElse(null),
          order.strategy().orElse(null),
          traded.symbol(),
          traded.exchange().code(),
          traded.market().code(),
          order.side().name(),
          order.type().name(),
          order.intent().name(),
          order.closeReason().map(Enum::name).orElse(null),
          sideOf(traded),
          order.quantity(),
          order.price().orElse(null),
          order.stop().orElse(null),
          order.target().orElse(null),
          null,
          order.status().name(),
          order.filled(),
          order.quantity().subtract(order.filled()),
          order.averagePrice().orElse(null),
          fees.isEmpty() ? BigDecimal.ZERO : fees.getFirst().amount(),
          fees.isEmpty() ? null : fees.getFirst().currency(),
          order.errorCode().orElse(null),
          order.errorMessage().orElse(null),
          order.status() == BookedStatus.FILLED,
          order.status().ended(),
          order.createdAt(),
          order.submittedAt().orElse(null),
          order.updatedAt());
    }
  }

  /** A trade; its value is quantity × price. */
  record Fill(
      String fillId,
      String exchangeTradeId,
      String orderId,
      long tenantId,
      long accountId,
      String symbol,
      String side,
      String tradeType,
      BigDecimal quantity,
      BigDecimal price,
      BigDecimal value,
      BigDecimal fee,
      String feeCurrency,
      String exchange,
      String marketType,
      Instant filledAt,
      Instant createdAt) {
    static Fill of(TradeRecords.FillRecord fill) {
      return new Fill(
          fill.id(),
          fill.exchangeTradeId(),
          fill.order(),
          fill.tenant().value(),
          fill.account(),
          fill.symbol(),
          fill.side().name(),
          fill.intent().name(),
          fill.quantity(),
          fill.price(),
          fill.quantity().multiply(fill.price()),
          fill.fee().amount(),
          fill.fee().currency(),
          fill.exchange().code(),
          fill.market().code(),
          fill.filledAt(),
          fill.createdAt());
    }
  }

  /** A position; while it is being closed all of it is frozen. */
  record Position(
      String positionId,
      long tenantId,
      long accountId,
      String symbol,
      String exchange,
      String marketType,
      String positionSide,
      BigDecimal quantity,
      BigDecimal available,
      BigDecimal frozen,
      BigDecimal avgCost,
      BigDecimal totalCost,
      BigDecimal realizedPnl,
      @Nullable BigDecimal unrealizedPnl,
      @Nullable BigDecimal marketValue,
      @Nullable Integer leverage,
      @Nullable BigDecimal margin,
      @Nullable BigDecimal liquidationPrice,
      @Nullable BigDecimal entryPrice,
      @Nullable BigDecimal stopLoss,
      @Nullable BigDecimal takeProfit,
      @Nullable String strategyCode,
      String status,
      @Nullable String closeReason,
      Instant openedAt,
      @Nullable Instant closedAt,
      Instant createdAt,
      Instant updatedAt) {
    static Position of(TradeRecords.PositionRecord position) {
      TradeRecords.Traded traded = position.traded();
      BigDecimal quantity = position.quantity();
      return new Position(
          position.id(),
          traded.tenant().value(),
          traded.account(),
          traded.symbol(),
          traded.exchange().code(),
          traded.market().code(),
          sideOf(traded),
          quantity,
          position.closing() ? BigDecimal.ZERO : quantity,
          position.closing() ? quantity : BigDecimal.ZERO,
          quantity.signum() == 0
              ? BigDecimal.ZERO
              : position.cost().divide(quantity, DECIMALS, RoundingMode.HALF_EVEN),
          position.cost(),
          position.realized(),
          null,
          null,
          null,
          null,
          null,
          position.entryPrice().orElse(null),
          position.stop().orElse(null),
          position.target().orElse(null),
          position.strategy().orElse(null),
          position.status().name(),
          position.closeReason().map(Enum::name).orElse(null),
          position.openedAt(),
          position.closedAt().orElse(null),
          position.createdAt(),
          position.updatedAt());
    }
  }

  private static String sideOf(TradeRecords.Traded traded) {
    return traded.market() == MarketType.SPOT ? "NONE" : traded.direction().name();
  }
}
