package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.identity.IdentityModule;
import io.tollgate.trading.engine.EngineModule;
import io.tollgate.trading.engine.ExchangeAccount;
import io.tollgate.trading.engine.ExchangeAccounts;
import io.tollgate.trading.engine.ExchangeAccounts.AccountFilter;
import io.tollgate.trading.engine.ExecutionNodes;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.web.Filters;
import io.tollgate.web.Request;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/exchange-accounts}: users' accounts at exchanges; of a key only its head is shown.
 */
final class ExchangeAccountRoutes implements Routes {
  private final Transactions transactions;
  private final IdentityModule identity;
  private final ExchangeAccounts accounts;
  private final ExecutionNodes nodes;
  private final AdminGate gate;
  private final AdminList<AccountFilter, Row> list;
  private final AdminList<Long, Row> ofNode;

  ExchangeAccountRoutes(
      Transactions transactions, IdentityModule identity, EngineModule engine, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.accounts = engine.accounts();
    this.nodes = engine.nodes();
    this.gate = requireNonNull(gate, "gate is null");
    this.list =
        AdminList.counted(
            "/api/exchange-accounts",
            ExchangeAccountRoutes::filter,
            this::page,
            Row.class,
            row -> row);
    this.ofNode =
        AdminList.within(
            "/api/nodes/{id}/accounts",
            (request, _) -> node(request),
            this::pageOfNode,
            Row.class,
            rows -> rows);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    list.declare(table, gate, transactions);
    ofNode.declare(table, gate, transactions);
  }

  private static long node(Request request) {
    return PathId.of(request, "id", id -> id)
        .orElseThrow(() -> unknownNode(GivenText.shown(request.pathParam("id"))));
  }

  private static Refusal unknownNode(String id) {
    return new Refusal(ErrorCode.NOT_FOUND, "there is no node " + id);
  }

  private ListPage<Row> pageOfNode(Transaction transaction, Long node, ListRequest request) {
    if (nodes.find(transaction, node).isEmpty()) {
      throw unknownNode(Long.toString(node));
    }
    AccountFilter assigned =
        new AccountFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.of(node),
            Optional.empty());
    return page(transaction, assigned, request);
  }

  private static AccountFilter filter(Filters filters) {
    return new AccountFilter(
        filters.tenant(),
        filters.id("user_id", UserId::new),
        filters.choice("exchange", List.of(Exchange.values()), Exchange::code),
        filters.number("execution_node_id"),
        filters.either("unassigned"));
  }

  private ListPage<Row> page(Transaction transaction, AccountFilter filter, ListRequest request) {
    ListPage<ExchangeAccount> found = accounts.list(transaction, filter, request);
    MemberNames names =
        MemberNames.read(
            transaction,
            identity,
            List.of(),
            found.rows().stream().map(ExchangeAccount::user).toList());
    return found.with(found.rows().stream().map(row -> Row.of(row, names)).toList());
  }

  /**
   * An account as it is listed.
   *
   * @param apiKey its head, eight characters at most and never most of it
   * @param balance as of the last sync; 0 before
   * @param executionNodeId null: the centre trades for it
   * @param status 1: it is traded on
   */
  private record Row(
      long id,
      long userId,
      @Nullable String userEmail,
      long tenantId,
      String exchange,
      boolean sandbox,
      String accountType,
      String apiKey,
      BigDecimal balance,
      BigDecimal futuresBalance,
      BigDecimal futuresAvailable,
      @Nullable Long executionNodeId,
      int status,
      @Nullable Instant lastSyncAt,
      @Nullable String lastSyncError,
      Instant createdAt) {
    static Row of(ExchangeAccount account, MemberNames names) {
      return new Row(
          account.id(),
          account.user().value(),
          names.email(account.user()),
          account.tenant().value(),
          account.exchange().code(),
          account.sandbox(),
          account.type().code(),
          account.keyHead() + "****",
          account.balance(),
          account.futuresBalance(),
          account.futuresAvailable(),
          account.executionNode().isPresent()
              ? Long.valueOf(account.executionNode().getAsLong())
              : null,
          TradingFields.shown(account.active()),
          account.lastSyncAt().orElse(null),
          account.lastSyncError().orElse(null),
          account.createdAt());
    }
  }
}
