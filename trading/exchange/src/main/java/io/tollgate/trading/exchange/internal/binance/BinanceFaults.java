package io.tollgate.trading.exchange.internal.binance;

import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Outcome.AuthFailed;
import io.tollgate.trading.exchange.Outcome.Banned;
import io.tollgate.trading.exchange.Outcome.ClockSkew;
import io.tollgate.trading.exchange.Outcome.Duplicate;
import io.tollgate.trading.exchange.Outcome.NoChange;
import io.tollgate.trading.exchange.Outcome.NotFound;
import io.tollgate.trading.exchange.Outcome.RateLimited;
import io.tollgate.trading.exchange.Outcome.Rejected;
import io.tollgate.trading.exchange.Outcome.SurelyNotDone;
import io.tollgate.trading.exchange.Outcome.Unknown;
import io.tollgate.trading.exchange.Rejection;
import io.tollgate.trading.exchange.internal.calls.AnswerText;
import io.tollgate.trading.exchange.internal.calls.BudgetNames;
import io.tollgate.trading.exchange.internal.calls.Dialect;
import io.tollgate.trading.exchange.internal.rates.RateBudgets;
import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.WireResult.Answered;
import java.time.Duration;
import java.util.Optional;

/**
 * Binance's answers.
 *
 * @see <a href="https://developers.binance.com/docs/binance-spot-api-docs/errors">Error codes</a>
 */
final class BinanceFaults implements Dialect {
  private static final Duration USUAL_WAIT = Duration.ofSeconds(10);
  private static final Duration USUAL_BAN = Duration.ofMinutes(5);

  private final BinanceLimits limits;

  BinanceFaults(MarketType market) {
    limits = BinanceLimits.of(market);
  }

  @Override
  public Outcome<Fields> outcome(Answered answer) {
    Optional<Fields> document = AnswerText.document(answer);
    Optional<Fields> object = document.filter(fields -> !fields.isList());
    String code = object.flatMap(fields -> fields.find("code")).orElse("");
    String message = object.flatMap(fields -> fields.find("msg")).orElse("");
    String said = AnswerText.said(answer, code, message);
    int status = answer.status();
    if (status == 200) {
      return document
          .<Outcome<Fields>>map(Accepted::new)
          .orElseGet(() -> new Unknown<>("200 without JSON"));
    }
    if (status == 418 || status == 403) {
      return new Banned<>(AnswerText.retryAfter(answer, USUAL_BAN), said);
    }
    if (status == 429) {
      return new RateLimited<>(AnswerText.retryAfter(answer, USUAL_WAIT), said);
    }
    if (code.equals("-1008") || (status == 503 && message.equals("Service Unavailable."))) {
      return new SurelyNotDone<>(said);
    }
    if (status < 400 || status >= 500 || status == 408 || !code.matches("-\\d{1,6}")) {
      return new Unknown<>(said);
    }
    return refused(answer, Integer.parseInt(code), message, said);
  }

  private static Outcome<Fields> refused(Answered answer, int code, String message, String said) {
    return switch (code) {
      case -1000, -1001, -1006, -1007 -> new Unknown<>(said);
      case -1003, -1015 -> new RateLimited<>(AnswerText.retryAfter(answer, USUAL_WAIT), said);
      case -1021, -5028 -> new ClockSkew<>(said);
      case -1002, -1022, -2014, -2015 -> new AuthFailed<>(said);
      case -2011, -2013, -2026 -> new NotFound<>(said);
      case -4046, -4059 -> new NoChange<>(said);
      case -4116 -> new Duplicate<>(said);
      case -2010 ->
          message.startsWith("Duplicate order")
              ? new Duplicate<>(said)
              : new Rejected<>(byMessage(message), said);
      case -1013 -> new Rejected<>(byMessage(message), said);
      case -1111, -4014, -4023 -> new Rejected<>(Rejection.BAD_PRECISION, said);
      case -1121 -> new Rejected<>(Rejection.SYMBOL_NOT_FOUND, said);
      case -2018, -2019 -> new Rejected<>(Rejection.INSUFFICIENT_BALANCE, said);
      case -2022 -> new Rejected<>(Rejection.REDUCE_ONLY, said);
      case -4003, -4004, -4164 -> new Rejected<>(Rejection.MIN_NOTIONAL, said);
      // with a code, 4xx is the caller's fault in its documentation: nothing was done
      default -> new Rejected<>(Rejection.REJECTED, said);
    };
  }

  private static Rejection byMessage(String message) {
    if (message.contains("insufficient balance")) {
      return Rejection.INSUFFICIENT_BALANCE;
    }
    if (message.contains("NOTIONAL")) {
      return Rejection.MIN_NOTIONAL;
    }
    if (message.contains("PRICE_FILTER") || message.contains("LOT_SIZE")) {
      return Rejection.BAD_PRECISION;
    }
    return Rejection.REJECTED;
  }

  @Override
  public void budgets(Answered answer, BudgetNames names, RateBudgets budgets) {
    limits.told(answer, names, budgets);
  }
}
