package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.AccountCostSummary;
import io.tollgate.billing.AccountCosts;
import io.tollgate.contracts.Protocol;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.accounts.AccountFilter;
import io.tollgate.relay.accounts.AccountKey;
import io.tollgate.relay.accounts.AccountSettings;
import io.tollgate.relay.accounts.AccountStanding;
import io.tollgate.relay.accounts.HealthState;
import io.tollgate.relay.accounts.ModelNames;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.relay.accounts.ProviderAccounts;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Json;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code /api/provider-accounts}: through which accounts requests go, and how those are. */
final class ProviderAccountRoutes implements Routes {
  private static final String PATH = "/api/provider-accounts";
  private static final String ONE = PATH + "/{id}";
  private static final int MAX_TESTS = 4;

  private final Transactions transactions;
  private final ProviderAccounts accounts;
  private final AccountCosts costs;
  private final AdminList<AccountFilter, AccountStanding> list;
  private final AdminGate gate;
  private final Semaphore tests = new Semaphore(MAX_TESTS);

  ProviderAccountRoutes(
      Transactions transactions, ProviderAccounts accounts, AccountCosts costs, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.costs = requireNonNull(costs, "costs is null");
    this.list =
        AdminList.countedTogether(
            PATH,
            ProviderAccountRoutes::filter,
            accounts::list,
            ProviderAccountRow.class,
            this::rows);
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    list.declare(table, gate, transactions);
    table.blocking(HttpMethod.GET, ONE, errors, gate.guard(this::find));
    table.blocking(
        HttpMethod.POST, PATH, errors, gate.guard(AdminPermission.PROVIDERS, this::create));
    table.blocking(
        HttpMethod.PUT, ONE, errors, gate.guard(AdminPermission.PROVIDERS, this::change));
    table.blocking(
        HttpMethod.DELETE, ONE, errors, gate.guard(AdminPermission.PROVIDERS, this::remove));
    table.blocking(
        HttpMethod.PATCH,
        ONE + "/toggle",
        errors,
        gate.guard(AdminPermission.PROVIDERS, this::toggle));
    table.blocking(
        HttpMethod.POST,
        ONE + "/reset",
        errors,
        gate.guard(AdminPermission.ACCOUNTS_TEST, this::reset));
    AccountTest test = new AccountTest(new TestCalls(vertx));
    table.blocking(
        HttpMethod.POST,
        ONE + "/test",
        errors,
        gate.guard(AdminPermission.ACCOUNTS_TEST, request -> test(request, test)));
  }

  /** The account whose number stands in a path. */
  static ProviderAccountId id(Request request) {
    String text = request.pathParam("id");
    try {
      return new ProviderAccountId(Numerals.wholeNumber(text));
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          ErrorCode.NOT_FOUND, "there is no provider account " + GivenText.shown(text), e);
    }
  }

  private static AccountFilter filter(Filters filters) {
    return new AccountFilter(
        filters.text("provider"),
        filters.choice("protocol", List.of(Protocol.values()), Protocol::code),
        filters.text("enabled").map(_ -> filters.flag("enabled")),
        filters.choice("state", List.of(HealthState.values()), HealthState::code),
        filters.text("model"),
        filters.text("group"),
        filters.text("name"));
  }

  private Response find(Request request) {
    ProviderAccountId id = id(request);
    return answer(transactions.read(transaction -> accounts.find(transaction, id)));
  }

  private Response create(Request request) {
    AccountSettings settings = ProviderAccountBody.create(JsonFields.of(request.json()));
    return changed(transaction -> accounts.create(transaction, settings));
  }

  private Response change(Request request) {
    JsonFields body = JsonFields.of(request.json());
    ProviderAccountId id = id(request);
    return changed(
        transaction ->
            accounts.edit(transaction, id, old -> ProviderAccountBody.change(body, old)));
  }

  private Response toggle(Request request) {
    Optional<Boolean> wanted =
        request.body().length == 0
            ? Optional.empty()
            : JsonLists.flag(JsonFields.of(request.json()), "enabled");
    ProviderAccountId id = id(request);
    return changed(
        transaction ->
            accounts.edit(
                transaction,
                id,
                old -> old.toBuilder().enabled(wanted.orElse(!old.enabled())).build()));
  }

  private Response reset(Request request) {
    ProviderAccountId id = id(request);
    return changed(transaction -> accounts.reset(transaction, id));
  }

  /** Tries each key, one after the other. */
  private Response test(Request request, AccountTest test) {
    JsonFields body =
        JsonFields.of(request.body().length == 0 ? Json.MAPPER.createObjectNode() : request.json());
    ProviderAccountId id = id(request);
    AccountStanding account = transactions.read(transaction -> accounts.find(transaction, id));
    String model =
        body.text("model", "a model that the account serves")
            .or(() -> anyModel(account.settings().models()))
            .orElseThrow(
                () ->
                    JsonFields.missing(
                        "model", "one to test with, as the account serves every model"));
    Protocol protocol =
        body.text("protocol", "one that the account speaks")
            .map(code -> protocol(account, code))
            .orElse(account.protocols().getFirst());
    if (!account.readable()) {
      throw new Refusal(
          ErrorCode.CONFLICT, "the account's secrets cannot be opened under this master key");
    }
    if (tests.availablePermits() == 0) {
      throw new Refusal(ErrorCode.UNAVAILABLE, "too many accounts are tested just now")
          .withRetryAfter(Duration.ofSeconds(5));
    }
    return Response.events(
        events -> {
          // those few that came between wait for their turn
          tests.acquire();
          try {
            for (AccountKey key : account.settings().keys()) {
              test.run(AccountTest.with(account, key), protocol, model, events);
            }
          } finally {
            tests.release();
          }
        });
  }

  private static Optional<String> anyModel(ModelNames models) {
    return models
        .listed()
        .flatMap(listed -> listed.stream().min(Comparator.naturalOrder()))
        .or(() -> models.mapping().keySet().stream().min(Comparator.naturalOrder()));
  }

  private static Protocol protocol(AccountStanding account, String code) {
    return account.protocols().stream()
        .filter(protocol -> protocol.code().equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                GivenText.refused(
                    "protocol",
                    code,
                    account.protocols().stream()
                        .map(Protocol::code)
                        .collect(Collectors.joining(" or "))));
  }

  private Response remove(Request request) {
    ProviderAccountId id = id(request);
    boolean _ =
        transactions.write(
            transaction -> {
              accounts.archive(transaction, id);
              return true;
            });
    return AnswerEnvelope.of(Map.of("message", "provider account " + id + " deleted"));
  }

  private Response changed(Function<Transaction, AccountStanding> change) {
    return answer(transactions.write(change::apply));
  }

  private List<ProviderAccountRow> rows(List<AccountStanding> found) {
    Map<Long, AccountCostSummary> known =
        costs.summaries(found.stream().map(account -> account.id().value()).toList());
    return found.stream()
        .map(
            account ->
                ProviderAccountRow.of(
                    account, requireNonNull(known.get(account.id().value()), "no summary")))
        .toList();
  }

  private Response answer(AccountStanding account) {
    return AnswerEnvelope.of(rows(List.of(account)).getFirst());
  }
}
