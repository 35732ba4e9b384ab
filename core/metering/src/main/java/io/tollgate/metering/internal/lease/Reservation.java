package io.tollgate.metering.internal.lease;

import io.tollgate.ledger.Leg;
import java.util.ArrayList;
import java.util.List;

/** What one request has reserved: full-price limit legs, and payment legs in paying order. */
public final class Reservation {
  private final List<Leg> limits = new ArrayList<>(0);
  private final List<Leg> payment = new ArrayList<>(2);
  private List<Leg> passedOver = List.of();
  private boolean ended;

  Reservation() {}

  /** Limit legs, each the full amount; positive. */
  public List<Leg> limits() {
    return List.copyOf(limits);
  }

  /** Payment legs in paying order; positive. */
  public List<Leg> payment() {
    return List.copyOf(payment);
  }

  /**
   * What accounts should have paid that were passed over for want of time, in paying order: the
   * bank was silent, or others did not give back what they had.
   */
  public List<Leg> passedOver() {
    return passedOver;
  }

  /** The limit legs themselves; not to be changed. */
  List<Leg> limitLegs() {
    return limits;
  }

  /** The payment legs themselves; not to be changed. */
  List<Leg> paymentLegs() {
    return payment;
  }

  void addLimit(Leg leg) {
    limits.add(leg);
  }

  void addPayment(Leg leg) {
    payment.add(leg);
  }

  void addPassedOver(Leg leg) {
    // rare: nothing is kept for it otherwise
    List<Leg> more = new ArrayList<>(passedOver);
    more.add(leg);
    passedOver = List.copyOf(more);
  }

  /** True the first time only: a reservation is settled or undone once. */
  boolean end() {
    boolean first = !ended;
    ended = true;
    return first;
  }
}
