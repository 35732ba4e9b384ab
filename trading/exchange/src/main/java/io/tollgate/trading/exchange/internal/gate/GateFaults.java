package io.tollgate.trading.exchange.internal.gate;

import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Outcome.AuthFailed;
import io.tollgate.trading.exchange.Outcome.ClockSkew;
import io.tollgate.trading.exchange.Outcome.NoChange;
import io.tollgate.trading.exchange.Outcome.NotFound;
import io.tollgate.trading.exchange.Outcome.RateLimited;
import io.tollgate.trading.exchange.Outcome.Rejected;
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
 * Gate's answers: 2xx is done, else a label says what is wrong.
 *
 * @see <a href="https://www.gate.com/docs/developers/apiv4/en/#label-list">Labels</a>
 */
final class GateFaults implements Dialect {
  private static final Duration USUAL_WAIT = Duration.ofSeconds(2);

  @Override
  public Outcome<Fields> outcome(Answered answer) {
    Optional<Fields> document = AnswerText.document(answer);
    int status = answer.status();
    if (status >= 200 && status < 300) {
      return document
          .<Outcome<Fields>>map(Accepted::new)
          .orElseGet(() -> new Unknown<>(status + " without JSON"));
    }
    Optional<Fields> object = document.filter(fields -> !fields.isList());
    String label = object.flatMap(fields -> fields.find("label")).orElse("");
    String said = AnswerText.said(answer, label, object.flatMap(f -> f.find("message")).orElse(""));
    if (status == 429) {
      return new RateLimited<>(AnswerText.retryAfter(answer, USUAL_WAIT), said);
    }
    return status >= 500 || label.isEmpty() ? new Unknown<>(said) : of(answer, label, said);
  }

  private static Outcome<Fields> of(Answered answer, String label, String said) {
    return switch (label) {
      case "INTERNAL", "SERVER_ERROR", "TOO_BUSY" -> new Unknown<>(said);
      case "TOO_MANY_REQUESTS", "TOO_FAST" ->
          new RateLimited<>(AnswerText.retryAfter(answer, USUAL_WAIT), said);
      // the time it was signed with, or the one after which it is void: not done either way
      case "REQUEST_EXPIRED" -> new ClockSkew<>(said);
      case "INVALID_KEY",
          "INVALID_SIGNATURE",
          "IP_FORBIDDEN",
          "READ_ONLY",
          "FORBIDDEN",
          "ACCOUNT_LOCKED" ->
          new AuthFailed<>(said);
      case "ORDER_NOT_FOUND", "CLIENT_ID_NOT_FOUND" -> new NotFound<>(said);
      case "NO_CHANGE" -> new NoChange<>(said);
      case "BALANCE_NOT_ENOUGH", "INSUFFICIENT_AVAILABLE" ->
          new Rejected<>(Rejection.INSUFFICIENT_BALANCE, said);
      case "SIZE_TOO_SMALL" -> new Rejected<>(Rejection.MIN_NOTIONAL, said);
      case "INVALID_PRECISION" -> new Rejected<>(Rejection.BAD_PRECISION, said);
      case "CONTRACT_NOT_FOUND", "INVALID_CURRENCY_PAIR" ->
          new Rejected<>(Rejection.SYMBOL_NOT_FOUND, said);
      case "POSITION_EMPTY" -> new Rejected<>(Rejection.REDUCE_ONLY, said);
      // 4xx with a label is the caller's fault: nothing was done
      default -> new Rejected<>(Rejection.REJECTED, said);
    };
  }

  @Override
  public void budgets(Answered answer, BudgetNames names, RateBudgets budgets) {
    GateLimits.told(answer, names, budgets);
  }
}
