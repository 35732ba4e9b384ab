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
import io.tollgate.rewards.Points;
import io.tollgate.rewards.ProfitPools;
import io.tollgate.rewards.ProfitPools.Pool;
import io.tollgate.rewards.ProfitPools.PoolDetail;
import io.tollgate.rewards.ProfitPools.PoolFilter;
import io.tollgate.rewards.ProfitPools.PoolState;
import io.tollgate.rewards.ProfitPools.PoolStats;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/profit-pools}: pools, what each of them was distributed to, and trying again. */
final class PoolRoutes implements Routes {
  private static final String PATH = "/api/profit-pools";

  private final Transactions transactions;
  private final IdentityModule identity;
  private final ProfitPools pools;
  private final AdminGate gate;
  private final AdminList<PoolFilter, PoolShown> list;

  PoolRoutes(
      Transactions transactions, IdentityModule identity, ProfitPools pools, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.pools = requireNonNull(pools, "pools is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.list =
        AdminList.endless(PATH, PoolRoutes::filter, this::page, PoolShown.class, row -> row);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    list.declare(table, gate, transactions);
    table.blocking(HttpMethod.GET, PATH + "/stats", errors, gate.guard(this::stats));
    table.blocking(HttpMethod.GET, PATH + "/{id}", errors, gate.guard(this::show));
    table.blocking(
        HttpMethod.POST,
        PATH + "/{id}/retry",
        errors,
        gate.guard(AdminPermission.MONEY, this::retry));
  }

  private static PoolFilter filter(Filters filters) {
    return new PoolFilter(
        filters.tenant(),
        filters.id("user_id", UserId::new),
        filters.choice("state", List.of(PoolState.values()), PoolRoutes::code),
        filters.time("start"),
        filters.time("end"));
  }

  private static String code(PoolState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private ListPage<PoolShown> page(
      Transaction transaction, PoolFilter filter, ListRequest request) {
    ListPage<Pool> found = pools.page(transaction, filter, request);
    return found.with(shown(transaction, found.rows()));
  }

  private List<PoolShown> shown(Transaction transaction, List<Pool> rows) {
    MemberNames names =
        MemberNames.read(
            transaction,
            identity,
            rows.stream().map(Pool::tenant).toList(),
            rows.stream().map(Pool::source).toList());
    return rows.stream().map(row -> PoolShown.of(row, names)).toList();
  }

  private Response stats(Request request) {
    Optional<TenantId> tenant = new Filters(request).tenant();
    return AnswerEnvelope.of(
        StatsShown.of(transactions.read(transaction -> pools.stats(transaction, tenant))));
  }

  private Response show(Request request) {
    long id = MoneyFields.id(request, "pool");
    return AnswerEnvelope.of(
        transactions.read(
            transaction ->
                detail(
                    transaction,
                    pools
                        .find(transaction, id)
                        .orElseThrow(
                            () ->
                                new Refusal(
                                    ErrorCode.NOT_FOUND,
                                    "there is no pool "
                                        + GivenText.shown(request.pathParam("id")))))));
  }

  private Response retry(Request request) {
    long id = MoneyFields.id(request, "pool");
    return AnswerEnvelope.of(
        transactions.write(transaction -> detail(transaction, pools.retry(transaction, id))));
  }

  private DetailShown detail(Transaction transaction, PoolDetail detail) {
    return new DetailShown(
        shown(transaction, List.of(detail.pool())).getFirst(),
        RewardRoutes.shown(transaction, identity, detail.parts()));
  }

  /**
   * A pool as it is listed.
   *
   * @param userId whose profit it comes from
   */
  private record PoolShown(
      long id,
      long tenantId,
      long userId,
      @Nullable String email,
      String accountId,
      String closeId,
      String currency,
      BigDecimal profit,
      BigDecimal charged,
      BigDecimal amount,
      String state,
      int attempts,
      @Nullable String lastError,
      @Nullable UUID transferId,
      Instant createdAt,
      @Nullable Instant distributedAt) {
    static PoolShown of(Pool pool, MemberNames names) {
      return new PoolShown(
          pool.id(),
          pool.tenant().value(),
          pool.source().value(),
          names.email(pool.source()),
          pool.account(),
          pool.closeId(),
          Points.CURRENCY,
          pool.profit().toDecimal(),
          pool.charged().toDecimal(),
          pool.amount().toDecimal(),
          code(pool.state()),
          pool.attempts(),
          pool.lastError().orElse(null),
          pool.transfer().orElse(null),
          pool.createdAt(),
          pool.distributedAt().orElse(null));
    }
  }

  /** A pool with its parts, which sum to its amount once it is distributed. */
  private record DetailShown(PoolShown pool, List<RewardShown> parts) {}

  private record StatsShown(
      long pools,
      BigDecimal amount,
      long waiting,
      BigDecimal waitingAmount,
      long failed,
      BigDecimal paidToUsers) {
    static StatsShown of(PoolStats stats) {
      return new StatsShown(
          stats.pools(),
          stats.amount().toDecimal(),
          stats.waiting(),
          stats.waitingAmount().toDecimal(),
          stats.failed(),
          stats.paidToUsers().toDecimal());
    }
  }
}
