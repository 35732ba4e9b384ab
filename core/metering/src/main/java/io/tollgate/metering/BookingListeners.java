package io.tollgate.metering;

import static java.util.Objects.requireNonNull;

/**
 * Who hears of bookings.
 *
 * @param costs what provider accounts have cost, once it is committed
 * @param usage what was used, once it is committed
 * @param events told within the transaction, to tell others with its commit
 */
public record BookingListeners(
    AccountCostListener costs, UsageListener usage, BookingEvents events) {
  public static final BookingListeners NOBODY =
      new BookingListeners(AccountCostListener.NOBODY, UsageListener.NOBODY, BookingEvents.NOBODY);

  /** Nobody but who tells others of it within the transaction. */
  public static BookingListeners told(BookingEvents events) {
    return new BookingListeners(AccountCostListener.NOBODY, UsageListener.NOBODY, events);
  }

  public BookingListeners {
    requireNonNull(costs, "costs is null");
    requireNonNull(usage, "usage is null");
    requireNonNull(events, "events is null");
  }
}
