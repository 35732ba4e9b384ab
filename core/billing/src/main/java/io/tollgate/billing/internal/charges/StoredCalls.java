package io.tollgate.billing.internal.charges;

import io.tollgate.data.Transaction;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is in the books already under the request ids of a batch. */
final class StoredCalls {
  /** Of calls without request ids. */
  static final StoredCalls NONE = new StoredCalls();

  private final Map<CallKey, StoredCharge> charges = new HashMap<>();
  private final Map<CallKey, StoredReservation> reservations = new HashMap<>();

  /** Reads it; asks nothing where no call has a request id. */
  static StoredCalls read(Transaction transaction, List<ReadyCall> calls) {
    Set<CallKey> keys = new LinkedHashSet<>();
    calls.forEach(each -> CallKey.of(each).ifPresent(keys::add));
    StoredCalls stored = new StoredCalls();
    if (!keys.isEmpty()) {
      transaction
          .sql()
          .connection(
              connection -> {
                ChargeTable.find(connection, keys, stored.charges);
                ReservationTable.find(connection, keys, stored.reservations);
              });
    }
    return stored;
  }

  Optional<StoredCharge> charge(CallKey key) {
    return Optional.ofNullable(charges.get(key));
  }

  /** Open ones only. */
  Optional<StoredReservation> reservation(CallKey key) {
    return Optional.ofNullable(reservations.get(key));
  }

  /** A reservation is open no more. */
  void forget(CallKey key) {
    reservations.remove(key);
  }

  Collection<StoredReservation> reservations() {
    return List.copyOf(reservations.values());
  }
}
