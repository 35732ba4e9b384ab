package io.tollgate.billing;

import io.tollgate.data.Transaction;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What services have sold and users have paid in, by day. In a caller's transaction. */
public interface SoldFigures {
  /**
   * What was used of services on each day, each in its tenant's own calendar, and not given back.
   *
   * @param tenant whose alone; empty: everybody's
   * @param until the first day that does not count
   */
  List<DayOfServices> services(
      Transaction transaction, Optional<TenantId> tenant, LocalDate from, LocalDate until);

  /**
   * What was used of tenants' services on days of their own calendars, and not given back.
   *
   * @return smallest units of the tenant's currency; without those that have sold nothing
   */
  Map<TenantId, BigInteger> servicesOf(
      Transaction transaction, Collection<TenantId> tenants, LocalDate from, LocalDate until);

  /** How many users have used a service on a day. */
  long usersOfServices(Transaction transaction, Optional<TenantId> tenant, LocalDate day);

  /** What was credited by recharge orders, and given back of them, on each day of a span. */
  List<DayOfRecharges> recharges(
      Transaction transaction, Optional<TenantId> tenant, Instant from, Instant until, ZoneId zone);

  /**
   * Services on a day.
   *
   * @param cost smallest units of the currency
   */
  record DayOfServices(
      LocalDate day, Asset currency, long freeCount, long paidCount, BigInteger cost) {}

  /** Recharges on a day, smallest units of the currency. */
  record DayOfRecharges(
      LocalDate day, Asset currency, long orders, BigInteger credited, BigInteger refunded) {}
}
