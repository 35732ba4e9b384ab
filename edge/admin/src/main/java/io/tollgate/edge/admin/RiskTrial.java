package io.tollgate.edge.admin;

import io.tollgate.ground.GivenText;
import io.tollgate.trading.engine.risk.LastTime;
import io.tollgate.trading.engine.risk.RiskFacts;
import io.tollgate.trading.engine.risk.RiskOrder;
import io.tollgate.trading.engine.risk.RiskVerdict;
import io.tollgate.trading.exchange.PairText;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.web.JsonFields;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A question of what the rules of risk would say of a signal, and the answer. Nothing comes of it.
 *
 * @param quantity in the base coin, where it can be told
 * @param price at which it would be entered
 */
record RiskTrial(
    JsonNode signal,
    OptionalLong account,
    RiskOrder order,
    RiskFacts facts,
    Optional<BigDecimal> quantity,
    Optional<BigDecimal> price,
    Optional<BigDecimal> stop,
    Optional<BigDecimal> target) {
  private static final String NUMBER = "a number";
  private static final String PRICE = "a price above 0";
  private static final String TIME = "a time";
  private static final int DECIMALS = 8;

  static RiskTrial of(JsonFields body, Instant now) {
    JsonNode node =
        body.find("signal")
            .filter(JsonNode::isObject)
            .orElseThrow(() -> JsonFields.missing("signal", "an object with a symbol"));
    JsonFields signal = JsonFields.of(node);
    Symbol symbol = PairText.read(signal.requireText("symbol", "a pair such as BTC/USDT"));
    Side _ = choice(signal, "side", Side.BUY);
    RiskOrder.Intent intent = choice(signal, "signal_type", RiskOrder.Intent.OPEN);
    JsonFields facts =
        JsonFields.of(body.find("facts").orElseGet(() -> JsonMapper.shared().createObjectNode()));
    Optional<BigDecimal> price = positive(signal, "entry_price").or(() -> positive(facts, "price"));
    Optional<BigDecimal> amount = positive(signal, "amount_usdt");
    Optional<BigDecimal> quantity =
        positive(signal, "quantity")
            .or(
                () ->
                    amount.flatMap(
                        usdt -> price.map(at -> usdt.divide(at, DECIMALS, RoundingMode.DOWN))));
    Optional<BigDecimal> notional =
        amount.or(() -> quantity.flatMap(size -> price.map(size::multiply)));
    OptionalLong account =
        body.wholeNumber("account_id", 1, Long.MAX_VALUE)
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty());
    return new RiskTrial(
        node,
        account,
        new RiskOrder(symbol.toString(), intent, RiskOrder.Origin.STRATEGY, notional),
        facts(facts, now),
        quantity,
        price,
        positive(signal, "stop_loss"),
        positive(signal, "take_profit"));
  }

  private static <E extends Enum<E>> E choice(JsonFields body, String name, E usual) {
    E[] all = usual.getDeclaringClass().getEnumConstants();
    String words = String.join(", ", Arrays.stream(all).map(Enum::name).toList());
    return body.text(name, words)
        .map(
            given ->
                Arrays.stream(all)
                    .filter(each -> each.name().equalsIgnoreCase(given))
                    .findFirst()
                    .orElseThrow(() -> GivenText.refused("signal." + name, given, words)))
        .orElse(usual);
  }

  private static Optional<BigDecimal> positive(JsonFields body, String name) {
    return body.decimal(name, PRICE)
        .map(
            given -> {
              if (given.signum() <= 0 || given.precision() - given.scale() > 20) {
                throw GivenText.refused(name, given.toString(), PRICE);
              }
              return given;
            });
  }

  private static RiskFacts facts(JsonFields given, Instant now) {
    RiskFacts.Builder facts = RiskFacts.at(given.time("now", TIME).orElse(now));
    given
        .decimal("available", NUMBER)
        .or(() -> given.decimal("balance", NUMBER))
        .ifPresent(facts::available);
    given.decimal("exposure", NUMBER).ifPresent(facts::exposure);
    given.decimal("symbol_exposure", NUMBER).ifPresent(facts::symbolExposure);
    given.decimal("loss_today", NUMBER).ifPresent(facts::lossToday);
    given.decimal("equity", NUMBER).ifPresent(facts::equity);
    given.decimal("peak_equity", NUMBER).ifPresent(facts::peakEquity);
    count(given, "open_positions").ifPresent(facts::openPositions);
    count(given, "trades_today").ifPresent(facts::tradesToday);
    count(given, "trades_week").ifPresent(facts::tradesThisWeek);
    count(given, "consecutive_losses").ifPresent(facts::consecutiveLosses);
    given.time("last_loss_at", TIME).map(LastTime.At::new).ifPresent(facts::lastLoss);
    given.time("last_trade_at", TIME).map(LastTime.At::new).ifPresent(facts::lastTrade);
    return facts.build();
  }

  private static Optional<Long> count(JsonFields given, String name) {
    return given.wholeNumber(name, 0, Integer.MAX_VALUE);
  }

  /** The answer, as an interface shows it. */
  Answer answer(RiskVerdict verdict) {
    Optional<RiskVerdict.Rejected> rejected =
        verdict instanceof RiskVerdict.Rejected no ? Optional.of(no) : Optional.empty();
    Optional<BigDecimal> risked = distance(stop);
    return new Answer(
        rejected.isEmpty(),
        signal,
        rejected.map(RiskVerdict.Rejected::code).orElse(null),
        rejected.map(RiskVerdict.Rejected::reason).orElse(null),
        quantity.orElse(null),
        stop.orElse(null),
        target.orElse(null),
        risked.flatMap(each -> quantity.map(each::multiply)).orElse(null),
        distance(target)
            .flatMap(
                gain ->
                    risked
                        .filter(loss -> loss.signum() > 0)
                        .map(loss -> gain.divide(loss, DECIMALS, RoundingMode.HALF_EVEN)))
            .orElse(null));
  }

  private Optional<BigDecimal> distance(Optional<BigDecimal> level) {
    return level.flatMap(at -> price.map(from -> at.subtract(from).abs()));
  }

  /**
   * What would come of it.
   *
   * @param potentialLoss at the stop, in USDT, without fees
   * @param riskRewardRatio of the target's distance to the stop's
   */
  record Answer(
      boolean passed,
      JsonNode signal,
      @Nullable String rejectCode,
      @Nullable String rejectReason,
      @Nullable BigDecimal calculatedQuantity,
      @Nullable BigDecimal calculatedStopLoss,
      @Nullable BigDecimal calculatedTakeProfit,
      @Nullable BigDecimal potentialLoss,
      @Nullable BigDecimal riskRewardRatio) {}
}
