package io.tollgate.data.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing history as short as it gets. */
public final class Shrinking {
  private Shrinking() {}

  /** Drops events, in ever smaller pieces, as long as what is left still fails. */
  public static <E> List<E> shortest(List<E> failing, Predicate<List<E>> fails) {
    List<E> best = failing;
    for (int piece = Math.max(1, best.size() / 2); piece >= 1; ) {
      boolean dropped = false;
      for (int at = 0; at < best.size(); ) {
        List<E> less = new ArrayList<>(best.subList(0, at));
        less.addAll(best.subList(Math.min(best.size(), at + piece), best.size()));
        if (fails.test(less)) {
          best = less;
          dropped = true;
        } else {
          at += piece;
        }
      }
      if (piece > 1) {
        piece /= 2;
      } else if (!dropped) {
        break;
      }
    }
    return best;
  }
}
