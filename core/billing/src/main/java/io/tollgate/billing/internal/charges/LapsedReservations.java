package io.tollgate.billing.internal.charges;

import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.LockedMeans;
import io.tollgate.ledger.UserOfTenant;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Ends reservations whose deduct did not come in time; what they reserved can be used again. */
final class LapsedReservations {
  private static final int MAX = 500;

  private final Transactions transactions;
  private final Ledger ledger;
  private final InstantSource clock;

  LapsedReservations(Transactions transactions, Ledger ledger, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Ends all there are, in transactions of its own. */
  void run() {
    Instant now = clock.instant();
    int found;
    do {
      found =
          transactions.write(
              transaction -> {
                List<StoredReservation> some =
                    transaction
                        .sql()
                        .connectionResult(
                            connection -> ReservationTable.lapsed(connection, now, MAX));
                var _ = end(transaction, some, now);
                return some.size();
              });
    } while (found == MAX);
  }

  /** Ends those of these users; tells who had some. */
  Set<UserOfTenant> end(Transaction transaction, Instant now, Collection<UserOfTenant> users) {
    List<StoredReservation> some =
        transaction
            .sql()
            .connectionResult(connection -> ReservationTable.lapsed(connection, now, users, MAX));
    return end(transaction, some, now);
  }

  private Set<UserOfTenant> end(
      Transaction transaction, List<StoredReservation> some, Instant now) {
    if (some.isEmpty()) {
      return Set.of();
    }
    Set<AccountId> accounts = new LinkedHashSet<>();
    some.forEach(each -> each.legs().forEach(leg -> accounts.add(leg.account())));
    LockedMeans locked = ledger.lockMeans(transaction, accounts);
    Set<UUID> ended =
        transaction
            .sql()
            .connectionResult(
                connection -> ReservationTable.end(connection, some, now.truncatedTo(MICROS)));
    Map<AccountId, Long> freed = new HashMap<>();
    Set<UserOfTenant> users = new HashSet<>();
    for (StoredReservation each : some) {
      if (ended.contains(each.id())) {
        users.add(new UserOfTenant(each.tenant(), each.user()));
        each.legs().forEach(leg -> freed.merge(leg.account(), leg.units(), Math::addExact));
      }
    }
    List<Leg> changes = new ArrayList<>();
    freed.forEach((account, units) -> changes.add(new Leg(account, -units)));
    if (!changes.isEmpty()) {
      ledger.moveHeld(transaction, locked, changes);
    }
    return users;
  }
}
