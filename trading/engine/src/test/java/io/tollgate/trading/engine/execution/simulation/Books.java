package io.tollgate.trading.engine.execution.simulation;

import io.tollgate.trading.engine.execution.HeldPosition;
import io.tollgate.trading.engine.execution.PricedFill;
import io.tollgate.trading.engine.execution.TaskId;
import io.tollgate.trading.engine.execution.TradedOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a database has that loses nothing: the state after the last commit. */
final class Books {
  final Map<TaskId, TradedOrder> orders;
  final List<PricedFill> fills;
  final Map<String, HeldPosition> positions;

  /** Positions that were closed and are not told yet. */
  final Set<String> toTell;

  /** Signals whose orders are all reserved, or denied. */
  final Set<String> dispatched;

  final List<String> unexplained;

  Books() {
    orders = new LinkedHashMap<>();
    fills = new ArrayList<>();
    positions = new LinkedHashMap<>();
    toTell = new LinkedHashSet<>();
    dispatched = new LinkedHashSet<>();
    unexplained = new ArrayList<>();
  }

  private Books(Books from) {
    orders = new LinkedHashMap<>(from.orders);
    fills = new ArrayList<>(from.fills);
    positions = new LinkedHashMap<>(from.positions);
    toTell = new LinkedHashSet<>(from.toTell);
    dispatched = new LinkedHashSet<>(from.dispatched);
    unexplained = new ArrayList<>(from.unexplained);
  }

  Books copy() {
    return new Books(this);
  }

  List<HeldPosition> open() {
    return positions.values().stream().filter(each -> each.closed().isEmpty()).toList();
  }
}
