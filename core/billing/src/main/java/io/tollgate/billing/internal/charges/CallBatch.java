package io.tollgate.billing.internal.charges;

import static java.time.temporal.ChronoUnit.MICROS;

import io.tollgate.billing.internal.limits.OpenLimits;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.LockedUsers;
import io.tollgate.ledger.UserOfTenant;
import java.time.Instant;
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
    OpenLimits.Found limits = parts.limits().read(transaction, ready.users(), now);
    Set<UserOfTenant> unsettled = windowsSettled ? limits.missing() : limits.unsettled();
    if (!unsettled.isEmpty()) {
      throw new WindowsUnsettledException(unsettled);
    }
    if (!parts.clock().instant().isBefore(ready.until())) {
      throw new BatchRaceException("a month has ended");
    }
    Set<AccountId> allowances = limits.allowances();
    LockedUsers locked = lock(transaction, ready, services, stored, allowances);
    BatchAllowances left = new BatchAllowances(locked.means().accounts(), allowances);
    Map<UserOfTenant, UserFunds> funds = UserFunds.of(locked.accounts(), now, limits.open(), left);
    funds.putAll(UserFunds.of(lookedAt(transaction, ready, locked), now, limits.open(), left));
    CallDecisions decisions = new CallDecisions(now, parts.random(), services, stored, funds);
    Map<ReadyCall, CallDecision> decided = new LinkedHashMap<>();
    calls.forEach(each -> decided.put(each, decisions.decide(each)));
    new BatchWriter(parts).write(transaction, decisions, locked.means(), now);
    return decided;
  }

  /** Locks what calls may change; of checks that only look nothing. */
  private LockedUsers lock(
      Transaction transaction,
      ReadyCalls ready,
      ServicesOfBatch services,
      StoredCalls stored,
      Set<AccountId> allowances) {
    Set<UserOfTenant> users = new LinkedHashSet<>();
    Set<Asset> assets = new LinkedHashSet<>();
    for (ReadyCall each : ready.calls()) {
      if (!each.waiting().onlyReads()) {
        users.add(each.user());
      }
      // of all calls, as one that only looks may be of a user of whom another one is charged
      assets.add(each.tenant().currency());
      services
          .find(each.tenant(), each.waiting().call.service())
          .ifPresent(terms -> assets.add(terms.quota()));
    }
    Set<AccountId> others = new LinkedHashSet<>(allowances);
    stored.reservations().forEach(open -> open.legs().forEach(leg -> others.add(leg.account())));
    return parts.ledger().lockOfUsers(transaction, users, assets, others);
  }

  /** What those have of whom nothing is locked. */
  private Map<UserOfTenant, List<Account>> lookedAt(
      Transaction transaction, ReadyCalls ready, LockedUsers locked) {
    Set<UserOfTenant> others = ready.users();
    others.removeAll(locked.accounts().keySet());
    return others.isEmpty() ? Map.of() : parts.ledger().ofUsers(transaction, others);
  }
}
