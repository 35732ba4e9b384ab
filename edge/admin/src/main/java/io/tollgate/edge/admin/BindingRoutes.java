package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.User;
import io.tollgate.rewards.PointCard;
import io.tollgate.rewards.PointCards;
import io.tollgate.trading.engine.Binding;
import io.tollgate.trading.engine.Bindings;
import io.tollgate.trading.engine.Bindings.BindingChange;
import io.tollgate.trading.engine.Bindings.BindingFilter;
import io.tollgate.trading.engine.Bindings.Place;
import io.tollgate.trading.engine.EngineModule;
import io.tollgate.trading.engine.Strategies;
import io.tollgate.trading.engine.Strategy;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who follows which strategy: {@code /api/strategy-bindings} of one tenant, and {@code
 * /api/strategy-bindings-admin} of all, with what administrators change.
 */
final class BindingRoutes implements Routes {
  private static final String OF_TENANT = "/api/strategy-bindings";
  private static final String PATH = "/api/strategy-bindings-admin";

  /** Older clients read all of them at once. */
  private static final int USUAL_LIMIT = 500;

  private final Transactions transactions;
  private final IdentityModule identity;
  private final PointCards cards;
  private final Strategies strategies;
  private final Bindings bindings;
  private final AdminGate gate;
  private final AdminList<BindingFilter, BindingShown> ofTenant;
  private final AdminList<BindingFilter, BindingShown> all;

  BindingRoutes(
      Transactions transactions,
      IdentityModule identity,
      PointCards cards,
      EngineModule engine,
      AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.cards = requireNonNull(cards, "cards is null");
    this.strategies = engine.strategies();
    this.bindings = engine.bindings();
    this.gate = requireNonNull(gate, "gate is null");
    this.ofTenant =
        AdminList.counted(
                OF_TENANT,
                BindingRoutes::filterOfTenant,
                this::pageOfTenant,
                BindingShown.Brief.class,
                BindingShown::brief)
            .withLimit(USUAL_LIMIT);
    this.all =
        AdminList.counted(PATH, BindingRoutes::filter, this::page, BindingShown.class, row -> row);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    AdminPermission may = AdminPermission.TRADING;
    String one = PATH + "/{id}";
    ofTenant.declare(table, gate, transactions);
    all.declare(table, gate, transactions);
    table.blocking(HttpMethod.POST, PATH, errors, gate.guard(may, this::create));
    table.blocking(HttpMethod.PUT, one, errors, gate.guard(may, this::change));
    table.blocking(HttpMethod.DELETE, one, errors, gate.guard(may, this::delete));
  }

  private static BindingFilter filterOfTenant(Filters filters) {
    return new BindingFilter(
        filters.tenant(),
        Optional.empty(),
        filters.text("strategy_code"),
        filters.either("status"));
  }

  private static BindingFilter filter(Filters filters) {
    return new BindingFilter(
        filters.tenant(),
        filters.id("user_id", UserId::new),
        Optional.empty(),
        filters.either("status"));
  }

  /** Without a tenant there are none, as clients of this list have always read it. */
  private ListPage<BindingShown> pageOfTenant(
      Transaction transaction, BindingFilter filter, ListRequest request) {
    return filter.tenant().isPresent()
        ? page(transaction, filter, request)
        : new ListPage<>(
            List.of(),
            request.count() ? OptionalLong.of(0) : OptionalLong.empty(),
            Optional.empty());
  }

  private ListPage<BindingShown> page(
      Transaction transaction, BindingFilter filter, ListRequest request) {
    ListPage<Binding> found = bindings.list(transaction, filter, request);
    return found.with(shown(transaction, found.rows()));
  }

  private List<BindingShown> shown(Transaction transaction, List<Binding> rows) {
    Map<TenantId, List<Binding>> byTenant =
        rows.stream().collect(Collectors.groupingBy(Binding::tenant));
    MemberNames names =
        MemberNames.read(
            transaction, identity, byTenant.keySet(), rows.stream().map(Binding::user).toList());
    Map<TenantId, String> tenants = new HashMap<>();
    Map<UserId, PointCard> points = new HashMap<>();
    byTenant.forEach(
        (tenant, its) -> {
          identity
              .tenants()
              .find(transaction, tenant)
              .map(Tenant::name)
              .ifPresent(name -> tenants.put(tenant, name));
          points.putAll(
              cards.ofUsers(
                  transaction, tenant, its.stream().map(Binding::user).distinct().toList()));
        });
    return rows.stream()
        .map(
            row ->
                BindingShown.of(
                    row,
                    tenants.get(row.tenant()),
                    names,
                    points.getOrDefault(row.user(), PointCard.EMPTY)))
        .toList();
  }

  private Response create(Request request) {
    JsonFields body = JsonFields.of(request.json());
    UserId user = new UserId(MoneyFields.number(body, "user_id", 1, Long.MAX_VALUE));
    long account = MoneyFields.number(body, "account_id", 1, Long.MAX_VALUE);
    String code = TradingFields.code(body);
    BindingChange given = BindingBody.of(body);
    return answer(
        transaction -> {
          User found =
              identity
                  .users()
                  .find(transaction, user)
                  .orElseThrow(
                      () -> new Refusal(ErrorCode.USER_NOT_FOUND, "there is no user " + user));
          Place place =
              new Place(
                  found.tenant(), user, account, strategy(strategies, transaction, code).id());
          return bindings.open(transaction, BindingBody.order(place, given));
        });
  }

  private Response change(Request request) {
    BindingChange change = BindingBody.of(JsonFields.of(request.json()));
    long id = id(request);
    return answer(transaction -> bindings.change(transaction, id, change));
  }

  private Response delete(Request request) {
    long id = id(request);
    return answer(transaction -> bindings.delete(transaction, id));
  }

  private Response answer(Function<Transaction, Binding> work) {
    return AnswerEnvelope.of(
        transactions.write(
            transaction -> shown(transaction, List.of(work.apply(transaction))).getFirst()));
  }

  /** The strategy of a code that somebody is to follow. */
  static Strategy strategy(Strategies strategies, Transaction transaction, String code) {
    return strategies
        .findByCode(transaction, code)
        .orElseThrow(
            () ->
                new Refusal(ErrorCode.NOT_FOUND, "there is no strategy " + GivenText.shown(code)));
  }

  private static long id(Request request) {
    return PathId.of(request, "id", id -> id)
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.NOT_FOUND,
                    "there is no binding " + GivenText.shown(request.pathParam("id"))));
  }
}
