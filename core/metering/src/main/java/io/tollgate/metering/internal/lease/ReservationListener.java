package io.tollgate.metering.internal.lease;

/**
 * Hears how a reservation ends; called once, on the holder's thread, maybe before reserve returns.
 */
public interface ReservationListener {
  void reserved(Reservation reservation);

  void refused(Cause cause);

  /** Why a reservation was refused. */
  enum Cause {
    /** The means do not cover it; everybody was asked. */
    NO_MEANS,
    /** A limit does not cover it; everybody was asked, or did not answer in time. */
    OVER_LIMIT,
    /** Others did not answer in time. */
    NOT_IN_TIME,
    /** The bank did not answer in time: nobody knows what there is. */
    NO_ANSWER,
    /** The holder is closed: nothing is let through any more. */
    CLOSED
  }
}
