package io.tollgate.trading.engine.execution;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.episode.Episode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;

/**
 * A position from the fill that opened it until it is flat. Immutable.
 *
 * @param id {@code POS-} and 16 hexadecimal digits
 * @param strategy by whose code it was opened
 * @param openedBy task of the order that did
 * @param closing the task that makes it smaller now: there is one at a time
 * @param closesEnded how many of those have ended
 */
public record HeldPosition(
    String id,
    PositionKey key,
    Episode episode,
    Levels levels,
    Optional<String> strategy,
    TaskId openedBy,
    Optional<TaskId> closing,
    int closesEnded,
    Instant openedAt,
    Optional<Closed> closed) {
  private static final int DECIMALS = 8;

  /** How it ended. */
  public record Closed(CloseReason reason, Instant at) {
    public Closed {
      requireNonNull(reason, "reason is null");
      requireNonNull(at, "at is null");
    }
  }

  public HeldPosition {
    requireNonNull(id, "id is null");
    requireNonNull(key, "key is null");
    requireNonNull(episode, "episode is null");
    requireNonNull(levels, "levels is null");
    requireNonNull(strategy, "strategy is null");
    requireNonNull(openedBy, "openedBy is null");
    requireNonNull(closing, "closing is null");
    requireNonNull(openedAt, "openedAt is null");
    requireNonNull(closed, "closed is null");
  }

  /** One that an order opens. */
  static HeldPosition opened(String id, OrderTerms by, Instant at) {
    return new HeldPosition(
        id,
        by.position(),
        Episode.flat(by.position().direction()),
        by.levels(),
        by.strategy(),
        by.task(),
        Optional.empty(),
        0,
        at,
        Optional.empty());
  }

  /** What it has brought, as point cards are told: eight decimals, half even. */
  public BigDecimal profit() {
    return episode.realizedPnl().setScale(DECIMALS, RoundingMode.HALF_EVEN);
  }

  /** The task of the next close that a level asks for. */
  public TaskId nextClose(CloseReason level) {
    return TaskId.ofLevel(id, level, closesEnded);
  }

  HeldPosition with(Episode next, Levels newLevels) {
    return new HeldPosition(
        id, key, next, newLevels, strategy, openedBy, closing, closesEnded, openedAt, closed);
  }

  HeldPosition closedBy(CloseReason reason, Instant at) {
    return new HeldPosition(
        id,
        key,
        episode,
        Levels.NONE,
        strategy,
        openedBy,
        closing,
        closesEnded,
        openedAt,
        Optional.of(new Closed(reason, at)));
  }

  HeldPosition closingBy(TaskId task) {
    return new HeldPosition(
        id,
        key,
        episode,
        levels,
        strategy,
        openedBy,
        Optional.of(task),
        closesEnded,
        openedAt,
        closed);
  }

  /** That close has ended, and may have left something. */
  HeldPosition closeEnded(TaskId task) {
    return closing.filter(task::equals).isEmpty()
        ? this
        : new HeldPosition(
            id,
            key,
            episode,
            levels,
            strategy,
            openedBy,
            Optional.empty(),
            closesEnded + 1,
            openedAt,
            closed);
  }
}
