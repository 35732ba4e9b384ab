package io.tollgate.billing.internal.charges;

import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.Objects.requireNonNull;

import io.tollgate.billing.internal.limits.OpenLimits;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.ledger.UserOfTenant;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides checks that reserve nothing, over what is read without a lock. Holds no state. */
final class CheckBatch {
  private final BatchParts parts;
  private final LedgerQueries accounts;

  CheckBatch(BatchParts parts, LedgerQueries accounts) {
    this.parts = requireNonNull(parts, "parts is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
  }

  /**
   * Decides them, each over what is there: one takes nothing from another.
   *
   * @return by call; short of means is also one of a user of whom windows of spend limits are to be
   *     opened first
   * @throws BatchRaceException when a month has ended meanwhile
   */
  Map<ReadyCall, CallDecision> decide(Transaction transaction, ReadyCalls ready) {
    List<ReadyCall> calls = ready.calls();
    Instant now = parts.clock().instant().truncatedTo(MICROS);
    ServicesOfBatch services = ServicesOfBatch.read(transaction, parts.services(), calls, now);
    Set<UserOfTenant> users = ready.users();
    Map<UserOfTenant, List<Account>> seen = parts.ledger().ofUsers(transaction, users);
    OpenLimits.Found limits = parts.limits().read(transaction, users, now);
    if (!parts.clock().instant().isBefore(ready.until())) {
      throw new BatchRaceException("a month has ended");
    }
    Set<AccountId> allowances = limits.allowances();
    Map<AccountId, Account> counted =
        allowances.isEmpty() ? Map.of() : accounts.accounts(transaction, allowances);
    CallDecisions decisions =
        new CallDecisions(
            now,
            parts.random(),
            services,
            StoredCalls.NONE,
            UserFunds.of(seen, now, limits.open(), new BatchAllowances(counted, allowances)));
    Map<ReadyCall, CallDecision> decided = new LinkedHashMap<>();
    for (ReadyCall each : calls) {
      boolean unsettled = limits.unsettled().contains(each.user());
      decided.put(
          each, unsettled ? new CallDecision.Short(Optional.empty()) : decisions.decide(each));
    }
    return decided;
  }
}
