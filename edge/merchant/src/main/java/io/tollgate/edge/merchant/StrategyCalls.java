package io.tollgate.edge.merchant;

import io.tollgate.data.Transactions;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.identity.User;
import io.tollgate.identity.Users;
import io.tollgate.rewards.PointCard;
import io.tollgate.rewards.PointCards;
import io.tollgate.rewards.Points;
import io.tollgate.trading.engine.Binding;
import io.tollgate.trading.engine.Binding.Mode;
import io.tollgate.trading.engine.Bindings;
import io.tollgate.trading.engine.Bindings.BindingChange;
import io.tollgate.trading.engine.Bindings.BindingOrder;
import io.tollgate.trading.engine.Bindings.Place;
import io.tollgate.trading.engine.RiskMode;
import io.tollgate.trading.engine.Strategies;
import io.tollgate.trading.engine.TenantStrategy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Strategies that are open to the tenant, and who of its users follows them. */
final class StrategyCalls {
  private static final Sentence MODE = new Sentence("1 单次，2 循环", "1 (once) or 2 (loop)");
  private static final Sentence LEVERAGE =
      new Sentence("5、10、20、50、75 或 100", "5, 10, 20, 50, 75 or 100");
  private static final Sentence RISK =
      new Sentence("1 稳健，2 均衡，3 激进", "1 (steady), 2 (balanced) or 3 (bold)");
  private static final int[] LEVERAGES = {5, 10, 20, 50, 75, 100};
  private static final int USUAL_LEVERAGE = 20;

  private final Transactions transactions;
  private final Users users;
  private final PointCards cards;
  private final Strategies strategies;
  private final Bindings bindings;

  StrategyCalls(Contexts contexts) {
    this.transactions = contexts.transactions();
    this.users = contexts.identity().users();
    this.cards = contexts.cards();
    this.strategies = contexts.engine().strategies();
    this.bindings = contexts.engine().bindings();
  }

  List<MerchantCall> all() {
    return List.of(
        MerchantCall.get("/merchant/strategies", this::offered),
        MerchantCall.post("/merchant/user/strategy/open", this::open),
        MerchantCall.post("/merchant/user/strategy/update", this::change),
        MerchantCall.post("/merchant/user/strategy/close", this::close),
        MerchantCall.get("/merchant/user/strategies", this::followed));
  }

  private String offered(Caller caller, Parameters parameters) {
    return Data.of(
        transactions.read(transaction -> strategies.openTo(transaction, caller.id())).stream()
            .map(strategy -> Offered.of(caller, strategy))
            .toList());
  }

  private String open(Caller caller, Parameters parameters) {
    String email = parameters.requireEmail("email");
    long strategy = parameters.requireId("strategy_id");
    long account = parameters.requireId("account_id");
    int mode = parameters.choice("mode", Mode.LOOP.number(), MODE, 1, 2);
    Optional<BigDecimal> capital =
        parameters.decimal("capital", Bindings.CAPITAL_MAX).filter(given -> given.signum() > 0);
    int leverage = parameters.choice("leverage", USUAL_LEVERAGE, LEVERAGE, LEVERAGES);
    RiskMode risk = RiskMode.of("risk_mode", parameters.choice("risk_mode", 1, RISK, 1, 2, 3));
    Amount least = parameters.pointsFromZero("min_point_card").orElse(Points.of(BigDecimal.ONE));
    return Caller.explaining(
        Map.of(
            ErrorCode.NOT_FOUND,
            new Sentence(
                "策略未对本租户开放，或该用户没有此账户",
                "the strategy is not open to the tenant, or the user has no such account"),
            ErrorCode.CONFLICT,
            new Sentence("该账户已开启此策略", "the strategy is open on this account already"),
            ErrorCode.INVALID_REQUEST,
            new Sentence("该策略不支持此交易所", "the strategy is for another exchange"),
            ErrorCode.INSUFFICIENT_MEANS,
            new Sentence(
                "用户点卡低于 " + least.toPlainString() + "，或有未结清的分成",
                "the user has fewer points than " + least.toPlainString() + ", or owes some")),
        () ->
            transactions.write(
                transaction -> {
                  User user = caller.user(transaction, users, email);
                  if (!user.active()) {
                    throw new MerchantFault(ErrorCode.FORBIDDEN, "用户已停用", "the user is disabled");
                  }
                  Place place = new Place(caller.id(), user.id(), account, strategy);
                  return Data.of(
                      Opened.of(
                          caller,
                          bindings.open(
                              transaction,
                              new BindingOrder(
                                  place,
                                  mode == 1 ? Mode.ONCE : Mode.LOOP,
                                  capital,
                                  leverage,
                                  risk,
                                  least))));
                }));
  }

  private String change(Caller caller, Parameters parameters) {
    String email = parameters.requireEmail("email");
    long strategy = parameters.requireId("strategy_id");
    long account = parameters.requireId("account_id");
    BindingChange change =
        new BindingChange(
            parameters.decimal("capital", Bindings.CAPITAL_MAX),
            parameters
                .choice("leverage", LEVERAGE, LEVERAGES)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty()),
            parameters
                .choice("risk_mode", RISK, 1, 2, 3)
                .map(mode -> RiskMode.of("risk_mode", mode)));
    return Caller.explaining(
        Map.of(ErrorCode.NOT_FOUND, neverOpened()),
        () ->
            transactions.write(
                transaction -> {
                  User user = caller.user(transaction, users, email);
                  Place place = new Place(caller.id(), user.id(), account, strategy);
                  return Data.of(Changed.of(caller, bindings.change(transaction, place, change)));
                }));
  }

  private String close(Caller caller, Parameters parameters) {
    String email = parameters.requireEmail("email");
    long strategy = parameters.requireId("strategy_id");
    long account = parameters.requireId("account_id");
    return Caller.explaining(
        Map.of(ErrorCode.NOT_FOUND, neverOpened()),
        () ->
            transactions.write(
                transaction -> {
                  User user = caller.user(transaction, users, email);
                  Binding _ =
                      bindings.close(
                          transaction, new Place(caller.id(), user.id(), account, strategy));
                  return Data.NOTHING;
                }));
  }

  private String followed(Caller caller, Parameters parameters) {
    String email = parameters.requireEmail("email");
    return transactions.read(
        transaction -> {
          User user = caller.user(transaction, users, email);
          PointCard card = cards.ofUser(transaction, caller.id(), user.id());
          return Data.of(
              bindings.of(transaction, caller.id(), user.id()).stream()
                  .map(binding -> Followed.of(caller, binding, card))
                  .toList());
        });
  }

  private static Sentence neverOpened() {
    return new Sentence("该账户未开启此策略", "the strategy was never opened on this account");
  }

  private static String label(Caller caller, RiskMode mode) {
    return switch (mode) {
      case STEADY -> caller.says(new Sentence(mode.label(), "steady"));
      case BALANCED -> caller.says(new Sentence(mode.label(), "balanced"));
      case BOLD -> caller.says(new Sentence(mode.label(), "bold"));
    };
  }

  private record Offered(
      long id,
      long strategyId,
      String name,
      String description,
      String symbol,
      String timeframe,
      BigDecimal minCapital,
      BigDecimal capital,
      int leverage,
      int riskMode,
      String riskModeLabel,
      BigDecimal amountUsdt,
      int status) {
    static Offered of(Caller caller, TenantStrategy strategy) {
      return new Offered(
          strategy.id(),
          strategy.strategy().id(),
          strategy.name(),
          strategy.description(),
          strategy.strategy().terms().symbol(),
          strategy.strategy().terms().timeframe(),
          strategy.minCapital(),
          strategy.capital(),
          strategy.leverage(),
          strategy.riskMode().number(),
          label(caller, strategy.riskMode()),
          strategy.amountUsdt(),
          strategy.active() ? 1 : 0);
    }
  }

  private record Opened(
      long bindingId,
      long strategyId,
      long accountId,
      int mode,
      BigDecimal capital,
      int leverage,
      int riskMode,
      String riskModeLabel,
      BigDecimal amountUsdt) {
    static Opened of(Caller caller, Binding binding) {
      return new Opened(
          binding.id(),
          binding.strategy(),
          binding.account(),
          binding.mode().number(),
          binding.capital(),
          binding.leverage(),
          binding.riskMode().number(),
          label(caller, binding.riskMode()),
          binding.amountUsdt());
    }
  }

  private record Changed(
      long bindingId,
      BigDecimal capital,
      int leverage,
      int riskMode,
      String riskModeLabel,
      BigDecimal amountUsdt) {
    static Changed of(Caller caller, Binding binding) {
      return new Changed(
          binding.id(),
          binding.capital(),
          binding.leverage(),
          binding.riskMode().number(),
          label(caller, binding.riskMode()),
          binding.amountUsdt());
    }
  }

  /**
   * A strategy that a user follows, or did.
   *
   * @param paused whether nothing new is entered, as points are owed or too few
   */
  private record Followed(
      long bindingId,
      long strategyId,
      String strategyName,
      String name,
      String symbol,
      long accountId,
      int status,
      int mode,
      BigDecimal capital,
      int leverage,
      int riskMode,
      String riskModeLabel,
      BigDecimal amountUsdt,
      Amount minPointCard,
      boolean paused,
      BigDecimal totalProfit,
      long totalTrades,
      String createTime) {
    static Followed of(Caller caller, Binding binding, PointCard card) {
      return new Followed(
          binding.id(),
          binding.strategy(),
          binding.strategyName(),
          binding.name(),
          binding.symbol(),
          binding.account(),
          binding.running() ? 1 : 0,
          binding.mode().number(),
          binding.capital(),
          binding.leverage(),
          binding.riskMode().number(),
          label(caller, binding.riskMode()),
          binding.amountUsdt(),
          binding.minPointCard(),
          binding.running() && card.pauses(binding.minPointCard()),
          binding.totalProfit(),
          binding.totalTrades(),
          caller.time(binding.createdAt()));
    }
  }
}
