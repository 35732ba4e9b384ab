package io.tollgate.trading.engine.execution.simulation;

import io.tollgate.trading.engine.execution.AccountStanding;
import io.tollgate.trading.engine.execution.AccountStanding.Stake;
import io.tollgate.trading.engine.execution.AccountStanding.TradingRecord;
import io.tollgate.trading.engine.execution.BookTables;
import io.tollgate.trading.engine.execution.FillBooking;
import io.tollgate.trading.engine.execution.HeldPosition;
import io.tollgate.trading.engine.execution.OrderLife;
import io.tollgate.trading.engine.execution.PositionKey;
import io.tollgate.trading.engine.execution.PricedFill;
import io.tollgate.trading.engine.execution.TaskId;
import io.tollgate.trading.engine.execution.TradedOrder;
import io.tollgate.trading.engine.risk.LastTime;
import io.tollgate.trading.engine.risk.RiskCheck;
import io.tollgate.trading.engine.risk.RiskRules;
import io.tollgate.trading.engine.risk.RiskValue;
import io.tollgate.trading.engine.risk.RuleSetting;
import io.tollgate.trading.exchange.Symbol;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One account's part of the books, in one transaction. */
final class ModelTables implements BookTables {
  static final int MOST_POSITIONS = 2;

  private static final RiskCheck CHECK =
      new RiskCheck(
          RiskRules.USUAL.merged(
              Map.of(
                  "max_position",
                  new RuleSetting.Change(
                      Optional.of(true),
                      Map.of(
                          "max_positions",
                          new RiskValue.Number(BigDecimal.valueOf(MOST_POSITIONS)))),
                  "daily_trade_limit",
                  new RuleSetting.Change(Optional.of(false), Map.of()),
                  "consecutive_loss_cooldown",
                  new RuleSetting.Change(Optional.of(false), Map.of()))),
          RiskRules.NONE,
          RiskRules.NONE);

  private final Books books;
  private final long account;
  private final Set<Rule> rules;
  private final Books judgedBy;

  /**
   * @param judgedBy over which rules are checked
   */
  ModelTables(Books books, long account, Set<Rule> rules, Books judgedBy) {
    this.books = books;
    this.account = account;
    this.rules = rules;
    this.judgedBy = judgedBy;
  }

  Books books() {
    return books;
  }

  /** The same, with rules checked over what was true some time ago. */
  ModelTables judgedBy(Books before) {
    return new ModelTables(books, account, rules, before);
  }

  @Override
  public Optional<TradedOrder> order(TaskId task) {
    return Optional.ofNullable(books.orders.get(task));
  }

  @Override
  public void add(TradedOrder order) {
    if (books.orders.put(order.terms().task(), order) != null) {
      throw new Violation(order.terms().task() + " is there twice");
    }
  }

  @Override
  public void save(TradedOrder order) {
    TradedOrder before = books.orders.put(order.terms().task(), order);
    if (before != null) {
      OrderLife was = before.life();
      boolean shown = was.exchangeOrderId().isPresent();
      boolean late = order.life().booked().compareTo(was.booked()) > 0;
      if (shown && !late && !was.status().canBecome(order.life().status())) {
        throw new Violation(
            order.terms().task() + " went from " + was.status() + " to " + order.life().status());
      }
    }
  }

  @Override
  public boolean hasFill(Symbol symbol, String tradeId) {
    return rules.contains(Rule.FILL_ONCE)
        && books.fills.stream().anyMatch(fill -> fill.fill().tradeId().equals(tradeId));
  }

  @Override
  public void addFill(TradedOrder order, PricedFill fill, FillBooking booking, boolean late) {
    books.fills.add(fill);
  }

  @Override
  public Optional<HeldPosition> open(PositionKey key) {
    return books.open().stream()
        .filter(position -> position.key().equals(key))
        .map(position -> rules.contains(Rule.CLOSE_ALONE) ? position : unguarded(position))
        .findAny();
  }

  /** As if nothing were closing it. */
  static HeldPosition unguarded(HeldPosition position) {
    return new HeldPosition(
        position.id(),
        position.key(),
        position.episode(),
        position.levels(),
        position.strategy(),
        position.openedBy(),
        Optional.empty(),
        position.closesEnded() + (position.closing().isPresent() ? 1 : 0),
        position.openedAt(),
        position.closed());
  }

  @Override
  public void save(HeldPosition position) {
    HeldPosition before = books.positions.put(position.id(), position);
    boolean closedNow =
        position.closed().isPresent() && (before == null || before.closed().isEmpty());
    if (closedNow) {
      books.toTell.add(position.id());
    }
  }

  @Override
  public String newPositionId() {
    return String.format("POS-%016X", books.positions.size() + 1);
  }

  @Override
  public AccountStanding standing() {
    List<Stake> entering =
        judgedBy.orders.values().stream()
            .filter(order -> order.terms().position().account() == account)
            .filter(order -> order.terms().intent().enters() && !order.life().settled())
            .map(order -> new Stake(order.terms().position(), order.terms().notional()))
            .toList();
    return new AccountStanding(
        Optional.of(BigDecimal.valueOf(100_000)),
        judgedBy.open().stream()
            .filter(position -> position.key().account() == account)
            .map(position -> new Stake(position.key(), position.episode().cost()))
            .toList(),
        rules.contains(Rule.ORDERED_COUNTS) ? entering : List.of(),
        new TradingRecord(
            0,
            0,
            Optional.of(BigDecimal.ZERO),
            0,
            new LastTime.Never(),
            new LastTime.Never(),
            Optional.empty(),
            Optional.empty()));
  }

  @Override
  public RiskCheck rules() {
    return CHECK;
  }

  @Override
  public Optional<String> heldBack(Symbol symbol) {
    return Optional.empty();
  }

  @Override
  public void unexplained(Symbol symbol, String sentence) {
    books.unexplained.add(sentence);
  }
}
