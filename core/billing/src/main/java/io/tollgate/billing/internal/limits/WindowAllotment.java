package io.tollgate.billing.internal.limits;

import static java.util.Objects.requireNonNull;

/**
 * An amount that is given to a spend window, or taken back from it.
 *
 * @param before the window's row, locked
 * @param units smallest units; below 0 they are taken back, 0 is nothing
 */
record WindowAllotment(WindowKey key, WindowBalance before, long units) {
  WindowAllotment {
    requireNonNull(key, "key is null");
    requireNonNull(before, "before is null");
  }
}
