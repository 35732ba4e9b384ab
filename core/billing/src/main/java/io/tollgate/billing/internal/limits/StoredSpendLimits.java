package io.tollgate.billing.internal.limits;

import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.Objects.requireNonNull;

import io.tollgate.billing.SpendLimitFilter;
import io.tollgate.billing.SpendLimitOrder;
import io.tollgate.billing.SpendLimitSettings;
import io.tollgate.billing.SpendLimitStanding;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Spend limits in PostgreSQL, their windows kept in step with them. */
final class StoredSpendLimits implements SpendLimitSettings {
  private final LimitTable limits = new LimitTable();
  private final LimitOrders orders;
  private final LimitStandings standings;
  private final TenantZones zones;
  private final WindowAllotments allotments;
  private final InstantSource clock;

  StoredSpendLimits(
      LimitOrders orders,
      LimitStandings standings,
      TenantZones zones,
      WindowAllotments allotments,
      InstantSource clock) {
    this.orders = requireNonNull(orders, "orders is null");
    this.standings = requireNonNull(standings, "standings is null");
    this.zones = requireNonNull(zones, "zones is null");
    this.allotments = requireNonNull(allotments, "allotments is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public ListPage<SpendLimitStanding> list(
      Transaction transaction, SpendLimitFilter filter, ListRequest page) {
    ListPage<StoredLimit> found = limits.page(transaction, filter, page);
    return found.with(standings.of(transaction, found.rows(), clock.instant()));
  }

  @Override
  public SpendLimitStanding set(Transaction transaction, SpendLimitOrder order) {
    LimitKey key = orders.key(transaction, order);
    Amount amount = orders.amount(order, key.currency());
    Instant now = clock.instant().truncatedTo(MICROS);
    StoredLimit limit = limits.set(transaction, key, amount, now);
    SpendWindow window = window(transaction, limit, now);
    DueWindow due = new DueWindow(limit.id(), limit.in(window), window.endsAt(), false);
    var unused = allotments.settle(transaction, List.of(due));
    return standings.of(transaction, List.of(limit), now).getFirst();
  }

  @Override
  public void remove(Transaction transaction, long id) {
    StoredLimit limit =
        limits
            .delete(transaction, id)
            .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "there is no spend limit " + id));
    allotments.close(transaction, limit.in(window(transaction, limit, clock.instant())));
  }

  private SpendWindow window(Transaction transaction, StoredLimit limit, Instant at) {
    return SpendWindow.of(limit.key().span(), at, zones.require(transaction, limit.key().tenant()));
  }
}
