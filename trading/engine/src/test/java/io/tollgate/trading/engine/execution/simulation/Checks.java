package io.tollgate.trading.engine.execution.simulation;

import io.tollgate.trading.engine.episode.Episode;
import io.tollgate.trading.engine.episode.Episode.Direction;
import io.tollgate.trading.engine.execution.BookedStatus;
import io.tollgate.trading.engine.execution.HeldPosition;
import io.tollgate.trading.engine.execution.PositionKey;
import io.tollgate.trading.engine.execution.TradedOrder;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.Symbol;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must hold, told in the plainest way over what the exchange itself has. */
final class Checks {
  private Checks() {}

  /** After each commit. */
  static void always(World world) {
    for (long account = 1; account <= World.ACCOUNTS; account++) {
      long of = account;
      Set<PositionKey> atStake =
          Stream.concat(
                  world.committed().open().stream().map(HeldPosition::key),
                  world.committed().orders.values().stream()
                      .filter(order -> order.terms().intent().enters() && !order.life().settled())
                      .map(order -> order.terms().position()))
              .filter(key -> key.account() == of)
              .collect(Collectors.toSet());
      require(
          atStake.size() <= ModelTables.MOST_POSITIONS,
          "account " + account + " has more than it may: " + atStake);
    }
  }

  /** When nothing is under way any more. */
  static void atRest(World world) {
    signals(world);
    orders(world);
    fills(world);
    positions(world);
    money(world);
    told(world);
    require(
        world.committed().unexplained.isEmpty(), "unexplained: " + world.committed().unexplained);
  }

  private static void signals(World world) {
    for (Signal signal : world.signals) {
      for (int account = 1; account <= World.ACCOUNTS; account++) {
        int of = account;
        long orders =
            world.committed().orders.values().stream()
                .filter(order -> order.terms().signal().filter(signal.id()::equals).isPresent())
                .filter(order -> order.terms().position().account() == of)
                .count();
        require(orders <= 1, signal.id() + " was ordered twice on " + account);
        require(
            orders == 1 || world.wasDenied(signal, account),
            signal.id() + " was forgotten on " + account);
      }
    }
  }

  private static void orders(World world) {
    Map<String, Venue.Taken> taken = new HashMap<>();
    world.venue().orders().forEach(order -> taken.put(order.request.id().text(), order));
    for (TradedOrder order : world.committed().orders.values()) {
      Venue.Taken theirs = taken.remove(order.terms().task().clientOrderId().text());
      BookedStatus ours = order.life().status();
      if (theirs == null) {
        require(
            ours == BookedStatus.REJECTED || ours == BookedStatus.FAILED,
            order.terms().task() + " is " + ours + " and at no exchange");
      } else {
        require(
            ours.name().equals(theirs.status.name()),
            order.terms().task() + " is " + ours + " and at the exchange " + theirs.status);
        require(
            order.life().booked().compareTo(theirs.filled) == 0,
            order.terms().task() + " has " + order.life().booked() + " of " + theirs.filled);
      }
    }
    require(taken.isEmpty(), "orders at the exchange that nobody knows: " + taken.keySet());
  }

  private static void fills(World world) {
    List<String> ours =
        world.committed().fills.stream().map(each -> each.fill().tradeId()).sorted().toList();
    List<String> theirs =
        world.venue().trades().stream().map(each -> each.fill().tradeId()).sorted().toList();
    require(ours.equals(theirs), "fills " + ours + " (expected: " + theirs + ")");
  }

  private static void positions(World world) {
    for (PositionKey key : keys()) {
      BigDecimal booked =
          world.committed().open().stream()
              .filter(position -> position.key().equals(key))
              .map(position -> position.episode().quantity())
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      require(
          booked.compareTo(world.venue().held(key)) == 0,
          key + " is " + booked + " and at the exchange " + world.venue().held(key));
    }
  }

  /** What went to and from the exchange is what positions brought, and what those open cost. */
  private static void money(World world) {
    for (PositionKey key : keys()) {
      BigDecimal paid = BigDecimal.ZERO;
      for (Venue.Trade trade : world.venue().trades()) {
        Fill fill = trade.fill();
        boolean mine =
            trade.account() == key.account()
                && fill.symbol().equals(key.symbol())
                && direction(world, fill) == key.direction();
        if (mine) {
          BigDecimal value = fill.quantity().multiply(fill.price());
          paid = paid.add(fill.side() == Side.SELL ? value : value.negate()).subtract(fill.fee());
        }
      }
      BigDecimal booked = BigDecimal.ZERO;
      for (HeldPosition position : world.committed().positions.values()) {
        if (position.key().equals(key)) {
          Episode episode = position.episode();
          BigDecimal cost = episode.cost();
          booked =
              booked
                  .add(episode.realizedPnl())
                  .add(key.direction() == Direction.SHORT ? cost : cost.negate());
        }
      }
      require(
          paid.compareTo(booked) == 0, key + " brought " + booked + " (expected: " + paid + ")");
    }
  }

  private static Direction direction(World world, Fill fill) {
    return world.venue().orders().stream()
        .filter(order -> order.id.equals(fill.exchangeOrderId()))
        .map(order -> Direction.valueOf(order.request.position().name()))
        .findAny()
        .orElseThrow();
  }

  private static void told(World world) {
    Map<String, BigDecimal> closed =
        world.committed().positions.values().stream()
            .filter(position -> position.closed().isPresent())
            .collect(Collectors.toMap(HeldPosition::id, HeldPosition::profit));
    require(
        closed.equals(world.rewarded()),
        "told " + world.rewarded() + " (expected: " + closed + ")");
  }

  private static List<PositionKey> keys() {
    return Stream.of(1L, 2L)
        .flatMap(account -> World.SYMBOLS.stream().flatMap(symbol -> directions(account, symbol)))
        .toList();
  }

  private static Stream<PositionKey> directions(long account, Symbol symbol) {
    return Stream.of(Direction.values())
        .map(direction -> new PositionKey(account, MarketType.FUTURE, symbol, direction));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Violation(otherwise);
    }
  }
}
