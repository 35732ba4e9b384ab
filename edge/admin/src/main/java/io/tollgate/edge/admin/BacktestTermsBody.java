package io.tollgate.edge.admin;

import io.tollgate.ground.GivenText;
import io.tollgate.trading.engine.backtest.BacktestTerms;
import io.tollgate.trading.engine.backtest.FundingRate;
import io.tollgate.trading.engine.backtest.OnOpposite;
import io.tollgate.trading.engine.candles.CandleTime;
import io.tollgate.web.JsonFields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** On what terms a body asks to trade; what it does not say is as usual. */
final class BacktestTermsBody {
  private static final int DECIMALS = 18;
  private static final int DIGITS = 40;
  private static final int MOST_FUNDING = 50_000;
  private static final BigDecimal LARGEST = new BigDecimal("1000000000000");
  private static final BigDecimal LEAST_STEP = new BigDecimal("0.000000000001");
  private static final BigDecimal RATE_BELOW = new BigDecimal("0.999999");
  private static final BigDecimal SLIPPAGE_MOST = new BigDecimal("99");
  private static final BigDecimal LEVERAGE_MOST = BigDecimal.valueOf(125);
  private static final BigDecimal PERCENT_MOST = BigDecimal.valueOf(100_000);

  private final JsonFields body;

  private BacktestTermsBody(JsonFields body) {
    this.body = body;
  }

  static BacktestTerms of(JsonFields body, int lookback) {
    return new BacktestTermsBody(body).terms(lookback);
  }

  private BacktestTerms terms(int lookback) {
    List<FundingRate> funding = funding();
    return new BacktestTerms(
        number("initial_balance", "10000", LEAST_STEP, LARGEST),
        number("commission_rate", "0.001", BigDecimal.ZERO, RATE_BELOW),
        lookback,
        number("risk_per_trade", "0", BigDecimal.ZERO, LARGEST),
        number("amount_usdt", "0", BigDecimal.ZERO, LARGEST),
        whole("fill_delay_bars", 1, 1_000),
        number("slippage_pct", "0", BigDecimal.ZERO, SLIPPAGE_MOST),
        number("funding_rate", "0", RATE_BELOW.negate(), RATE_BELOW),
        funding,
        number("leverage", "1", BigDecimal.ONE, LEVERAGE_MOST),
        choice("margin_mode", "isolated", List.of("isolated", "cross")).equals("isolated"),
        percent("min_rr"),
        percent("trailing_stop_pct"),
        percent("trailing_activation_pct"),
        percent("max_drawdown_pct"),
        whole("max_consecutive_losses", 0, 1_000_000),
        number("step_size", "0.000001", LEAST_STEP, LARGEST),
        OnOpposite.valueOf(
            choice("on_opposite", "ignore", List.of("ignore", "reverse", "hedge"))
                .toUpperCase(Locale.ROOT)));
  }

  private double percent(String name) {
    return number(name, "0", BigDecimal.ZERO, PERCENT_MOST).doubleValue();
  }

  private int whole(String name, int usual, int most) {
    return Math.toIntExact(body.wholeNumber(name, 0, most).orElse((long) usual));
  }

  private String choice(String name, String usual, List<String> known) {
    String expected = "one of " + String.join(", ", known);
    String given = body.text(name, expected).orElse(usual);
    if (!known.contains(given)) {
      throw GivenText.refused(name, given, expected);
    }
    return given;
  }

  private BigDecimal number(String name, String usual, BigDecimal least, BigDecimal most) {
    return number(body, name, name, least, most).orElseGet(() -> new BigDecimal(usual));
  }

  private static Optional<BigDecimal> number(
      JsonFields from, String name, String shown, BigDecimal least, BigDecimal most) {
    String expected =
        "a number from "
            + least.toPlainString()
            + " to "
            + most.toPlainString()
            + ", at most "
            + DECIMALS
            + " decimals";
    return from.decimal(name, expected)
        .map(
            given -> {
              // what is huge either way is not computed with
              boolean fits =
                  given.precision() <= DIGITS
                      && Math.abs((long) given.scale()) <= DIGITS
                      && given.stripTrailingZeros().scale() <= DECIMALS
                      && given.compareTo(least) >= 0
                      && given.compareTo(most) <= 0;
              if (!fits) {
                throw GivenText.refused(shown, given.toString(), expected);
              }
              return given;
            });
  }

  private List<FundingRate> funding() {
    List<JsonNode> given =
        JsonLists.elements(body, "funding", MOST_FUNDING, "a list of at most 50000 of {time, rate}")
            .orElse(List.of());
    if (!given.isEmpty() && body.find("funding_rate").isPresent()) {
      throw GivenText.refused("funding", given.size() + " of them", "none beside funding_rate");
    }
    List<FundingRate> rates = new ArrayList<>();
    long before = Long.MIN_VALUE;
    for (JsonNode each : given) {
      String place = "funding[" + rates.size() + "]";
      if (!each.isObject()) {
        throw GivenText.refused(place, each.toString(), "an object with time and rate");
      }
      long time = time(each, place + ".time");
      if (time <= before) {
        throw GivenText.refused(place + ".time", Long.toString(time), "after " + before);
      }
      before = time;
      BigDecimal rate =
          number(JsonFields.of(each), "rate", place + ".rate", RATE_BELOW.negate(), RATE_BELOW)
              .orElseThrow(() -> JsonFields.missing(place + ".rate", "a share such as 0.0001"));
      rates.add(new FundingRate(time, rate));
    }
    return rates;
  }

  private static long time(JsonNode rate, String place) {
    JsonNode given = rate.path("time");
    String text = given.isString() ? given.stringValue() : given.toString();
    OptionalLong time = CandleTime.parse(text);
    return time.orElseThrow(() -> GivenText.refused(place, text, CandleTime.EXPECTED));
  }
}
