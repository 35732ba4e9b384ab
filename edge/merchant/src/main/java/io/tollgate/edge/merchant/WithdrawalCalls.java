package io.tollgate.edge.merchant;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Withdrawals of users from what they have earned. */
final class WithdrawalCalls {
  private static final String WITHDRAW = "/merchant/user/withdraw";
  private static final String USUAL_NETWORK = "TRC20";
  private static final Sentence ADDRESS = new Sentence("1 至 128 个字符", "1 to 128 characters");
  private static final Sentence NETWORK = new Sentence("最多 32 个字符", "at most 32 characters");
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
    String network =
        parameters
            .text("wallet_network", LONGEST_NETWORK, NETWORK)
            .orElse(USUAL_NETWORK)
            .toUpperCase(Locale.ROOT);
    String remark = parameters.text("remark", LONGEST_REMARK, REMARK).orElse("");
    Wanted wanted = new Wanted(email, amount, network, address, remark);
    return Caller.explaining(
        Map.of(
            ErrorCode.INSUFFICIENT_MEANS,
            new Sentence("可提现奖励余额不足", "the rewards of the user do not cover it"),
            ErrorCode.CONFLICT,
            new Sentence(
                "超过每日提现限额，或该地址尚在冷却期", "the limit of the day is passed, or the address is too new")),
        () -> noting(caller, wanted, () -> once(caller, wanted)));
  }

  /**
   * What the tenant has set is asked for under the key: it may have changed since a first answer.
   */
  private String once(Caller caller, Wanted wanted) {
    return answers.once(
        caller,
        WITHDRAW,
        List.of(
            PointCalls.comparable(wanted.email()),
            wanted.amount().toPlainString(),
            wanted.network(),
            wanted.address(),
            wanted.remark()),
        transaction -> {
          WithdrawalTerms set = terms.of(transaction, caller.id()).withdrawals();
          String network = network(wanted.network(), set);
          requireLeast(wanted.amount(), set.minimum());
          UserId user = caller.user(transaction, users, wanted.email()).id();
          return Data.of(
              Applied.of(
                  caller,
                  withdrawals.apply(
                      transaction,
                      new WithdrawalOrder(
                          caller.id(),
                          user,
                          wanted.amount(),
                          network,
                          wanted.address(),
                          wanted.remark(),
                          Optional.empty()))));
        });
  }

  /**
   * Where new addresses wait, one begins to be known when it is named, also where the withdrawal is
   * then refused; not where it is asked for wrongly.
   */
  private String noting(Caller caller, Wanted wanted, Supplier<String> work) {
    try {
      return work.get();
    } catch (Refusal refusal) {
      if (refusal.code() == ErrorCode.CONFLICT || refusal.code() == ErrorCode.INSUFFICIENT_MEANS) {
        note(caller, wanted);
      }
      throw refusal;
    }
  }

  private void note(Caller caller, Wanted wanted) {
    boolean _ =
        transactions.write(
            transaction -> {
              WithdrawalTerms set = terms.of(transaction, caller.id()).withdrawals();
              if (set.addressCoolDown().isPositive()) {
                UserId user = caller.user(transaction, users, wanted.email()).id();
                var _ =
                    withdrawals.note(
                        transaction,
                        caller.id(),
                        user,
                        network(wanted.network(), set),
                        wanted.address());
              }
              return true;
            });
  }

  private static void requireLeast(Amount amount, Amount minimum) {
    if (amount.compareTo(minimum) < 0) {
      String least = minimum.toPlainString();
      throw MerchantFault.invalid(
          Sentence.wrong(
              "amount", amount.toPlainString(), new Sentence("不少于 " + least, "at least " + least)));
    }
  }

  /** A network by its name in whatever case. */
  private static String network(String given, WithdrawalTerms set) {
    String known = String.join(", ", set.networks());
    return set.networks().stream()
        .filter(name -> name.equalsIgnoreCase(given))
        .findFirst()
        .orElseThrow(
            () ->
                MerchantFault.invalid(
                    Sentence.wrong(
                        "wallet_network", given, new Sentence(known, "one of " + known))));
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

  /**
   * What is asked for.
   *
   * @param network in capitals
   */
  private record Wanted(
      String email, Amount amount, String network, String address, String remark) {}

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
