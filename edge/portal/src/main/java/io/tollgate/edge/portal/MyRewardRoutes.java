package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Amount;
import io.tollgate.ground.GivenText;
import io.tollgate.identity.Principal;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.RewardTerms.WithdrawalTerms;
import io.tollgate.rewards.RewardTermsBook;
import io.tollgate.rewards.Rewards;
import io.tollgate.rewards.Rewards.RewardBalance;
import io.tollgate.rewards.Rewards.RewardFilter;
import io.tollgate.rewards.Rewards.RewardRow;
import io.tollgate.rewards.Rewards.RewardType;
import io.tollgate.rewards.Withdrawals;
import io.tollgate.rewards.Withdrawals.PayoutAddress;
import io.tollgate.rewards.Withdrawals.Step;
import io.tollgate.rewards.Withdrawals.Withdrawal;
import io.tollgate.rewards.Withdrawals.WithdrawalFilter;
import io.tollgate.rewards.Withdrawals.WithdrawalOrder;
import io.tollgate.rewards.Withdrawals.WithdrawalStatus;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Page;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/me/rewards}, {@code /withdrawals} and {@code /payout-addresses}: what the user has
 * earned by others, and having it paid out.
 */
final class MyRewardRoutes implements Routes {
  private static final String ME = "/api/v1/me";
  private static final int ROWS_MAX = 100;

  private final Transactions transactions;
  private final Rewards rewards;
  private final Withdrawals withdrawals;
  private final RewardTermsBook terms;
  private final PortalGate gate;

  MyRewardRoutes(
      Transactions transactions,
      Rewards rewards,
      Withdrawals withdrawals,
      RewardTermsBook terms,
      PortalGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.rewards = requireNonNull(rewards, "rewards is null");
    this.withdrawals = requireNonNull(withdrawals, "withdrawals is null");
    this.terms = requireNonNull(terms, "terms is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.blocking(HttpMethod.GET, ME + "/rewards", errors, this::list);
    table.blocking(HttpMethod.GET, ME + "/withdrawals", errors, this::withdrawals);
    table.blocking(HttpMethod.POST, ME + "/withdrawals", errors, this::withdraw);
    table.blocking(HttpMethod.GET, ME + "/withdrawals/terms", errors, this::terms);
    table.blocking(HttpMethod.POST, ME + "/payout-addresses", errors, this::note);
  }

  private Response list(Request request) {
    Principal.OfUser me = gate.require(request).user();
    Filters given = new Filters(request);
    RewardFilter filter =
        new RewardFilter(
            Optional.of(me.tenant()),
            Optional.of(me.user()),
            given
                .choice("reward_type", List.of(RewardType.values()), RewardType::code)
                .map(Set::of)
                .orElse(Set.of()),
            Optional.empty(),
            OptionalLong.empty(),
            given.time("start"),
            given.time("end"));
    Page page = Page.from(request, ROWS_MAX);
    ListRequest asked =
        new ListRequest(page.number(), page.size(), given.text("cursor"), given.flag("count"));
    ListPage<RewardRow> found =
        transactions.read(transaction -> rewards.page(transaction, filter, asked));
    return PortalAnswer.list(
        found.rows().stream().map(RewardShown::of).toList(),
        page.number(),
        page.size(),
        found.next(),
        found.total());
  }

  private Response withdrawals(Request request) {
    Principal.OfUser me = gate.require(request).user();
    Filters given = new Filters(request);
    WithdrawalFilter filter =
        new WithdrawalFilter(
            Optional.of(me.tenant()),
            Optional.of(me.user()),
            given.choice("state", List.of(WithdrawalStatus.values()), WithdrawalStatus::code),
            given.time("start"),
            given.time("end"));
    Page page = Page.from(request, ROWS_MAX);
    ListRequest asked =
        new ListRequest(page.number(), page.size(), given.text("cursor"), given.flag("count"));
    ListPage<Withdrawal> found =
        transactions.read(transaction -> withdrawals.page(transaction, filter, asked));
    return PortalAnswer.list(
        found.rows().stream().map(WithdrawalRow::of).toList(),
        page.number(),
        page.size(),
        found.next(),
        found.total());
  }

  private Response withdraw(Request request) {
    Principal.OfUser me = gate.require(request).user();
    JsonFields body = JsonFields.of(request.json());
    String network = body.requireText("network", "a network such as TRC20").strip();
    String address = body.requireText("address", "1 to 128 characters").strip();
    WithdrawalOrder order =
        new WithdrawalOrder(
            me.tenant(),
            me.user(),
            Points.of(body.requireDecimal("amount", "a number above 0")),
            network,
            address,
            remark(body),
            Optional.of(MyMemberRoutes.requireKey(request)));
    // an address that is new stays in the book even when the withdrawal has to wait for it
    var _ =
        transactions.write(tx -> withdrawals.note(tx, me.tenant(), me.user(), network, address));
    return PortalAnswer.of(
        WithdrawalRow.of(transactions.write(tx -> withdrawals.apply(tx, order))));
  }

  private Response terms(Request request) {
    Principal.OfUser me = gate.require(request).user();
    return transactions.read(
        transaction ->
            PortalAnswer.of(
                TermsShown.of(
                    rewards.balance(transaction, me.tenant(), me.user()),
                    terms.of(transaction, me.tenant()).withdrawals(),
                    withdrawals.addresses(transaction, me.tenant(), me.user()))));
  }

  private Response note(Request request) {
    Principal.OfUser me = gate.require(request).user();
    JsonFields body = JsonFields.of(request.json());
    String network = body.requireText("network", "a network such as TRC20").strip();
    String address = body.requireText("address", "1 to 128 characters").strip();
    return PortalAnswer.of(
        AddressShown.of(
            transactions.write(
                transaction ->
                    withdrawals.note(transaction, me.tenant(), me.user(), network, address))));
  }

  private static String remark(JsonFields body) {
    String remark = body.text("remark", "up to 200 characters").orElse("");
    if (remark.length() > 200 || remark.indexOf(0) >= 0) {
      throw GivenText.refused("remark", remark, "up to 200 characters");
    }
    return remark;
  }

  private record RewardShown(
      long id,
      String rewardType,
      String currency,
      BigDecimal amount,
      BigDecimal after,
      BigDecimal rate,
      @Nullable Long withdrawalId,
      String remark,
      Instant createdAt) {
    static RewardShown of(RewardRow row) {
      return new RewardShown(
          row.id(),
          row.type().code(),
          Points.CURRENCY,
          row.amount().toDecimal(),
          row.after().toDecimal(),
          row.rate(),
          row.withdrawal().isPresent() ? Long.valueOf(row.withdrawal().getAsLong()) : null,
          row.remark(),
          row.createdAt());
    }
  }

  private record WithdrawalRow(
      long id,
      String currency,
      BigDecimal amount,
      BigDecimal fee,
      BigDecimal actualAmount,
      String network,
      String address,
      String remark,
      String state,
      @Nullable String txHash,
      @Nullable String rejectReason,
      Instant createdAt,
      @Nullable Instant reviewedAt,
      @Nullable Instant paidAt) {
    static WithdrawalRow of(Withdrawal row) {
      return new WithdrawalRow(
          row.id(),
          Points.CURRENCY,
          row.amount().toDecimal(),
          row.fee().toDecimal(),
          row.actualAmount().toDecimal(),
          row.network(),
          row.address(),
          row.remark(),
          row.status().code(),
          row.txHash().orElse(null),
          row.rejectReason().orElse(null),
          row.createdAt(),
          row.audited().map(Step::at).orElse(null),
          row.completed().map(Step::at).orElse(null));
    }
  }

  private record AddressShown(String network, String address, Instant notedAt, Instant usableFrom) {
    static AddressShown of(PayoutAddress address) {
      return new AddressShown(
          address.network(), address.address(), address.notedAt(), address.usableFrom());
    }
  }

  /**
   * What the user has and under which terms it is paid out.
   *
   * @param dailyLimit null: none
   */
  private record TermsShown(
      BigDecimal available,
      BigDecimal held,
      BigDecimal earned,
      BigDecimal withdrawn,
      BigDecimal minimum,
      BigDecimal feeRate,
      List<String> networks,
      long addressCoolDownS,
      @Nullable BigDecimal dailyLimit,
      List<AddressShown> addresses) {
    static TermsShown of(
        RewardBalance balance, WithdrawalTerms terms, List<PayoutAddress> addresses) {
      return new TermsShown(
          balance.available().toDecimal(),
          balance.held().toDecimal(),
          balance.earned().toDecimal(),
          balance.withdrawn().toDecimal(),
          terms.minimum().toDecimal(),
          terms.feeRate(),
          terms.networks(),
          terms.addressCoolDown().toSeconds(),
          terms.dailyLimit().map(Amount::toDecimal).orElse(null),
          addresses.stream().map(AddressShown::of).toList());
    }
  }
}
