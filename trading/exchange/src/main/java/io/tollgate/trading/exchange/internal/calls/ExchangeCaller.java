package io.tollgate.trading.exchange.internal.calls;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Refusal;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Banned;
import io.tollgate.trading.exchange.Outcome.RateLimited;
import io.tollgate.trading.exchange.Outcome.SurelyNotDone;
import io.tollgate.trading.exchange.Outcome.Unknown;
import io.tollgate.trading.exchange.internal.rates.Admission;
import io.tollgate.trading.exchange.internal.rates.Cost;
import io.tollgate.trading.exchange.internal.rates.RateBudgets;
import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.UnreadableAnswer;
import io.tollgate.trading.exchange.internal.wire.Wire;
import io.tollgate.trading.exchange.internal.wire.WireCall;
import io.tollgate.trading.exchange.internal.wire.WireResult;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sends calls within their budgets, each once, and says what became of them. Where the exchange
 * wants to be left alone, all calls of the address are. Safe for use by many.
 */
public final class ExchangeCaller {
  private final Wire wire;
  private final RateBudgets budgets;
  private final Dialect dialect;

  public ExchangeCaller(Wire wire, RateBudgets budgets, Dialect dialect) {
    this.wire = requireNonNull(wire, "wire is null");
    this.budgets = requireNonNull(budgets, "budgets is null");
    this.dialect = requireNonNull(dialect, "dialect is null");
  }

  /** A call that reads or sets something. */
  public Outcome<Fields> read(BudgetNames names, List<Cost> costs, Supplier<WireCall> call) {
    return send(names, costs, false, call);
  }

  /** A call that places or cancels an order. */
  public Outcome<Fields> order(BudgetNames names, List<Cost> costs, Supplier<WireCall> call) {
    return send(names, costs, true, call);
  }

  /** Reads what was answered; what cannot be read leaves unknown what was done. */
  public static <T> Outcome<T> reading(Outcome<Fields> outcome, Function<Fields, T> reader) {
    return outcome.then(
        fields -> {
          try {
            return new Outcome.Accepted<>(reader.apply(fields));
          } catch (UnreadableAnswer | Refusal e) {
            return new Unknown<>("unreadable answer: " + e.getMessage());
          }
        });
  }

  private Outcome<Fields> send(
      BudgetNames names, List<Cost> costs, boolean order, Supplier<WireCall> call) {
    return switch (budgets.admit(names.address(), costs, order)) {
      case Admission.Wait(var length) -> new RateLimited<>(length, "our own budget is used up");
      case Admission.ShutOut(var length) -> new Banned<>(length, "the address is shut out");
      // signed only now, as a time is signed with it
      case Admission.Go _ -> become(names, wire.send(call.get()));
    };
  }

  private Outcome<Fields> become(BudgetNames names, WireResult result) {
    return switch (result) {
      case WireResult.NotSent(String why) -> new SurelyNotDone<>("not sent: " + why);
      case WireResult.NoAnswer(String why) -> new Unknown<>("no answer: " + why);
      case WireResult.Answered answer -> {
        dialect.budgets(answer, names, budgets);
        Outcome<Fields> outcome = dialect.outcome(answer);
        if (outcome instanceof RateLimited<Fields>(var after, _)) {
          budgets.hold(names.address(), after, false);
        } else if (outcome instanceof Banned<Fields>(var after, _)) {
          budgets.hold(names.address(), after, true);
        }
        yield outcome;
      }
    };
  }
}
