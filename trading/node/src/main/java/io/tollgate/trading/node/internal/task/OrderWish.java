package io.tollgate.trading.node.internal.task;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.GivenText;
import io.tollgate.trading.exchange.OrderType;
import io.tollgate.trading.exchange.PairText;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.web.JsonFields;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An order as it is asked for, before the exchange's rules make it one.
 *
 * @param position as given; empty: as the account is set
 * @param quantity in the base coin; wins over the amount
 * @param amount in the quote coin; one of both, or neither for the whole of what is closed
 * @param price of a limit order
 * @param leverage to be set before, where it is given
 * @param sendWithin later than that it is not sent any more
 */
public record OrderWish(
    Symbol symbol,
    Side side,
    TradeKind kind,
    Optional<PositionSide> position,
    OrderType type,
    Optional<BigDecimal> quantity,
    Optional<BigDecimal> amount,
    Optional<BigDecimal> price,
    Optional<Integer> leverage,
    Duration sendWithin) {
  /** Where nothing else is said. */
  private static final Duration USUAL_TIME = Duration.ofSeconds(20);

  private static final int HIGHEST_LEVERAGE = 125;

  public OrderWish {
    requireNonNull(symbol, "symbol is null");
    requireNonNull(side, "side is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(position, "position is null");
    requireNonNull(type, "type is null");
    requireNonNull(quantity, "quantity is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(price, "price is null");
    requireNonNull(leverage, "leverage is null");
    requireNonNull(sendWithin, "sendWithin is null");
    if (!kind.reduces() && quantity.isEmpty() && amount.isEmpty()) {
      throw JsonFields.missing("amount_usdt", "an amount more than 0, or a quantity");
    }
    if (type == OrderType.LIMIT && price.isEmpty()) {
      throw JsonFields.missing("price", "that of the limit order");
    }
  }

  /**
   * Reads what a task wants.
   *
   * @param said who says something of it, the strongest first: task, request, signal
   * @param kind where nobody says it
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} naming what is wrong
   */
  public static OrderWish read(List<JsonFields> said, Optional<TradeKind> kind) {
    OrderType type =
        text(said, "order_type", "MARKET or LIMIT").map(OrderWish::type).orElse(OrderType.MARKET);
    Optional<BigDecimal> price =
        type == OrderType.MARKET
            ? Optional.empty()
            : positive(said, "price").or(() -> positive(said, "entry_price"));
    // who says how much says it alone: a signal's quantity is not that of a task's amount
    Optional<JsonFields> decides =
        said.stream()
            .filter(
                fields ->
                    positive(fields, "quantity").isPresent()
                        || positive(fields, "amount_usdt").isPresent())
            .findFirst();
    return new OrderWish(
        symbol(said),
        text(said, "side", "BUY or SELL")
            .map(word -> side(word, kind))
            .orElseThrow(() -> JsonFields.missing("side", "BUY or SELL")),
        kind.orElseGet(() -> kind(said)),
        text(said, "position_side", "LONG, SHORT or NONE").map(OrderWish::position),
        type,
        decides.flatMap(fields -> positive(fields, "quantity")),
        decides.flatMap(fields -> positive(fields, "amount_usdt")),
        price,
        whole(said, "leverage", HIGHEST_LEVERAGE).map(Long::intValue),
        whole(said, "timeout_ms", USUAL_TIME.toMillis())
            .map(Duration::ofMillis)
            .orElse(USUAL_TIME));
  }

  /** The pair of whoever says it first. */
  public static Symbol symbol(List<JsonFields> said) {
    return text(said, "canonical_symbol", "a pair such as BTC/USDT")
        .or(() -> text(said, "symbol", "a pair such as BTC/USDT"))
        .map(PairText::read)
        .orElseThrow(() -> JsonFields.missing("symbol", "a pair such as BTC/USDT"));
  }

  /** Whether it is the long or the short side that it makes smaller. */
  public PositionSide closes() {
    return side == Side.SELL ? PositionSide.LONG : PositionSide.SHORT;
  }

  private static TradeKind kind(List<JsonFields> said) {
    return text(said, "trade_type", "OPEN, ADD, REDUCE or CLOSE")
        .map(word -> TradeKind.of("trade_type", word))
        .or(
            () ->
                text(said, "signal_type", "OPEN, ADD or CLOSE")
                    .map(word -> TradeKind.of("signal_type", word)))
        .orElse(TradeKind.OPEN);
  }

  /** Who closes may name the position in place of the order. */
  private static Side side(String word, Optional<TradeKind> fixed) {
    boolean closes = fixed.filter(TradeKind::reduces).isPresent();
    String upper = word.toUpperCase(Locale.ROOT);
    if (upper.equals("BUY") || (closes && upper.equals("SHORT"))) {
      return Side.BUY;
    }
    if (upper.equals("SELL") || (closes && upper.equals("LONG"))) {
      return Side.SELL;
    }
    throw GivenText.refused("side", word, closes ? "BUY, SELL, LONG or SHORT" : "BUY or SELL");
  }

  private static OrderType type(String word) {
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "MARKET" -> OrderType.MARKET;
      case "LIMIT" -> OrderType.LIMIT;
      default -> throw GivenText.refused("order_type", word, "MARKET or LIMIT");
    };
  }

  private static PositionSide position(String word) {
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "LONG" -> PositionSide.LONG;
      case "SHORT" -> PositionSide.SHORT;
      case "NONE", "BOTH" -> PositionSide.NONE;
      default -> throw GivenText.refused("position_side", word, "LONG, SHORT or NONE");
    };
  }

  private static Optional<String> text(List<JsonFields> said, String name, String expected) {
    return said.stream().flatMap(fields -> fields.text(name, expected).stream()).findFirst();
  }

  private static Optional<Long> whole(List<JsonFields> said, String name, long most) {
    return said.stream().flatMap(fields -> fields.wholeNumber(name, 1, most).stream()).findFirst();
  }

  /** Zero counts as not said, as callers write it where they mean nothing. */
  private static Optional<BigDecimal> positive(JsonFields fields, String name) {
    String expected = "a number of 0 or more";
    Optional<BigDecimal> number = fields.decimal(name, expected);
    if (number.isPresent() && number.get().signum() < 0) {
      throw GivenText.refused(name, number.get().toPlainString(), expected);
    }
    return number.filter(given -> given.signum() > 0);
  }

  private static Optional<BigDecimal> positive(List<JsonFields> said, String name) {
    return said.stream().flatMap(fields -> positive(fields, name).stream()).findFirst();
  }
}
