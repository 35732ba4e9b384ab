package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.identity.IdentityModule;
import io.tollgate.rewards.Rewards;
import io.tollgate.rewards.Rewards.RewardBalance;
import io.tollgate.rewards.Withdrawals;
import io.tollgate.rewards.Withdrawals.StatusSum;
import io.tollgate.rewards.Withdrawals.Withdrawal;
import io.tollgate.rewards.Withdrawals.WithdrawalFilter;
import io.tollgate.rewards.Withdrawals.WithdrawalStats;
import io.tollgate.rewards.Withdrawals.WithdrawalStatus;
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
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** {@code /api/withdrawals}: what users want paid out, and what administrators decide of it. */
final class WithdrawalRoutes implements Routes {
  private static final String PATH = "/api/withdrawals";
  private static final int EARLIER = 20;

  private final Transactions transactions;
  private final IdentityModule identity;
  private final Withdrawals withdrawals;
  private final Rewards rewards;
  private final AdminGate gate;
  private final AdminList<WithdrawalFilter, WithdrawalShown> list;

  WithdrawalRoutes(
      Transactions transactions,
      IdentityModule identity,
      Withdrawals withdrawals,
      Rewards rewards,
      AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.withdrawals = requireNonNull(withdrawals, "withdrawals is null");
    this.rewards = requireNonNull(rewards, "rewards is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.list =
        AdminList.endless(
                PATH,
                WithdrawalRoutes::filter,
                this::page,
                WithdrawalShown.class,
                (WithdrawalShown row) -> row)
            .withStats(
                (transaction, filter) ->
                    StatsShown.of(withdrawals.stats(transaction, filter.tenant())));
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    AdminPermission money = AdminPermission.MONEY;
    String one = PATH + "/{id}";
    list.declare(table, gate, transactions);
    table.blocking(HttpMethod.GET, one, errors, gate.guard(this::show));
    table.blocking(HttpMethod.POST, one + "/approve", errors, gate.guard(money, this::approve));
    table.blocking(HttpMethod.POST, one + "/reject", errors, gate.guard(money, this::reject));
    table.blocking(HttpMethod.POST, one + "/complete", errors, gate.guard(money, this::complete));
  }

  private static WithdrawalFilter filter(Filters filters) {
    return new WithdrawalFilter(
        filters.tenant(),
        filters.id("user_id", UserId::new),
        status(filters),
        filters.time("start"),
        filters.time("end"));
  }

  /** By number, as merchants write it, or by word. */
  private static Optional<WithdrawalStatus> status(Filters filters) {
    return filters
        .text("status")
        .map(
            text -> {
              for (WithdrawalStatus each : WithdrawalStatus.values()) {
                if (text.equals(Integer.toString(each.number())) || text.equals(each.code())) {
                  return each;
                }
              }
              throw Filters.refusal(
                  "status", text, "0 to 3, or one of waiting, approved, rejected, done");
            });
  }

  private ListPage<WithdrawalShown> page(
      Transaction transaction, WithdrawalFilter filter, ListRequest request) {
    ListPage<Withdrawal> found = withdrawals.page(transaction, filter, request);
    return found.with(shown(transaction, found.rows()));
  }

  private List<WithdrawalShown> shown(Transaction transaction, List<Withdrawal> rows) {
    MemberNames names =
        MemberNames.read(
            transaction,
            identity,
            rows.stream().map(Withdrawal::tenant).toList(),
            rows.stream().map(Withdrawal::user).toList());
    return rows.stream().map(row -> WithdrawalShown.of(row, names)).toList();
  }

  private Response show(Request request) {
    long id = MoneyFields.id(request, "withdrawal");
    return AnswerEnvelope.of(
        transactions.read(
            transaction -> {
              Withdrawal found =
                  withdrawals.find(transaction, id).orElseThrow(() -> unknown(request));
              WithdrawalFilter ofUser =
                  new WithdrawalFilter(
                      Optional.of(found.tenant()),
                      Optional.of(found.user()),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty());
              return new DetailShown(
                  shown(transaction, List.of(found)).getFirst(),
                  BalanceShown.of(rewards.balance(transaction, found.tenant(), found.user())),
                  shown(
                          transaction,
                          withdrawals.page(transaction, ofUser, ListRequest.first(EARLIER)).rows())
                      .stream()
                      .filter(row -> row.id() != id)
                      .toList());
            }));
  }

  private Response approve(Request request) {
    AdminId admin = gate.require(request).admin();
    return decide(request, (transaction, id) -> withdrawals.approve(transaction, id, admin));
  }

  private Response reject(Request request) {
    AdminId admin = gate.require(request).admin();
    String reason = MoneyFields.reason(JsonFields.of(request.json()));
    return decide(request, (transaction, id) -> withdrawals.reject(transaction, id, admin, reason));
  }

  private Response complete(Request request) {
    AdminId admin = gate.require(request).admin();
    String hash =
        JsonFields.of(request.json()).requireText("tx_hash", "1 to 200 characters").strip();
    if (hash.isEmpty() || hash.length() > 200 || hash.chars().anyMatch(Character::isISOControl)) {
      throw GivenText.refused("tx_hash", hash, "1 to 200 characters");
    }
    return decide(request, (transaction, id) -> withdrawals.complete(transaction, id, admin, hash));
  }

  private Response decide(Request request, BiFunction<Transaction, Long, Withdrawal> decision) {
    long id = MoneyFields.id(request, "withdrawal");
    return AnswerEnvelope.of(
        transactions.write(
            transaction ->
                shown(transaction, List.of(decision.apply(transaction, id))).getFirst()));
  }

  private static Refusal unknown(Request request) {
    return new Refusal(
        ErrorCode.NOT_FOUND, "there is no withdrawal " + GivenText.shown(request.pathParam("id")));
  }

  /** A user's rewards. */
  record BalanceShown(
      BigDecimal available, BigDecimal held, BigDecimal earned, BigDecimal withdrawn) {
    static BalanceShown of(RewardBalance balance) {
      return new BalanceShown(
          balance.available().toDecimal(),
          balance.held().toDecimal(),
          balance.earned().toDecimal(),
          balance.withdrawn().toDecimal());
    }
  }

  /**
   * A withdrawal with what helps to decide.
   *
   * @param earlier others of the user, the newest first
   */
  private record DetailShown(
      WithdrawalShown withdrawal, BalanceShown rewards, List<WithdrawalShown> earlier) {}

  private record SumShown(long count, BigDecimal amount) {
    static SumShown of(StatusSum sum) {
      return new SumShown(sum.count(), sum.amount().toDecimal());
    }
  }

  private record StatsShown(
      SumShown waiting, SumShown approved, SumShown rejected, SumShown done, BigDecimal feesTaken) {
    static StatsShown of(WithdrawalStats stats) {
      return new StatsShown(
          SumShown.of(stats.waiting()),
          SumShown.of(stats.approved()),
          SumShown.of(stats.rejected()),
          SumShown.of(stats.done()),
          stats.feesTaken().toDecimal());
    }
  }
}
