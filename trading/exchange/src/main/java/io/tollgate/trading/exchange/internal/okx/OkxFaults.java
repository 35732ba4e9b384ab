package io.tollgate.trading.exchange.internal.okx;

import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Outcome.AuthFailed;
import io.tollgate.trading.exchange.Outcome.ClockSkew;
import io.tollgate.trading.exchange.Outcome.Duplicate;
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
import io.tollgate.trading.exchange.internal.wire.UnreadableAnswer;
import io.tollgate.trading.exchange.internal.wire.WireResult.Answered;
import java.time.Duration;
import java.util.Optional;

/**
 * OKX's answers: {@code code} 0 is done; with 1 and 2 the first thing's {@code sCode} says what is
 * wrong.
 *
 * @see <a href="https://www.okx.com/docs-v5/en/#error-code">Error codes</a>
 */
final class OkxFaults implements Dialect {
  private static final Duration USUAL_WAIT = Duration.ofSeconds(2);

  @Override
  public Outcome<Fields> outcome(Answered answer) {
    Optional<Fields> document = AnswerText.document(answer).filter(fields -> fields.has("code"));
    if (document.isEmpty()) {
      return answer.status() == 429
          ? new RateLimited<>(AnswerText.retryAfter(answer, USUAL_WAIT), "429")
          : new Unknown<>(AnswerText.said(answer, "", "without a code"));
    }
    Fields fields = document.get();
    String code = fields.text("code");
    String message = fields.find("msg").orElse("");
    if (code.equals("0") && answer.status() == 200) {
      return new Accepted<>(fields);
    }
    if (code.equals("1") || code.equals("2")) {
      try {
        Fields first = fields.in("data").at(0);
        code = first.text("sCode");
        message = first.find("sMsg").orElse("");
      } catch (UnreadableAnswer e) {
        return new Unknown<>(AnswerText.said(answer, code, "without a code for the order"));
      }
      if (code.equals("0")) {
        return new Accepted<>(fields);
      }
    }
    String said = AnswerText.said(answer, code, message);
    boolean readable = code.matches("\\d{5}");
    return readable && answer.status() < 500
        ? of(answer, Integer.parseInt(code), said)
        : new Unknown<>(said);
  }

  private static Outcome<Fields> of(Answered answer, int code, String said) {
    return switch (code) {
      case 50001, 50004, 50013, 50026, 51149 -> new Unknown<>(said);
      case 51016, 50071 -> new Duplicate<>(said);
      case 50036, 50037 -> new SurelyNotDone<>(said);
      case 50011, 50040, 50061 ->
          new RateLimited<>(AnswerText.retryAfter(answer, USUAL_WAIT), said);
      case 50102, 50112 -> new ClockSkew<>(said);
      case 50100,
          50101,
          50103,
          50104,
          50105,
          50106,
          50107,
          50110,
          50111,
          50113,
          50114,
          50119,
          50120 ->
          new AuthFailed<>(said);
      case 51603, 51400, 51401, 51402 -> new NotFound<>(said);
      case 51001 -> new Rejected<>(Rejection.SYMBOL_NOT_FOUND, said);
      case 51008, 51127, 51131 -> new Rejected<>(Rejection.INSUFFICIENT_BALANCE, said);
      case 51020 -> new Rejected<>(Rejection.MIN_NOTIONAL, said);
      case 51121 -> new Rejected<>(Rejection.BAD_PRECISION, said);
      case 51112, 51169 -> new Rejected<>(Rejection.REDUCE_ONLY, said);
      // 50xxx are the system's; the others say what is wrong with an order
      default -> code < 51000 ? new Unknown<>(said) : new Rejected<>(Rejection.REJECTED, said);
    };
  }

  /** OKX tells nothing of them. */
  @Override
  public void budgets(Answered answer, BudgetNames names, RateBudgets budgets) {}
}
