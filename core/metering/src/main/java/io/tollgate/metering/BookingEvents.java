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
}
