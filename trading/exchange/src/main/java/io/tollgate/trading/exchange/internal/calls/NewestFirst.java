package io.tollgate.trading.exchange.internal.calls;

import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Outcome.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads lists whose pages have what is newest first. */
public final class NewestFirst {
  private static final int PAGES = 20;

  private NewestFirst() {}

  /**
   * Everything newer than what is known, newest first. Where there are more pages than are read,
   * the outcome is unknown: a part would look like the whole.
   *
   * @param page what is older than the last thing of the page before
   * @param size of a full page
   * @param known whether this and what is older is not wanted
   */
  public static <T> Outcome<List<T>> all(
      Function<Optional<T>, Outcome<List<T>>> page, int size, Predicate<T> known) {
    List<T> all = new ArrayList<>();
    for (int number = 0; number < PAGES; number++) {
      Optional<T> last = all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
      Outcome<List<T>> outcome = page.apply(last);
      if (!(outcome instanceof Accepted<List<T>>(List<T> things))) {
        return outcome;
      }
      for (T thing : things) {
        if (known.test(thing)) {
          return new Accepted<>(all);
        }
        all.add(thing);
      }
      if (things.size() < size) {
        return new Accepted<>(all);
      }
    }
    return new Unknown<>("more than " + PAGES + " pages");
  }
}
