package io.tollgate.metering.internal.lease;

import io.tollgate.ground.AccountId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The bank's decisions: what an operation, a settlement, a recovery does to accounts and lease
 * rows. A model in memory, and what {@link LeaseBooks} decides with over stored rows. Not
 * thread-safe. Amounts in smallest units; times are the bank's own, nanoseconds.
 *
 * <p>For every account: available ≥ 0, held = Σ (granted − settled) over all rows, and available +
 * held + charged − owed = credited.
 */
public final class LeaseLedger {
  private static final long WANT_NANOS = 300_000_000L;
  private static final long SILENCE_NANOS = 3_000_000_000L;

  private final Set<LeaseRule> rules;
  private final Map<AccountId, BankAccount> accounts;
  private final Map<HolderId, HolderRows> holders;

  public LeaseLedger(Set<LeaseRule> rules) {
    this(rules, new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  /** Works on what was loaded from elsewhere. */
  LeaseLedger(
      Set<LeaseRule> rules,
      Map<AccountId, BankAccount> accounts,
      Map<HolderId, HolderRows> holders) {
    this.rules = EnumSet.copyOf(rules);
    this.accounts = accounts;
    this.holders = holders;
  }

  /** A deep copy: what a backup, or a standby that lags behind, has. */
  public LeaseLedger copy() {
    LeaseLedger copy = new LeaseLedger(rules);
    accounts.forEach((id, amounts) -> copy.accounts.put(id, new BankAccount(amounts)));
    holders.forEach((holder, rows) -> copy.holders.put(holder, new HolderRows(rows)));
    return copy;
  }

  /** Opens a holder, which must be new. */
  public void open(HolderId holder) {
    holders.put(holder, new HolderRows());
  }

  /** Adds means; what is owed is paid first. */
  public void credit(AccountId account, long units) {
    BankAccount amounts = bankAccount(account);
    long repaid = Math.min(units, amounts.owed);
    amounts.owed -= repaid;
    amounts.available = Math.addExact(amounts.available, units - repaid);
    amounts.credited = Math.addExact(amounts.credited, units);
  }

  /** Decides on an operation. The recalls are messages to other holders, and may get lost. */
  public LeaseDecision operate(LeaseOperation operation, long now) {
    HolderRows holding = holders.get(operation.holder());
    if (holding == null || !holding.open) {
      return closed(operation.holder());
    }
    if (!rules.contains(LeaseRule.TIME_RETURNS_NOTHING)) {
      returnSilent(operation.account(), now);
    }
    LeaseRow row = holding.rows.computeIfAbsent(operation.account(), id -> new LeaseRow());
    row.heardAt = now;
    boolean sameNumber = operation.number() == row.number;
    if (sameNumber && row.token != operation.token() && rules.contains(LeaseRule.FORK_CLOSES)) {
      close(operation.holder());
      return closed(operation.holder());
    }
    boolean repeated = sameNumber && rules.contains(LeaseRule.ABSOLUTE);
    boolean late = operation.number() < row.number && rules.contains(LeaseRule.NUMBERED);
    if (!repeated && !late) {
      row.number = operation.number();
      row.token = operation.token();
      apply(operation, row, now);
    }
    return answer(operation, row);
  }

  private void apply(LeaseOperation operation, LeaseRow row, long now) {
    BankAccount amounts = bankAccount(operation.account());
    amounts.forgetWants(now);
    long change =
        operation.target()
            - (rules.contains(LeaseRule.ABSOLUTE) ? row.granted : operation.before());
    if (change <= 0) {
      long back = Math.min(-change, row.outstanding());
      row.granted -= back;
      amounts.hold(-back);
      row.drained = operation.drained();
      amounts.served(operation.holder());
      return;
    }
    long spare = Math.max(0, amounts.available - amounts.wantedBefore(operation.holder()));
    long more = rules.contains(LeaseRule.CONDITIONAL_GRANT) ? Math.min(change, spare) : change;
    row.granted = Math.addExact(row.granted, more);
    amounts.hold(more);
    long missing = operation.need() - row.granted;
    row.drained = missing > 0;
    if (missing > 0) {
      amounts.want(operation.holder(), missing, now + WANT_NANOS);
    } else {
      amounts.served(operation.holder());
    }
  }

  private LeaseDecision answer(LeaseOperation operation, LeaseRow row) {
    List<HolderId> recalled = new ArrayList<>();
    long elsewhere = 0;
    if (operation.need() > row.granted) {
      elsewhere = bankAccount(operation.account()).available;
      for (Map.Entry<HolderId, HolderRows> other : holders.entrySet()) {
        LeaseRow theirs = other.getValue().rows.get(operation.account());
        boolean another = !other.getKey().equals(operation.holder());
        if (another && theirs != null && !theirs.drained && theirs.outstanding() > 0) {
          elsewhere = Math.addExact(elsewhere, theirs.outstanding());
          if (rules.contains(LeaseRule.RECALL_OTHERS) && other.getValue().open) {
            recalled.add(other.getKey());
          }
        }
      }
    }
    return new LeaseDecision(
        seen(operation.holder(), operation.account(), row, elsewhere), recalled);
  }

  /** Answers a comparison: the holder's rows as they stand. */
  public LeaseSnapshot compare(HolderId holder, long number) {
    HolderRows holding = holders.get(holder);
    if (holding == null || !holding.open) {
      return new LeaseSnapshot(holder, number, false, List.of());
    }
    List<LeaseAnswer.Granted> rows = new ArrayList<>();
    holding.rows.forEach((account, row) -> rows.add(seen(holder, account, row, 0)));
    return new LeaseSnapshot(holder, number, true, rows);
  }

  /**
   * Books what was used, from the log of its holder. It takes the lease's remainder, then what is
   * available, then goes into debt: it is never refused.
   */
  public void settle(HolderId holder, AccountId account, long units) {
    BankAccount amounts = bankAccount(account);
    HolderRows holding = holders.get(holder);
    // A restored bank may not know the row: what was settled is counted for it all the same.
    LeaseRow row =
        holding == null ? null : holding.rows.computeIfAbsent(account, id -> new LeaseRow());
    long leased = row == null ? 0 : Math.min(units, row.outstanding());
    long rest = rules.contains(LeaseRule.SETTLEMENT_IS_TOTAL) ? units - leased : 0;
    long free = Math.min(rest, amounts.available);
    amounts.held -= leased;
    amounts.available -= free;
    amounts.owed = Math.addExact(amounts.owed, rest - free);
    amounts.charged = Math.addExact(amounts.charged, leased + rest);
    if (row != null) {
      row.settled = Math.addExact(row.settled, leased + rest);
      row.granted = Math.max(row.granted, row.settled);
    }
  }

  /** Closes a holder that was forked. It keeps what it holds until it is recovered. */
  public void close(HolderId holder) {
    HolderRows holding = holders.get(holder);
    if (holding != null) {
      holding.open = false;
    }
  }

  /** Ends a holder whose log has been settled to its end: what is left is free again. */
  public void recovered(HolderId holder) {
    HolderRows holding = holders.remove(holder);
    if (holding != null) {
      holding.rows.forEach((account, row) -> bankAccount(account).hold(-row.outstanding()));
    }
  }

  /**
   * Gives up a holder that cannot be reached, by the operator's decision: what it holds is free
   * again, and may be spent twice.
   *
   * @return the amount at risk, per account
   */
  public Map<AccountId, Long> lost(HolderId holder) {
    Map<AccountId, Long> atRisk = new LinkedHashMap<>();
    HolderRows holding = holders.get(holder);
    if (holding != null) {
      holding.rows.forEach((account, row) -> atRisk.put(account, row.outstanding()));
    }
    recovered(holder);
    return atRisk;
  }

  /** Incarnations with rows, open or closed. */
  public Set<HolderId> incarnations() {
    return Set.copyOf(holders.keySet());
  }

  public boolean isOpen(HolderId holder) {
    HolderRows holding = holders.get(holder);
    return holding != null && holding.open;
  }

  /** What a holder was granted of an account over its lease's life; 0 when unknown. */
  public long granted(HolderId holder, AccountId account) {
    HolderRows holding = holders.get(holder);
    LeaseRow row = holding == null ? null : holding.rows.get(account);
    return row == null ? 0 : row.granted;
  }

  /** An account's amounts. */
  public Standing standing(AccountId account) {
    BankAccount amounts = bankAccount(account);
    long leased = 0;
    for (HolderRows holding : holders.values()) {
      LeaseRow row = holding.rows.get(account);
      leased += row == null ? 0 : row.outstanding();
    }
    return new Standing(
        amounts.available, amounts.held, leased, amounts.owed, amounts.charged, amounts.credited);
  }

  /** An account at the bank; {@code leased} is the sum over the lease rows, the rest is its own. */
  public record Standing(
      long available, long held, long leased, long owed, long charged, long credited) {}

  private BankAccount bankAccount(AccountId account) {
    return accounts.computeIfAbsent(account, id -> new BankAccount());
  }

  private void returnSilent(AccountId account, long now) {
    for (HolderRows holding : holders.values()) {
      LeaseRow row = holding.rows.get(account);
      if (row != null && now - row.heardAt > SILENCE_NANOS) {
        bankAccount(account).hold(-row.outstanding());
        row.granted = row.settled;
      }
    }
  }

  private static LeaseDecision closed(HolderId holder) {
    return new LeaseDecision(new LeaseAnswer.Closed(holder), List.of());
  }

  private static LeaseAnswer.Granted seen(
      HolderId holder, AccountId account, LeaseRow row, long elsewhere) {
    return new LeaseAnswer.Granted(holder, account, row.number, row.token, row.granted, elsewhere);
  }
}
