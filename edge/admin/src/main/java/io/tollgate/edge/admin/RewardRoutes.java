package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.UserId;
import io.tollgate.identity.IdentityModule;
import io.tollgate.rewards.Rewards;
import io.tollgate.rewards.Rewards.RewardFilter;
import io.tollgate.rewards.Rewards.RewardRow;
import io.tollgate.rewards.Rewards.RewardType;
import io.tollgate.web.Filters;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code /api/rewards}: every movement of reward balances. */
final class RewardRoutes implements Routes {
  private final Transactions transactions;
  private final IdentityModule identity;
  private final Rewards rewards;
  private final AdminGate gate;
  private final AdminList<RewardFilter, RewardShown> list;

  RewardRoutes(
      Transactions transactions, IdentityModule identity, Rewards rewards, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.rewards = requireNonNull(rewards, "rewards is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.list =
        AdminList.endless("/api/rewards", this::filter, this::page, RewardShown.class, row -> row);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    list.declare(table, gate, transactions);
  }

  private RewardFilter filter(Filters filters) {
    return new RewardFilter(
        filters.tenant(),
        filters.id("user_id", UserId::new),
        filters
            .choice("reward_type", List.of(RewardType.values()), RewardType::code)
            .map(Set::of)
            .orElse(Set.of()),
        filters.id("source_user_id", UserId::new),
        filters.number("settle_batch"),
        filters.time("start"),
        filters.time("end"));
  }

  private ListPage<RewardShown> page(
      Transaction transaction, RewardFilter filter, ListRequest request) {
    ListPage<RewardRow> found = rewards.page(transaction, filter, request);
    return found.with(shown(transaction, identity, found.rows()));
  }

  /** Rows with the addresses of those whom they name. */
  static List<RewardShown> shown(
      Transaction transaction, IdentityModule identity, List<RewardRow> rows) {
    MemberNames names =
        MemberNames.read(
            transaction,
            identity,
            rows.stream().map(RewardRow::tenant).toList(),
            rows.stream()
                .flatMap(row -> Stream.concat(Stream.of(row.user()), row.source().stream()))
                .toList());
    return rows.stream().map(row -> RewardShown.of(row, names)).toList();
  }
}
