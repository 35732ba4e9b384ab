package io.tollgate.metering;

import io.tollgate.data.Transaction;
import java.time.Instant;
import java.util.List;

/** Tells others of requests that are being booked, in the transaction that books them. */
@FunctionalInterface
public interface BookingEvents {
  BookingEvents NOBODY = (_, _, _) -> {};

  /**
   * These are posted and about to be committed together; what the users have is what they have
   * after them. To be quick: the users' accounts are locked.
   *
   * @param requests in the order in which they were made, at least one
   */
  void booking(Transaction transaction, List<BookedRequest> requests, Instant now);

  /**
   * What these had been charged by a decision, for want of a result, is given back in this
   * transaction; what their results cost is charged next, and told by {@link #booking}.
   *
   * @param requests as they had been charged, at least one
   */
  default void givingBack(Transaction transaction, List<BookedRequest> requests) {}
}
