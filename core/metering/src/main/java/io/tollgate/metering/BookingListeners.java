package io.tollgate.metering;

import static java.util.Objects.requireNonNull;

/**
 * Who hears of bookings once they are committed.
 *
 * @param costs what provider accounts have cost
 * @param usage what was used
 */
public record BookingListeners(AccountCostListener costs, UsageListener usage) {
  public static final BookingListeners NOBODY =
      new BookingListeners(AccountCostListener.NOBODY, UsageListener.NOBODY);

  public BookingListeners {
    requireNonNull(costs, "costs is null");
    requireNonNull(usage, "usage is null");
  }
}
