package io.tollgate.billing.internal.charges;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.ChargeBatch;
import io.tollgate.ledger.ChargeLeg;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.LockedMeans;
import io.tollgate.ledger.RequestHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Writes what was decided: the charges first, by which request ids are taken, then the books, then
 * what is added up.
 */
final class BatchWriter {
  /** Namespace of the idempotency keys of batches. */
  static final String OPERATION = "billing.service_charges";

  static final String KIND = "service_charge";

  private static final Comparator<ChargeLeg> BY_ACCOUNT =
      Comparator.comparingLong(leg -> leg.account().value());

  private final BatchParts parts;

  BatchWriter(BatchParts parts) {
    this.parts = parts;
  }

  void write(Transaction transaction, CallDecisions decisions, LockedMeans locked, Instant now) {
    List<NewCharge> charges = decisions.charges();
    transaction
        .sql()
        .connection(
            connection -> {
              if (!charges.isEmpty()) {
                ChargeTable.insert(connection, charges, now);
              }
              if (!decisions.ended().isEmpty()
                  && ReservationTable.end(connection, decisions.ended(), now).size()
                      != decisions.ended().size()) {
                throw new BatchRaceException("a reservation has been ended meanwhile");
              }
              if (!decisions.reservations().isEmpty()) {
                ReservationTable.insert(
                    connection, decisions.reservations(), now, now.plus(parts.reserved()));
              }
            });
    hold(transaction, decisions, locked);
    charge(transaction, charges, locked, now);
    if (!charges.isEmpty()) {
      DayTable days = new DayTable();
      charges.forEach(days::add);
      transaction.sql().connection(days::write);
      parts.events().charged(transaction, charges, decisions.funds(), now);
      parts.steps().reach(ChargeStep.CHARGE_WRITTEN);
      transaction.afterCommit(() -> parts.steps().reach(ChargeStep.CHARGE_COMMITTED));
    }
  }

  /** Reservations that ended are held no more, new ones are. */
  private void hold(Transaction transaction, CallDecisions decisions, LockedMeans locked) {
    Map<AccountId, Long> held = new HashMap<>();
    for (StoredReservation ended : decisions.ended()) {
      ended.legs().forEach(leg -> held.merge(leg.account(), -leg.units(), Math::addExact));
    }
    for (NewReservation begun : decisions.reservations()) {
      begun.legs().forEach(leg -> held.merge(leg.account(), leg.units(), Math::addExact));
    }
    List<Leg> changes = new ArrayList<>();
    held.forEach(
        (account, units) -> {
          if (units != 0) {
            changes.add(new Leg(account, units));
          }
        });
    if (!changes.isEmpty()) {
      parts.ledger().moveHeld(transaction, locked, changes);
    }
  }

  private void charge(
      Transaction transaction, List<NewCharge> charges, LockedMeans locked, Instant now) {
    SortedMap<Long, List<NewCharge>> byTenant = new TreeMap<>();
    for (NewCharge each : charges) {
      if (!each.legs().isEmpty()) {
        byTenant
            .computeIfAbsent(each.ready().tenant().id().value(), _ -> new ArrayList<>())
            .add(each);
      }
    }
    byTenant.forEach(
        (tenant, some) -> charge(transaction, new TenantId(tenant), some, locked, now));
  }

  private void charge(
      Transaction transaction,
      TenantId tenant,
      List<NewCharge> charges,
      LockedMeans locked,
      Instant now) {
    List<ChargeLeg> debits = new ArrayList<>();
    SortedMap<String, Leg> credits = new TreeMap<>();
    Map<Asset, Long> earned = new HashMap<>();
    Map<Asset, Long> counted = new HashMap<>();
    for (NewCharge each : charges) {
      for (Leg leg : each.legs()) {
        debits.add(new ChargeLeg(each.id(), leg.account(), leg.units()));
        Account account = locked.accounts().get(leg.account());
        if (account == null) {
          throw new IllegalStateException("account " + leg.account() + " is not locked");
        }
        earned.merge(account.key().asset(), leg.units(), Math::addExact);
      }
    }
    for (NewCharge each : charges) {
      for (AccountId limit : each.limits()) {
        debits.add(new ChargeLeg(each.id(), limit, each.amount().units()));
        counted.merge(each.amount().asset(), each.amount().units(), Math::addExact);
      }
    }
    debits.sort(BY_ACCOUNT);
    earned.forEach(
        (asset, units) ->
            credits.put(
                asset.code(), new Leg(parts.tenants().revenue(transaction, tenant, asset), units)));
    counted.forEach(
        (currency, units) ->
            credits.put(
                Asset.allowance(currency).code(),
                new Leg(parts.tenants().limits(transaction, tenant, currency), units)));
    UUID batch = ChargeId.create(now.toEpochMilli(), parts.random()).value();
    String key = batch.toString();
    var _ =
        parts
            .ledger()
            .charge(
                transaction,
                locked,
                new ChargeBatch(
                    KIND,
                    tenant,
                    OPERATION,
                    key,
                    RequestHash.of(OPERATION, key),
                    "",
                    now,
                    debits,
                    List.copyOf(credits.values()),
                    List.of()));
  }
}
