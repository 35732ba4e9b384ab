package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.User;
import io.tollgate.trading.engine.AccountType;
import io.tollgate.trading.engine.Binding;
import io.tollgate.trading.engine.Bindings;
import io.tollgate.trading.engine.Bindings.BindingChange;
import io.tollgate.trading.engine.Bindings.Place;
import io.tollgate.trading.engine.EngineModule;
import io.tollgate.trading.engine.ExchangeAccount;
import io.tollgate.trading.engine.ExchangeAccounts;
import io.tollgate.trading.engine.Strategies;
import io.tollgate.trading.engine.Strategy;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /api/batch/bind-strategy}: lets many users follow a strategy, each with the one account of
 * theirs that fits it.
 */
final class BindingBatchRoutes implements Routes {
  private static final String PATH = "/api/batch/bind-strategy";

  private final Transactions transactions;
  private final IdentityModule identity;
  private final Strategies strategies;
  private final Bindings bindings;
  private final ExchangeAccounts accounts;
  private final AdminGate gate;

  BindingBatchRoutes(
      Transactions transactions, IdentityModule identity, EngineModule engine, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.strategies = engine.strategies();
    this.bindings = engine.bindings();
    this.accounts = engine.accounts();
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(
        HttpMethod.POST, PATH, ErrorForms.admin(), gate.guard(AdminPermission.TRADING, this::bind));
  }

  private Response bind(Request request) {
    JsonFields body = JsonFields.of(request.json());
    String code = TradingFields.code(body);
    Optional<Exchange> exchange =
        body.text("exchange", "binance, okx, gate or paper")
            .map(text -> Exchange.of("exchange", text));
    BindingChange given = BindingBody.of(body);
    Set<UserId> users = BatchRoutes.users(body);
    Strategy strategy =
        transactions.read(transaction -> BindingRoutes.strategy(strategies, transaction, code));
    return BatchRoutes.each(
        users,
        user ->
            BatchRoutes.Done.binding(
                transactions
                    .write(transaction -> bind(transaction, user, strategy, exchange, given))
                    .id()));
  }

  private Binding bind(
      Transaction transaction,
      UserId id,
      Strategy strategy,
      Optional<Exchange> exchange,
      BindingChange given) {
    User user =
        identity
            .users()
            .find(transaction, id)
            .orElseThrow(() -> new Refusal(ErrorCode.USER_NOT_FOUND, "there is no user " + id));
    List<ExchangeAccount> fitting =
        accounts.of(transaction, user.tenant(), id).stream()
            .filter(ExchangeAccount::active)
            .filter(account -> account.type() == AccountType.in(strategy.sheet().rules().market()))
            .filter(account -> exchange.isEmpty() || exchange.get() == account.exchange())
            .filter(
                account ->
                    strategy.terms().exchange().stream()
                        .allMatch(only -> only == account.exchange()))
            .toList();
    if (fitting.size() != 1) {
      throw new Refusal(
          fitting.isEmpty() ? ErrorCode.NOT_FOUND : ErrorCode.CONFLICT,
          fitting.size() + " accounts of the user fit the strategy (expected: 1)");
    }
    Place place = new Place(user.tenant(), id, fitting.getFirst().id(), strategy.id());
    return bindings.open(transaction, BindingBody.order(place, given));
  }
}
