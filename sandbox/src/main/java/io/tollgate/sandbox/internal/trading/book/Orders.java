package io.tollgate.sandbox.internal.trading.book;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The orders of an account on one market: all open ones, and the newest that have ended. Confined
 * to the event loop.
 */
public final class Orders {
  static final int MOST_OPEN = 1_000;
  private static final int MOST_ENDED = 5_000;

  /** What never filled is forgotten after three days, everything after ninety. */
  private static final long UNFILLED_MILLIS = 3 * 86_400_000L;

  private static final long ENDED_MILLIS = 90 * 86_400_000L;

  private final Map<Long, Order> open = new LinkedHashMap<>();
  private final Map<Long, Order> byId = new HashMap<>();
  private final Map<String, Order> newestByClientId = new HashMap<>();
  private final Newest<Order> ended = new Newest<>(MOST_ENDED);

  void add(Order order) {
    byId.put(order.id(), order);
    newestByClientId.put(order.clientId(), order);
    if (order.open()) {
      open.put(order.id(), order);
    } else {
      retire(order);
    }
  }

  /** Told of every change of an order, so that what has ended is no longer among the open ones. */
  void changed(Order order) {
    if (!order.open() && open.remove(order.id()) != null) {
      retire(order);
    }
  }

  private void retire(Order order) {
    for (Order forgotten : ended.add(order)) {
      byId.remove(forgotten.id());
      newestByClientId.remove(forgotten.clientId(), forgotten);
    }
  }

  /** Those open, oldest first. */
  public List<Order> open() {
    return List.copyOf(open.values());
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  boolean full() {
    return open.size() >= MOST_OPEN;
  }

  /** Whether an open one has an own id: the newest is, if any is. */
  boolean openWith(String clientId) {
    Order newest = newestByClientId.get(clientId);
    return newest != null && newest.open();
  }

  public Optional<Order> find(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The open one of a client order id, else the newest. */
  public Optional<Order> find(String clientId) {
    return Optional.ofNullable(newestByClientId.get(clientId));
  }

  /** Whether a query still finds it at a market time. */
  public static boolean remembered(Order order, long now) {
    long age = now - order.updatedAt();
    return order.open()
        || (order.filled().signum() == 0 ? age < UNFILLED_MILLIS : age < ENDED_MILLIS);
  }

  /** All that are kept, the ended ones first. */
  public Stream<Order> all() {
    return Stream.concat(ended.stream(), open.values().stream());
  }
}
