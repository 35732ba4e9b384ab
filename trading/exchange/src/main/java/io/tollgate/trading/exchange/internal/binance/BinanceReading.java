package io.tollgate.trading.exchange.internal.binance;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.OrderStatus;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.UnreadableAnswer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** Reads orders and trades of both of Binance's markets. */
final class BinanceReading {
  private BinanceReading() {}

  static OrderState order(Fields row, Symbol symbol) {
    BigDecimal filled = row.number("executedQty");
    return new OrderState(
        // a cancel's answer has an id of its own where others have the order's
        row.find("origClientOrderId")
            .or(() -> row.find("clientOrderId"))
            .filter(ClientOrderId::isOurs)
            .map(ClientOrderId::new),
        row.text("orderId"),
        symbol,
        side(row.text("side")),
        status(row.text("status")),
        row.number("origQty"),
        filled,
        average(row, filled),
        row.has("updateTime")
            ? row.millis("updateTime")
            : row.has("transactTime") ? row.millis("transactTime") : row.millis("time"));
  }

  private static Optional<BigDecimal> average(Fields row, BigDecimal filled) {
    if (filled.signum() == 0) {
      return Optional.empty();
    }
    return row.findNumber("avgPrice")
        .filter(price -> price.signum() > 0)
        .or(
            () ->
                row.findNumber("cummulativeQuoteQty")
                    .or(() -> row.findNumber("cumQuote"))
                    .filter(quote -> quote.signum() > 0)
                    .map(quote -> quote.divide(filled, MathContext.DECIMAL64)));
  }

  static Fill fill(Fields row, Symbol symbol) {
    return new Fill(
        row.text("id"),
        row.text("orderId"),
        symbol,
        row.find("side")
            .map(BinanceReading::side)
            .orElseGet(() -> row.isTrue("isBuyer") ? Side.BUY : Side.SELL),
        row.number("qty"),
        row.number("price"),
        row.number("commission"),
        row.text("commissionAsset"),
        row.millis("time"));
  }

  static Side side(String text) {
    return switch (text) {
      case "BUY" -> Side.BUY;
      case "SELL" -> Side.SELL;
      default -> throw new UnreadableAnswer("side " + text);
    };
  }

  static OrderStatus status(String text) {
    return switch (text) {
      case "NEW", "PENDING_NEW", "PENDING_CANCEL" -> OrderStatus.OPEN;
      case "PARTIALLY_FILLED" -> OrderStatus.PARTIAL;
      case "FILLED" -> OrderStatus.FILLED;
      case "CANCELED" -> OrderStatus.CANCELLED;
      case "REJECTED" -> OrderStatus.REJECTED;
      case "EXPIRED", "EXPIRED_IN_MATCH" -> OrderStatus.EXPIRED;
      default -> throw new UnreadableAnswer("status " + text);
    };
  }
}
