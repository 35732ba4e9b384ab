package io.tollgate.edge.merchant;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.UserId;
import io.tollgate.identity.Users;
import io.tollgate.rewards.RewardTerms.WithdrawalTerms;
import io.tollgate.rewards.RewardTermsBook;
import io.tollgate.rewards.Withdrawals;
import io.tollgate.rewards.Withdrawals.Step;
import io.tollgate.rewards.Withdrawals.Withdrawal;
import io.tollgate.rewards.Withdrawals.WithdrawalFilter;
import io.tollgate.rewards.Withdrawals.WithdrawalOrder;
import io.tollgate.rewards.Withdrawals.WithdrawalStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Withdrawals of users from what they have earned. */
final class WithdrawalCalls {
  private static final String WITHDRAW = "/merchant/user/withdraw";
  private static final String USUAL_NETWORK = "TRC20";
  private static final Sentence ADDRESS = new Sentence("1 至 128 个字符", "1 to 128 characters");
  private static final Sentence REMARK = new Sentence("最多 200 个字符", "at most 200 characters");
  private static final Sentence STATUS =
      new Sentence(
          "0 待审核，1 已通过，2 已驳回，3 已完成", "0 (waiting), 1 (approved), 2 (rejected) or 3 (done)");
  private static final int LONGEST_ADDRESS = 128;
  private static final int LONGEST_REMARK = 200;
  private static final int LONGEST_NETWORK = 32;

  private final Transactions transactions;
  private final Users users;
  private final Withdrawals withdrawals;
  private final RewardTermsBook terms;
  private final FirstAnswers answers;

  WithdrawalCalls(Contexts contexts, FirstAnswers answers) {
    this.transactions = contexts.transactions();
    this.users = contexts.identity().users();
    this.withdrawals = contexts.withdrawals();
    this.terms = contexts.terms();
    this.answers = answers;
  }

  List<MerchantCall> all() {
    return List.of(
        MerchantCall.moving(WITHDRAW, this::withdraw),
        MerchantCall.get("/merchant/user/withdrawals", this::list));
  }

  private String withdraw(Caller caller, Parameters parameters) {
    String email = parameters.requireEmail("email");
    Amount amount = parameters.requirePoints("amount");
    String address = parameters.requireText("wallet_address", LONGEST_ADDRESS, ADDRESS);
    WithdrawalTerms set =
        transactions.read(transaction -> terms.of(transaction, caller.id())).withdrawals();
    String network = network(parameters, set);
    String remark = parameters.text("remark", LONGEST_REMARK, REMARK).orElse("");
    if (amount.compareTo(set.minimum()) < 0) {
      String least = set.minimum().toPlainString();
      throw MerchantFault.invalid(
          Sentence.wrong(
              "amount", amount.toPlainString(), new Sentence("不少于 " + least, "at least " + least)));
    }
    if (set.addressCoolDown().isPositive()) {
      note(caller, email, network, address);
    }
    return Caller.explaining(
        Map.of(
            ErrorCode.INSUFFICIENT_MEANS,
            new Sentence("可提现奖励余额不足", "the rewards of the user do not cover it"),
            ErrorCode.CONFLICT,
            new Sentence(
                "超过每日提现限额，或该地址尚在冷却期", "the limit of the day is passed, or the address is too new")),
        () ->
            answers.once(
                caller,
                WITHDRAW,
                List.of(
                    PointCalls.comparable(email), amount.toPlainString(), network, address, remark),
                transaction -> {
                  UserId user = caller.user(transaction, users, email).id();
                  return Data.of(
                      Applied.of(
                          caller,
                          withdrawals.apply(
                              transaction,
                              new WithdrawalOrder(
                                  caller.id(),
                                  user,
                                  amount,
                                  network,
                                  address,
                                  remark,
                                  Optional.empty()))));
                }));
  }

  /** An address begins to be known when it is named, also where the withdrawal is then refused. */
  private void note(Caller caller, String email, String network, String address) {
    boolean _ =
        transactions.write(
            transaction -> {
              UserId user = caller.user(transaction, users, email).id();
              var _ = withdrawals.note(transaction, caller.id(), user, network, address);
              return true;
            });
  }

  private static String network(Parameters parameters, WithdrawalTerms set) {
    String known = String.join(", ", set.networks());
    Sentence expected = new Sentence(known, "one of " + known);
    String given =
        parameters.text("wallet_network", LONGEST_NETWORK, expected).orElse(USUAL_NETWORK);
    return set.networks().stream()
        .filter(name -> name.equalsIgnoreCase(given))
        .findFirst()
        .orElseThrow(
            () -> MerchantFault.invalid(Sentence.wrong("wallet_network", given, expected)));
  }

  private String list(Caller caller, Parameters parameters) {
    String email = parameters.requireEmail("email");
    ListRequest page = parameters.page();
    Optional<WithdrawalStatus> status =
        parameters
            .choice("status", STATUS, 0, 1, 2, 3)
            .map(number -> WithdrawalStatus.of("status", number));
    return transactions.read(transaction -> list(transaction, caller, email, status, page));
  }

  private String list(
      Transaction transaction,
      Caller caller,
      String email,
      Optional<WithdrawalStatus> status,
      ListRequest page) {
    UserId user = caller.user(transaction, users, email).id();
    ListPage<Withdrawal> found =
        withdrawals.page(
            transaction,
            new WithdrawalFilter(
                Optional.of(caller.id()),
                Optional.of(user),
                status,
                Optional.empty(),
                Optional.empty()),
            page);
    return Data.list(
        found.rows().stream().map(row -> Row.of(caller, row)).toList(), found.total(), page);
  }

  private static Sentence name(WithdrawalStatus status) {
    return switch (status) {
      case WAITING -> new Sentence("待审核", "waiting");
      case APPROVED -> new Sentence("已通过", "approved");
      case REJECTED -> new Sentence("已驳回", "rejected");
      case DONE -> new Sentence("已完成", "done");
    };
  }

  private record Applied(
      long withdrawalId,
      Amount amount,
      Amount fee,
      Amount actualAmount,
      int status,
      String statusName,
      String createTime) {
    static Applied of(Caller caller, Withdrawal withdrawal) {
      return new Applied(
          withdrawal.id(),
          withdrawal.amount(),
          withdrawal.fee(),
          withdrawal.actualAmount(),
          withdrawal.status().number(),
          caller.says(name(withdrawal.status())),
          caller.time(withdrawal.createdAt()));
    }
  }

  private record Row(
      long id,
      Amount amount,
      Amount fee,
      Amount actualAmount,
      String walletAddress,
      String walletNetwork,
      int status,
      String statusName,
      Optional<String> txHash,
      Optional<String> rejectReason,
      String createTime,
      Optional<String> auditTime,
      Optional<String> completeTime) {
    static Row of(Caller caller, Withdrawal withdrawal) {
      return new Row(
          withdrawal.id(),
          withdrawal.amount(),
          withdrawal.fee(),
          withdrawal.actualAmount(),
          withdrawal.address(),
          withdrawal.network(),
          withdrawal.status().number(),
          caller.says(name(withdrawal.status())),
          withdrawal.txHash(),
          withdrawal.rejectReason(),
          caller.time(withdrawal.createdAt()),
          withdrawal.audited().map(Step::at).map(caller::time),
          withdrawal.completed().map(Step::at).map(caller::time));
    }
  }
}
