package io.tollgate.trading.engine.execution;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.episode.Episode.Direction;
import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.Position;
import io.tollgate.trading.exchange.PositionSide;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares an account's books with what its exchange shows. It finds what is to be asked and booked
 * and what cannot be explained; it never has anything closed that it does not know, and never
 * cancels an order of others.
 */
public final class Reconciliation {
  private Reconciliation() {}

  /** What is to be done about a difference. */
  public sealed interface Finding {
    /** The exchange shows an order of ours: its state goes into the books. */
    record Shown(TaskId task, OrderState state) implements Finding {
      public Shown {
        requireNonNull(task, "task is null");
        requireNonNull(state, "state is null");
      }
    }

    /** We have an order as open that is not among the exchange's open ones: it is asked for. */
    record Missing(TaskId task) implements Finding {
      public Missing {
        requireNonNull(task, "task is null");
      }
    }

    /** An order goes by an id such as ours are, and no task has it. */
    record Stray(OrderState order) implements Finding {
      public Stray {
        requireNonNull(order, "order is null");
      }
    }

    /** A position is not as large as the books say. */
    record Differs(PositionKey key, BigDecimal booked, BigDecimal shown) implements Finding {
      public Differs {
        requireNonNull(key, "key is null");
        requireNonNull(booked, "booked is null");
        requireNonNull(shown, "shown is null");
      }
    }
  }

  /**
   * Compares orders.
   *
   * @param ours orders that are not settled
   * @param shown all that are open at the exchange, of whomever
   */
  public static List<Finding> orders(List<TradedOrder> ours, List<OrderState> shown) {
    Map<ClientOrderId, TradedOrder> known = new HashMap<>();
    ours.forEach(order -> known.put(order.terms().task().clientOrderId(), order));
    List<Finding> findings = new ArrayList<>();
    Set<ClientOrderId> seen = new HashSet<>();
    for (OrderState state : shown) {
      // without an id, or under one of another form, it is somebody else's
      state
          .id()
          .ifPresent(
              id -> {
                seen.add(id);
                TradedOrder order = known.get(id);
                findings.add(
                    order == null
                        ? new Finding.Stray(state)
                        : new Finding.Shown(order.terms().task(), state));
              });
    }
    for (TradedOrder order : ours) {
      boolean open =
          switch (order.life().status()) {
            case OPEN, PARTIAL -> true;
            case PENDING, SUBMITTED, FILLED, CANCELLED, REJECTED, EXPIRED, FAILED -> false;
          };
      if (open && !seen.contains(order.terms().task().clientOrderId())) {
        findings.add(new Finding.Missing(order.terms().task()));
      }
    }
    return findings;
  }

  /**
   * Compares positions in contracts. Says something only of pairs in which nothing is under way:
   * what is filled may be shown in a position before or after the books have it.
   *
   * @param account whose positions they are
   * @param held that are open in the books
   * @param unsettled orders that are not settled
   * @param shown by the exchange, asked for after all that is in the books
   */
  public static List<Finding> positions(
      long account, List<HeldPosition> held, List<TradedOrder> unsettled, List<Position> shown) {
    Map<PositionKey, BigDecimal> theirs = new LinkedHashMap<>();
    for (Position each : shown) {
      Direction direction = each.side() == PositionSide.SHORT ? Direction.SHORT : Direction.LONG;
      PositionKey key = new PositionKey(account, MarketType.FUTURE, each.symbol(), direction);
      theirs.merge(key, each.quantity(), BigDecimal::add);
    }
    Map<PositionKey, BigDecimal> books = new LinkedHashMap<>();
    held.forEach(position -> books.put(position.key(), position.episode().quantity()));
    Set<PositionKey> keys = new LinkedHashSet<>(books.keySet());
    keys.addAll(theirs.keySet());
    List<Finding> findings = new ArrayList<>();
    for (PositionKey key : keys) {
      BigDecimal booked = books.getOrDefault(key, BigDecimal.ZERO);
      BigDecimal found = theirs.getOrDefault(key, BigDecimal.ZERO);
      boolean underWay =
          unsettled.stream()
              .anyMatch(order -> order.terms().position().symbol().equals(key.symbol()));
      if (!underWay && booked.compareTo(found) != 0) {
        findings.add(new Finding.Differs(key, booked, found));
      }
    }
    return findings;
  }
}
