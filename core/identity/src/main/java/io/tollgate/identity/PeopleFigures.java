package io.tollgate.identity;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/** How many tenants and users there are. In a caller's transaction. */
public interface PeopleFigures {
  /**
   * All of them now.
   *
   * @param tenant whose alone; empty: everybody's
   */
  Counts counts(Transaction transaction, Optional<TenantId> tenant);

  /** How many users were made on each day of a span; a day with none is left out. */
  Map<LocalDate, Long> newUsers(
      Transaction transaction, Optional<TenantId> tenant, Instant from, Instant until, ZoneId zone);

  /**
   * How many there are.
   *
   * @param activeUsers those who are let in
   */
  record Counts(long tenants, long activeTenants, long users, long activeUsers) {}
}
