package io.tollgate.trading.engine.candles;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * What became of candles that were to be stored.
 *
 * @param added new ones
 * @param same stored before, to the last bit
 * @param different from the stored ones of their time
 * @param firstDifferent when the first of these opened, in milliseconds since 1970
 */
public record AppendCount(long added, long same, long different, OptionalLong firstDifferent) {
  public static final AppendCount NONE = new AppendCount(0, 0, 0, OptionalLong.empty());

  public AppendCount {
    requireNonNull(firstDifferent, "firstDifferent is null");
  }

  /** These and later ones. */
  public AppendCount plus(AppendCount later) {
    return new AppendCount(
        added + later.added,
        same + later.same,
        different + later.different,
        firstDifferent.isPresent() ? firstDifferent : later.firstDifferent);
  }

  /** All of them. */
  public long total() {
    return added + same + different;
  }
}
