package io.tollgate.edge.admin;

import io.tollgate.ground.GivenText;
import io.tollgate.ledger.RequestHash;
import io.tollgate.trading.engine.ManualTrading.ManualClose;
import io.tollgate.trading.engine.ManualTrading.ManualOrder;
import io.tollgate.trading.engine.ManualTrading.Where;
import io.tollgate.trading.engine.episode.Episode.Direction;
import io.tollgate.trading.engine.execution.Levels;
import io.tollgate.trading.engine.risk.RiskOrder.Intent;
import io.tollgate.trading.exchange.PairText;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Orders by hand, as they are sent. */
final class ManualOrderBody {
  private static final String PAIR = "a pair such as BTC/USDT";
  private static final String AMOUNT = "a number above 0";
  private static final int DIGITS_MOST = 20;
  private static final int KEY_MOST = 128;

  private ManualOrderBody() {}

  static ManualOrder order(Request request, Supplier<String> keys) {
    JsonFields body = JsonFields.of(request.json());
    Symbol symbol = symbol(body);
    Side side = choice(body, "side", Side.values()).orElse(Side.BUY);
    Intent intent = choice(body, "trade_type", Intent.values()).orElse(Intent.OPEN);
    Optional<String> type = body.text("order_type", "market");
    if (type.filter(given -> !given.equalsIgnoreCase("market")).isPresent()) {
      throw GivenText.refused("order_type", type.get(), "market");
    }
    Direction direction = intent.enters() == (side == Side.BUY) ? Direction.LONG : Direction.SHORT;
    Optional<Direction> given = choice(body, "position_side", Direction.values());
    if (given.filter(each -> each != direction).isPresent()) {
      throw GivenText.refused(
          "position_side",
          given.get().name(),
          direction + ", as it is to " + side + " and " + intent);
    }
    Optional<BigDecimal> quantity = positive(body, "amount");
    Optional<BigDecimal> usdt = positive(body, "amount_usdt");
    if (quantity.isPresent() && usdt.isPresent()) {
      throw GivenText.refused("amount_usdt", usdt.get().toString(), "none beside an amount");
    }
    Levels levels = new Levels(positive(body, "stop_loss"), positive(body, "take_profit"));
    return new ManualOrder(
        key(request, keys), where(body), symbol, intent, direction, quantity, usdt, levels);
  }

  private static Where where(JsonFields body) {
    OptionalLong account = account(body);
    Optional<String> strategy = body.text("strategy", TradingFields.CODE);
    if (strategy.isPresent() == account.isPresent()) {
      throw GivenText.refused(
          "account_id",
          account.isPresent() ? Long.toString(account.getAsLong()) : "",
          "an account, or a strategy, and not both");
    }
    return strategy
        .<Where>map(Where.OfStrategy::new)
        .orElseGet(() -> new Where.OfAccount(account.orElseThrow()));
  }

  /** With a key, the same request again orders nothing twice. */
  private static String key(Request request, Supplier<String> keys) {
    Optional<String> key = request.header("Idempotency-Key");
    if (key.filter(given -> given.isBlank() || given.length() > KEY_MOST).isPresent()) {
      throw GivenText.refused("Idempotency-Key", key.get(), "1 to " + KEY_MOST + " characters");
    }
    return key.map(given -> "K" + HexFormat.of().formatHex(RequestHash.of(given), 0, 16))
        .orElseGet(keys);
  }

  static ManualClose close(Request request) {
    JsonFields body = JsonFields.of(request.json());
    return new ManualClose(
        Optional.empty(),
        account(body),
        symbol(body),
        choice(body, "position_side", Direction.values()),
        positive(body, "quantity"));
  }

  private static Symbol symbol(JsonFields body) {
    return PairText.read(body.requireText("symbol", PAIR));
  }

  private static OptionalLong account(JsonFields body) {
    return body.wholeNumber("account_id", 1, Long.MAX_VALUE)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  private static <E extends Enum<E>> Optional<E> choice(JsonFields body, String name, E[] all) {
    String words = String.join(", ", Arrays.stream(all).map(Enum::name).toList());
    return body.text(name, words)
        .map(
            given ->
                Arrays.stream(all)
                    .filter(each -> each.name().equalsIgnoreCase(given))
                    .findFirst()
                    .orElseThrow(() -> GivenText.refused(name, given, words)));
  }

  private static Optional<BigDecimal> positive(JsonFields body, String name) {
    return body.decimal(name, AMOUNT)
        .map(
            given -> {
              boolean fits =
                  given.signum() > 0
                      && given.precision() <= DIGITS_MOST
                      && Math.abs((long) given.scale()) <= DIGITS_MOST;
              if (!fits) {
                throw GivenText.refused(name, given.toString(), AMOUNT);
              }
              return given;
            });
  }
}
