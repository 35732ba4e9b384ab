package io.tollgate.edge.merchant;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Amount;
import io.tollgate.ground.UserId;
import io.tollgate.identity.Users;
import io.tollgate.rewards.PointLogs;
import io.tollgate.rewards.PointLogs.ChangeType;
import io.tollgate.rewards.PointLogs.Owner;
import io.tollgate.rewards.PointLogs.PointLogFilter;
import io.tollgate.rewards.PointLogs.PointLogRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Movements of point cards: of one user, or of the merchant's own. */
final class PointLogCall {
  private static final Sentence OF_USERS = new Sentence("1 至 5", "1 to 5");
  private static final Sentence OF_TENANTS = new Sentence("1 至 3", "1 to 3");

  private final Transactions transactions;
  private final Users users;
  private final PointLogs logs;

  PointLogCall(Contexts contexts) {
    this.transactions = contexts.transactions();
    this.users = contexts.identity().users();
    this.logs = contexts.logs();
  }

  List<MerchantCall> all() {
    return List.of(MerchantCall.get("/merchant/point-card/logs", this::list));
  }

  private String list(Caller caller, Parameters parameters) {
    ListRequest page = parameters.page();
    Optional<String> email = parameters.text("email").map(_ -> parameters.requireEmail("email"));
    Owner owner = email.isPresent() ? Owner.USERS : Owner.TENANTS;
    Optional<ChangeType> type = type(parameters, owner);
    Optional<Instant> from = caller.times().read(parameters, "start_time");
    // whole seconds, the last one included
    Optional<Instant> until =
        caller.times().read(parameters, "end_time").map(end -> end.plusSeconds(1));
    return transactions.read(
        transaction -> {
          Optional<UserId> user =
              email.map(address -> caller.user(transaction, users, address).id());
          ListPage<PointLogRow> found =
              logs.page(
                  transaction,
                  new PointLogFilter(
                      Optional.of(caller.id()), Optional.of(owner), user, type, from, until),
                  page);
          return Data.list(
              found.rows().stream().map(row -> Row.of(caller, row)).toList(), found.total(), page);
        });
  }

  private static Optional<ChangeType> type(Parameters parameters, Owner owner) {
    Optional<Integer> number =
        switch (owner) {
          case USERS -> parameters.choice("change_type", OF_USERS, 1, 2, 3, 4, 5);
          case TENANTS -> parameters.choice("change_type", OF_TENANTS, 1, 2, 3);
        };
    return number.map(given -> ChangeType.of(owner, given));
  }

  private static Sentence name(ChangeType type, Owner owner) {
    return switch (type) {
      case RECHARGE ->
          owner == Owner.USERS
              ? new Sentence("充值", "recharge")
              : new Sentence("平台充值", "recharge by operator");
      case GIFT ->
          owner == Owner.USERS
              ? new Sentence("赠送", "gift")
              : new Sentence("平台赠送", "gift by operator");
      case OUT -> new Sentence("转出", "out");
      case IN -> new Sentence("转入", "in");
      case PROFIT_CHARGE -> new Sentence("盈利扣费", "profit charge");
      case GIVEN -> new Sentence("发放给用户", "given to a user");
    };
  }

  /**
   * A movement.
   *
   * @param sourceType and toType which of the two balances moved
   * @param memberId whose card it is; of the merchant's own: to whom it went
   */
  private record Row(
      long id,
      int changeType,
      String changeTypeName,
      int sourceType,
      Amount amount,
      Amount beforeSelf,
      Amount afterSelf,
      Amount beforeGift,
      Amount afterGift,
      Optional<UserId> memberId,
      int toType,
      Optional<UserId> relatedUserId,
      String remark,
      long createTime,
      String createTimeStr) {
    static Row of(Caller caller, PointLogRow row) {
      return new Row(
          row.id(),
          row.type().number(row.owner()),
          caller.says(name(row.type(), row.owner())),
          row.cardType().number(),
          row.amount(),
          row.before().self(),
          row.after().self(),
          row.before().gift(),
          row.after().gift(),
          row.user().or(row::other),
          row.cardType().number(),
          row.other(),
          row.remark(),
          row.createdAt().getEpochSecond(),
          caller.time(row.createdAt()));
    }
  }
}
