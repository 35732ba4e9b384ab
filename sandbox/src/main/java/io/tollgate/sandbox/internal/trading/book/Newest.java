package io.tollgate.sandbox.internal.trading.book;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** The newest of something, oldest first; the oldest are forgotten beyond a bound. */
public final class Newest<T> {
  private final Deque<T> kept = new ArrayDeque<>();
  private final int most;

  Newest(int most) {
    this.most = most;
  }

  /** Adds one, and returns those that are forgotten for it. */
  List<T> add(T one) {
    kept.addLast(one);
    return kept.size() > most ? List.of(kept.removeFirst()) : List.of();
  }

  public Stream<T> stream() {
    return kept.stream();
  }
}
