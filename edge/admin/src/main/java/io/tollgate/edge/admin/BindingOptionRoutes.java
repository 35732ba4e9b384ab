package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.User;
import io.tollgate.trading.engine.EngineModule;
import io.tollgate.trading.engine.ExchangeAccount;
import io.tollgate.trading.engine.ExchangeAccounts;
import io.tollgate.trading.engine.ExchangeAccounts.AccountFilter;
import io.tollgate.trading.engine.Strategies;
import io.tollgate.trading.engine.Strategies.StrategyFilter;
import io.tollgate.trading.engine.Strategies.TenantStrategyFilter;
import io.tollgate.trading.engine.Strategy;
import io.tollgate.trading.engine.TenantStrategy;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/strategy-bindings-admin/form-options}: among what a form lets choose. Users are those
 * who have an account to bind; of a large installation a tenant or a user is to be named.
 */
final class BindingOptionRoutes implements Routes {
  private static final String PATH = "/api/strategy-bindings-admin/form-options";
  private static final int MOST = 500;

  private final Transactions transactions;
  private final IdentityModule identity;
  private final Strategies strategies;
  private final ExchangeAccounts accounts;
  private final AdminGate gate;

  BindingOptionRoutes(
      Transactions transactions, IdentityModule identity, EngineModule engine, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.strategies = engine.strategies();
    this.accounts = engine.accounts();
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(HttpMethod.GET, PATH, ErrorForms.admin(), gate.guard(this::options));
  }

  private Response options(Request request) {
    Filters filters = new Filters(request);
    Optional<TenantId> tenant = filters.tenant();
    AccountFilter filter =
        new AccountFilter(
            tenant,
            filters.id("user_id", UserId::new),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty());
    return AnswerEnvelope.of(
        transactions.read(transaction -> options(transaction, tenant, filter)));
  }

  private Options options(
      Transaction transaction, Optional<TenantId> tenant, AccountFilter filter) {
    ListPage<ExchangeAccount> bound = accounts.list(transaction, filter, ListRequest.first(MOST));
    ListPage<StrategyOption> offered =
        tenant.isPresent() ? offered(transaction, tenant.get()) : offered(transaction);
    return new Options(
        offered.rows(),
        users(transaction, bound.rows()),
        bound.rows().stream().map(AccountOption::of).toList(),
        bound.next().isPresent() || offered.next().isPresent());
  }

  private ListPage<StrategyOption> offered(Transaction transaction) {
    ListPage<Strategy> page =
        strategies.list(
            transaction,
            new StrategyFilter(Optional.empty(), Optional.of(true)),
            ListRequest.first(MOST));
    return page.with(page.rows().stream().map(StrategyOption::of).toList());
  }

  /** Those that the tenant's users can follow, on its terms. */
  private ListPage<StrategyOption> offered(Transaction transaction, TenantId tenant) {
    ListPage<TenantStrategy> page =
        strategies.listOfTenant(
            transaction,
            new TenantStrategyFilter(tenant, Optional.of(true)),
            ListRequest.first(MOST));
    List<StrategyOption> shown =
        page.rows().stream().filter(TenantStrategy::active).map(StrategyOption::of).toList();
    return new ListPage<>(shown, OptionalLong.empty(), page.next());
  }

  private List<UserOption> users(Transaction transaction, List<ExchangeAccount> bound) {
    Map<TenantId, String> tenants = new HashMap<>();
    bound.stream()
        .map(ExchangeAccount::tenant)
        .distinct()
        .forEach(
            id ->
                identity
                    .tenants()
                    .find(transaction, id)
                    .map(Tenant::name)
                    .ifPresent(name -> tenants.put(id, name)));
    return identity
        .users()
        .find(transaction, bound.stream().map(ExchangeAccount::user).distinct().toList())
        .values()
        .stream()
        .sorted(Comparator.comparing((User user) -> user.id().value()).reversed())
        .map(
            user ->
                new UserOption(
                    user.id().value(),
                    user.email().orElse(null),
                    user.tenant().value(),
                    tenants.get(user.tenant())))
        .toList();
  }

  /**
   * What there is to choose among.
   *
   * @param truncated whether there is more; name a tenant or a user then
   */
  private record Options(
      List<StrategyOption> strategies,
      List<UserOption> users,
      List<AccountOption> accounts,
      boolean truncated) {}

  private record StrategyOption(
      long id,
      String code,
      String name,
      int leverage,
      BigDecimal capital,
      int riskMode,
      BigDecimal maxLossPerTrade,
      boolean riskBasedSizing) {
    static StrategyOption of(Strategy strategy) {
      Strategy.Terms terms = strategy.terms();
      return new StrategyOption(
          strategy.id(),
          terms.code(),
          terms.name(),
          terms.leverage(),
          terms.capital(),
          terms.riskMode().number(),
          BigDecimal.ZERO,
          false);
    }

    static StrategyOption of(TenantStrategy strategy) {
      TenantStrategy.Terms terms = strategy.terms();
      return new StrategyOption(
          strategy.strategy().id(),
          strategy.strategy().terms().code(),
          strategy.name(),
          terms.leverage(),
          terms.capital(),
          terms.riskMode().number(),
          terms.maxLossPerTrade(),
          terms.riskBasedSizing());
    }
  }

  private record UserOption(
      long id, @Nullable String email, long tenantId, @Nullable String tenantName) {}

  private record AccountOption(long id, long userId, String exchange, String label) {
    static AccountOption of(ExchangeAccount account) {
      return new AccountOption(
          account.id(), account.user().value(), account.exchange().code(), account.label());
    }
  }
}
