package io.tollgate.metering.internal.lease;

import io.tollgate.ground.AccountId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a reservation takes: the full price from every limit account, and the price once over the
 * payment accounts, each used up before the next.
 *
 * @param limits kept in the order of their ids, whatever order they are given in
 * @param payment in paying order; at least one
 * @param price smallest units, positive
 * @param partial whether less than the price will do, down to nothing, once everybody was asked
 */
public record LegPlan(
    List<AccountId> limits, List<AccountId> payment, long price, boolean partial) {
  /** A plan that is reserved whole or not at all. */
  public LegPlan(List<AccountId> limits, List<AccountId> payment, long price) {
    this(limits, payment, price, false);
  }

  /** A plan that takes from the accounts what is there, up to the price. */
  public static LegPlan upTo(List<AccountId> payment, long price) {
    return new LegPlan(List.of(), payment, price, true);
  }

  public LegPlan {
    limits = sorted(limits);
    payment = List.copyOf(payment);
    if (price < 1) {
      throw new IllegalArgumentException("price: " + price + " (expected: >= 1)");
    }
    if (payment.isEmpty() || !different(limits, payment)) {
      throw new IllegalArgumentException(
          "legs: " + limits + " " + payment + " (expected: a payment leg, each account once)");
    }
  }

  private static List<AccountId> sorted(List<AccountId> accounts) {
    return accounts.isEmpty()
        ? List.of()
        : accounts.stream().sorted(Comparator.comparingLong(AccountId::value)).toList();
  }

  private static boolean different(List<AccountId> limits, List<AccountId> payment) {
    int count = limits.size() + payment.size();
    if (count == 1) {
      return true;
    }
    Set<AccountId> all = new HashSet<>(limits);
    all.addAll(payment);
    return all.size() == count;
  }
}
