package io.tollgate.trading.strategies.naive;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Lots bought at lines and sold one line higher. */
final class GridTwin {
  private GridTwin() {}

  static @Nullable Said[] say(Series s, Values v) {
    double[] c = s.close();
    int count = v.whole("grid_count");
    double range = v.number("price_range") / 100;
    double lower = c[0] * (1 - range);
    double upper = c[0] * (1 + range);
    double stop = lower * 0.95;
    double[] line = Formulas.series(count + 1, j -> lower + j * (upper - lower) / count);
    TreeSet<Integer> lots = new TreeSet<>();
    return Twin.each(
        s,
        2,
        i -> {
          int held = lots.size();
          if (held > 0 && c[i] < stop) {
            lots.clear();
            return Said.close(-1, c[i], 75).asking("close_fraction", 1);
          }
          if (s.low()[i] <= stop || s.high()[i] >= upper) {
            lots.clear();
            held = 0;
          }
          lots.removeIf(lot -> c[i] >= line[lot + 1]);
          if (lots.size() < held) {
            return Said.close(-1, c[i], 75)
                .asking("close_fraction", (double) (held - lots.size()) / held);
          }
          for (int lot = 0; lot < count; lot++) {
            if (c[i - 1] > line[lot] && c[i] <= line[lot] && c[i] >= stop) {
              lots.add(lot);
            }
          }
          return lots.size() == held
              ? null
              : Said.of(held == 0 ? "OPEN" : "ADD", 1, c[i], stop, upper, 75)
                  .asking("open_fraction", (double) (lots.size() - held) / count);
        });
  }
}
