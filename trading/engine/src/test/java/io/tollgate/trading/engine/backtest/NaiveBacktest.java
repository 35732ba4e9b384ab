package io.tollgate.trading.engine.backtest;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.strategies.Bar;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.SignalStrategy;
import io.tollgate.trading.strategies.SignalType;
import io.tollgate.trading.strategies.StrategyOutput;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a backtest once more, said as they are written and in exact numbers throughout:
 * slow, and sharing nothing with the engine but its terms. Trades are kept as text.
 */
final class NaiveBacktest {
  private static final long EIGHT_HOURS = 28_800_000L;
  private static final BigDecimal ONE = BigDecimal.ONE;

  final List<String> trades = new ArrayList<>();
  final List<DropReason> dropped = new ArrayList<>();
  BigDecimal balance;

  private final BacktestTerms terms;
  private final long length;
  private final Map<SignalSide, NaiveHolding> held = new EnumMap<>(SignalSide.class);
  private final List<NaiveWish> wishes = new ArrayList<>();
  private BigDecimal peak;
  private boolean halted;
  private int losses;

  NaiveBacktest(BacktestTerms terms, long length) {
    this.terms = terms;
    this.length = length;
    this.balance = terms.initialBalance();
    this.peak = balance;
  }

  void run(SignalStrategy strategy, List<Bar> bars) {
    long funding = Math.ceilDiv(bars.getFirst().openTime(), EIGHT_HOURS) * EIGHT_HOURS;
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      for (; funding <= bar.openTime(); funding += EIGHT_HOURS) {
        fund(NaiveWish.exact(bar.open()));
      }
      stopEntering();
      for (NaiveWish wish : List.copyOf(wishes)) {
        open(wish, i, bar);
      }
      for (SignalSide side : SignalSide.values()) {
        if (held.containsKey(side)) {
          exit(side, i, bar);
        }
      }
      for (; funding < bar.openTime() + length; funding += EIGHT_HOURS) {
        fund(NaiveWish.exact(bar.close()));
      }
      StrategyOutput said = strategy.onBar(bar).orElse(null);
      if (said != null && i >= Math.max(terms.lookback(), strategy.bars() - 1)) {
        wishes.addAll(NaiveWish.of(said, i, terms.fillDelayBars()));
        stopEntering();
        if (terms.fillDelayBars() == 0) {
          for (NaiveWish wish : List.copyOf(wishes)) {
            if (wish.limit() == null && wish.from() == i) {
              wishes.remove(wish);
              fill(wish, NaiveWish.exact(bar.close()), bar.openTime() + length, -1, false);
            }
          }
        }
      }
      measure(NaiveWish.exact(bar.close()));
    }
    wishes.forEach(wish -> dropped.add(DropReason.NO_BAR));
    Bar last = bars.getLast();
    for (SignalSide side : SignalSide.values()) {
      if (held.containsKey(side)) {
        close(side, NaiveWish.exact(last.close()), last.openTime() + length, "END");
      }
    }
  }

  /** A level is a price as bars have it. */
  private static BigDecimal level(BigDecimal computed) {
    return NaiveWish.exact(computed.doubleValue());
  }

  private boolean stopped() {
    return halted || terms.maxConsecutiveLosses() > 0 && losses >= terms.maxConsecutiveLosses();
  }

  private void stopEntering() {
    if (stopped()) {
      for (NaiveWish wish : List.copyOf(wishes)) {
        if (wish.type() != SignalType.CLOSE) {
          wishes.remove(wish);
          dropped.add(DropReason.HALTED);
        }
      }
    }
  }

  private void open(NaiveWish wish, int i, Bar bar) {
    if (wish.from() > i) {
      return;
    }
    BigDecimal price = NaiveWish.exact(bar.open());
    boolean within = false;
    if (wish.limit() != null) {
      boolean buys = wish.side() == SignalSide.BUY;
      BigDecimal reached = NaiveWish.exact(buys ? bar.low() : bar.high());
      if (better(wish.side(), reached, wish.limit()) < 0) {
        if (i >= wish.until()) {
          wishes.remove(wish);
          dropped.add(DropReason.LIMIT_EXPIRED);
        }
        return;
      }
      if (better(wish.side(), price, wish.limit()) < 0) {
        price = wish.limit();
        within = true;
      } else {
        within = price.compareTo(wish.limit()) == 0;
      }
    }
    wishes.remove(wish);
    fill(wish, price, bar.openTime(), i, within);
  }

  /** Above 0 where the first price is the better one to enter at. */
  private static int better(SignalSide side, BigDecimal one, BigDecimal other) {
    return side == SignalSide.BUY ? other.compareTo(one) : one.compareTo(other);
  }

  private BigDecimal slipped(BigDecimal price, boolean buying) {
    BigDecimal slippage = terms.slippagePct().movePointLeft(2);
    return price.multiply(buying ? ONE.add(slippage) : ONE.subtract(slippage));
  }

  private void fill(NaiveWish wish, BigDecimal price, long time, long bar, boolean within) {
    NaiveHolding mine = held.get(wish.side());
    boolean buying = wish.side() == SignalSide.BUY;
    if (wish.type() == SignalType.CLOSE) {
      reduce(wish, mine, price, time);
      return;
    }
    if (wish.type() == SignalType.ADD) {
      if (mine == null) {
        dropped.add(DropReason.NO_POSITION);
        return;
      }
      BigDecimal stop = wish.stop() == null ? mine.stop : wish.stop();
      BigDecimal paid = slipped(price, buying);
      BigDecimal quantity = quantity(wish, paid, stop);
      if (quantity.signum() > 0) {
        put(mine, paid, quantity);
        mine.stop = stop;
        mine.target = wish.target() == null ? mine.target : wish.target();
      }
      return;
    }
    NaiveHolding other = held.get(wish.side().opposite());
    boolean pair = wish.type() == SignalType.HEDGE;
    boolean together = pair && other != null && other.since == time;
    boolean allowed =
        switch (terms.onOpposite()) {
          case HEDGE -> true;
          case REVERSE -> !pair || together;
          case IGNORE -> together;
        };
    if (mine != null || other != null && !allowed) {
      dropped.add(DropReason.POSITION_OPEN);
      return;
    }
    if (wish.stop() != null && better(wish.side(), price, wish.stop()) >= 0
        || wish.target() != null && better(wish.side(), price, wish.target()) <= 0) {
      dropped.add(DropReason.LEVEL_PASSED);
      return;
    }
    BigDecimal paid = slipped(price, buying);
    if (terms.minRiskReward() > 0) {
      BigDecimal least =
          wish.stop() == null
              ? null
              : paid.subtract(wish.stop()).abs().multiply(NaiveWish.exact(terms.minRiskReward()));
      if (least == null
          || wish.target() == null
          || wish.target().subtract(paid).abs().compareTo(least) < 0) {
        dropped.add(DropReason.RISK_REWARD);
        return;
      }
    }
    if (other != null && !pair && terms.onOpposite() == OnOpposite.REVERSE) {
      close(wish.side().opposite(), price, time, "SIGNAL");
    }
    BigDecimal quantity = quantity(wish, paid, wish.stop());
    if (quantity.signum() > 0) {
      NaiveHolding made = new NaiveHolding();
      made.since = time;
      made.bar = bar;
      made.within = within;
      made.stop = wish.stop();
      made.target = wish.target();
      put(made, paid, quantity);
      made.best = made.entry();
      held.put(wish.side(), made);
    }
  }

  private void put(NaiveHolding holding, BigDecimal price, BigDecimal quantity) {
    BigDecimal notional = price.multiply(quantity);
    BigDecimal fee = notional.multiply(terms.commissionRate());
    holding.quantity = holding.quantity.add(quantity);
    holding.cost = holding.cost.add(notional);
    holding.fees = holding.fees.add(fee);
    balance = balance.subtract(fee);
  }

  private BigDecimal quantity(NaiveWish wish, BigDecimal price, @Nullable BigDecimal stop) {
    boolean byAmount = terms.amount().signum() > 0;
    boolean byRisk = !byAmount && terms.riskPerTrade().signum() > 0;
    if (byRisk && stop == null) {
      dropped.add(DropReason.NO_STOP);
      return BigDecimal.ZERO;
    }
    BigDecimal quantity;
    if (balance.signum() <= 0) {
      quantity = BigDecimal.ZERO;
    } else if (byAmount) {
      BigDecimal amount = terms.amount().min(balance.multiply(new BigDecimal(3)));
      quantity = down(amount.multiply(wish.fraction()), price);
    } else if (byRisk) {
      BigDecimal distance =
          price.subtract(stop == null ? price : stop).abs().max(price.movePointLeft(3));
      BigDecimal most = terms.initialBalance().multiply(new BigDecimal("1.5"));
      quantity =
          down(terms.riskPerTrade().multiply(wish.fraction()), distance)
              .min(down(most.multiply(wish.fraction()), price));
    } else {
      quantity = down(wish.fraction(), ONE);
    }
    if (quantity.signum() == 0) {
      dropped.add(DropReason.TOO_SMALL);
    }
    return quantity;
  }

  private BigDecimal down(BigDecimal amount, BigDecimal price) {
    BigDecimal steps = amount.divide(price.multiply(terms.stepSize()), 0, RoundingMode.FLOOR);
    return steps.multiply(terms.stepSize());
  }

  private void reduce(NaiveWish wish, @Nullable NaiveHolding mine, BigDecimal price, long time) {
    if (mine == null) {
      dropped.add(DropReason.NO_POSITION);
      return;
    }
    BigDecimal quantity =
        wish.fraction().compareTo(ONE) >= 0
            ? mine.quantity
            : down(mine.quantity.multiply(wish.fraction()), ONE);
    if (quantity.signum() == 0) {
      dropped.add(DropReason.TOO_SMALL);
      return;
    }
    sell(wish.side(), mine, quantity, price, time, "SIGNAL");
  }

  private void close(SignalSide side, BigDecimal price, long time, String reason) {
    NaiveHolding holding = requireNonNull(held.get(side));
    sell(side, holding, holding.quantity, price, time, reason);
  }

  private void sell(
      SignalSide side,
      NaiveHolding holding,
      BigDecimal quantity,
      BigDecimal price,
      long time,
      String reason) {
    boolean all = quantity.compareTo(holding.quantity) == 0;
    BigDecimal cost = NaiveHolding.share(holding.cost, quantity, holding.quantity);
    BigDecimal fees = NaiveHolding.share(holding.fees, quantity, holding.quantity);
    BigDecimal funding = NaiveHolding.share(holding.funding, quantity, holding.quantity);
    BigDecimal entry = cost.divide(quantity, 12, RoundingMode.HALF_EVEN);
    BigDecimal paid = slipped(price, side == SignalSide.SELL);
    BigDecimal notional = paid.multiply(quantity);
    BigDecimal fee = notional.multiply(terms.commissionRate());
    BigDecimal gross = notional.subtract(cost);
    if (side == SignalSide.SELL) {
      gross = gross.negate();
    }
    BigDecimal pnl = gross.subtract(fees).subtract(fee).subtract(funding);
    balance = balance.add(gross).subtract(fee);
    losses = pnl.signum() > 0 ? 0 : losses + 1;
    trades.add(
        TradeLine.of(side, entry, holding.since, paid, time, quantity, reason, fees.add(fee), pnl));
    holding.quantity = holding.quantity.subtract(quantity);
    holding.cost = holding.cost.subtract(cost);
    holding.fees = holding.fees.subtract(fees);
    holding.funding = holding.funding.subtract(funding);
    if (all) {
      held.remove(side);
    }
  }

  private void fund(BigDecimal price) {
    held.forEach(
        (side, holding) -> {
          BigDecimal paid = price.multiply(holding.quantity).multiply(terms.fundingRate());
          BigDecimal signed = side == SignalSide.BUY ? paid : paid.negate();
          holding.funding = holding.funding.add(signed);
          balance = balance.subtract(signed);
        });
  }

  private BigDecimal shareOfPrice(BigDecimal shareOfMargin) {
    return shareOfMargin.divide(terms.leverage(), 12, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal moved(SignalSide side, BigDecimal price, BigDecimal by) {
    return side == SignalSide.BUY ? price.add(by) : price.subtract(by);
  }

  private void exit(SignalSide side, long i, Bar bar) {
    NaiveHolding holding = requireNonNull(held.get(side));
    BigDecimal entry = holding.entry();
    BigDecimal guard = holding.stop;
    String reason = "STOP_LOSS";
    if (holding.trailing != null && (guard == null || better(side, holding.trailing, guard) < 0)) {
      guard = holding.trailing;
      reason = "TRAILING_STOP";
    }
    if (terms.isolated()) {
      BigDecimal lost = shareOfPrice(ONE).subtract(new BigDecimal("0.004"));
      BigDecimal liquidation = level(moved(side, entry, entry.multiply(lost).negate()));
      if (guard == null || better(side, liquidation, guard) < 0) {
        guard = liquidation;
        reason = "LIQUIDATION";
      }
    }
    BigDecimal opened = NaiveWish.exact(bar.open());
    BigDecimal worst = NaiveWish.exact(side == SignalSide.BUY ? bar.low() : bar.high());
    BigDecimal best = NaiveWish.exact(side == SignalSide.BUY ? bar.high() : bar.low());
    boolean own = holding.bar == i;
    if (!own && guard != null && better(side, opened, guard) >= 0) {
      close(side, opened, bar.openTime(), reason);
    } else if (!own && holding.target != null && better(side, opened, holding.target) <= 0) {
      close(side, opened, bar.openTime(), "TAKE_PROFIT");
    } else if (guard != null && better(side, worst, guard) >= 0) {
      close(side, guard, bar.openTime(), reason);
    } else if (own && holding.within) {
      return;
    } else if (holding.target != null && better(side, best, holding.target) <= 0) {
      close(side, holding.target, bar.openTime(), "TAKE_PROFIT");
    } else if (better(side, best, holding.best) < 0) {
      holding.best = best;
      follow(side, holding, entry);
    }
  }

  private void follow(SignalSide side, NaiveHolding holding, BigDecimal entry) {
    if (terms.trailingStopPct() == 0) {
      return;
    }
    BigDecimal gained =
        entry.multiply(
            shareOfPrice(NaiveWish.exact(terms.trailingActivationPct()).movePointLeft(2)));
    if (better(side, holding.best, level(moved(side, entry, gained))) > 0) {
      return;
    }
    BigDecimal distance =
        entry.multiply(shareOfPrice(NaiveWish.exact(terms.trailingStopPct()).movePointLeft(2)));
    BigDecimal follows = level(moved(side, holding.best, distance.negate()));
    if (holding.trailing == null || better(side, follows, holding.trailing) < 0) {
      holding.trailing = follows;
    }
  }

  private void measure(BigDecimal close) {
    BigDecimal equity = balance;
    for (Map.Entry<SignalSide, NaiveHolding> each : held.entrySet()) {
      BigDecimal gain = close.multiply(each.getValue().quantity).subtract(each.getValue().cost);
      equity = each.getKey() == SignalSide.BUY ? equity.add(gain) : equity.subtract(gain);
    }
    peak = peak.max(equity);
    BigDecimal fall =
        peak.subtract(equity).movePointRight(2).divide(peak, 20, RoundingMode.HALF_EVEN);
    halted |=
        terms.maxDrawdownPct() > 0 && fall.compareTo(NaiveWish.exact(terms.maxDrawdownPct())) >= 0;
  }
}
