package io.tollgate.billing.internal.charges;

import static java.time.temporal.ChronoUnit.MICROS;

import io.tollgate.billing.ServiceTerms;
import io.tollgate.billing.internal.limits.OpenLimits;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.LockedMeans;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.metering.SpendLimit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides the calls of one batch and writes them, in one transaction: what users have is read and
 * locked, calls are decided in memory, and what they change is written by a handful of statements,
 * however many they are.
 */
final class CallBatch {
  private final BatchParts parts;

  CallBatch(BatchParts parts) {
    this.parts = parts;
  }

  /**
   * Does it.
   *
   * @param windowsSettled whether windows of spend limits have been settled for this batch: what
   *     they lack then, others hold
   * @return what was decided of each call, true once the transaction is committed
   * @throws BatchRaceException when something has changed meanwhile, and the batch is to be run
   *     again
   * @throws WindowsUnsettledException when windows are to be settled first, in another transaction
   */
  Map<ReadyCall, CallDecision> run(
      Transaction transaction, ReadyCalls ready, boolean windowsSettled) {
    List<ReadyCall> calls = ready.calls();
    Instant now = parts.clock().instant().truncatedTo(MICROS);
    ServicesOfBatch services = ServicesOfBatch.read(transaction, parts.services(), calls, now);
    StoredCalls stored = StoredCalls.read(transaction, calls);
    Set<UserOfTenant> users = new LinkedHashSet<>(calls.stream().map(ReadyCall::user).toList());
    Map<UserOfTenant, List<Account>> seen = parts.ledger().ofUsers(transaction, users);
    OpenLimits.Found limits = parts.limits().read(transaction, users, now);
    Set<UserOfTenant> unsettled = windowsSettled ? limits.missing() : limits.unsettled();
    if (!unsettled.isEmpty()) {
      throw new WindowsUnsettledException(unsettled);
    }
    Set<AccountId> allowances = new LinkedHashSet<>();
    limits.open().values().forEach(some -> some.forEach(one -> allowances.add(one.account())));
    if (!parts.clock().instant().isBefore(ready.until())) {
      throw new BatchRaceException("a month has ended");
    }
    Set<AccountId> wanted = wanted(calls, services, stored, seen);
    wanted.addAll(allowances);
    LockedMeans locked = parts.ledger().lockMeans(transaction, wanted);
    BatchAllowances left = new BatchAllowances(locked.accounts(), allowances);
    CallDecisions decisions =
        new CallDecisions(
            now, parts.random(), services, stored, funds(seen, locked, now, limits.open(), left));
    Map<ReadyCall, CallDecision> decided = new LinkedHashMap<>();
    calls.forEach(each -> decided.put(each, decisions.decide(each)));
    new BatchWriter(parts).write(transaction, decisions, locked, now);
    return decided;
  }

  /** Accounts that calls may change; checks that only look lock none but of limits. */
  private static Set<AccountId> wanted(
      List<ReadyCall> calls,
      ServicesOfBatch services,
      StoredCalls stored,
      Map<UserOfTenant, List<Account>> seen) {
    Set<AccountId> wanted = new LinkedHashSet<>();
    for (ReadyCall each : calls) {
      if (each.waiting().onlyReads()) {
        continue;
      }
      String currency = each.tenant().currency().code();
      String quota =
          services
              .find(each.tenant(), each.waiting().call.service())
              .map(ServiceTerms::quota)
              .map(asset -> asset.code())
              .orElse(currency);
      for (Account account : seen.getOrDefault(each.user(), List.of())) {
        String asset = account.key().asset().code();
        if (asset.equals(currency) || asset.equals(quota)) {
          wanted.add(account.id());
        }
      }
    }
    stored.reservations().forEach(open -> open.legs().forEach(leg -> wanted.add(leg.account())));
    return wanted;
  }

  private static Map<UserOfTenant, UserFunds> funds(
      Map<UserOfTenant, List<Account>> seen,
      LockedMeans locked,
      Instant now,
      Map<UserOfTenant, List<SpendLimit>> limits,
      BatchAllowances left) {
    Map<UserOfTenant, UserFunds> funds = new HashMap<>();
    seen.forEach(
        (user, accounts) -> {
          List<Account> current = new ArrayList<>(accounts.size());
          for (Account account : accounts) {
            current.add(locked.accounts().getOrDefault(account.id(), account));
          }
          funds.put(user, new UserFunds(current, now, limits.getOrDefault(user, List.of()), left));
        });
    return funds;
  }
}
