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

  private final Set<Rule> rules;
  private final Map<AccountId, Purse> purses;
  private final Map<HolderId, Tenure> tenures;

  public LeaseLedger(Set<Rule> rules) {
    this(rules, new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  /** Works on what was loaded from elsewhere. */
  LeaseLedger(Set<Rule> rules, Map<AccountId, Purse> purses, Map<HolderId, Tenure> tenures) {
    this.rules = EnumSet.copyOf(rules);
    this.purses = purses;
    this.tenures = tenures;
  }

  /** A deep copy: what a backup, or a standby that lags behind, has. */
  public LeaseLedger copy() {
    LeaseLedger copy = new LeaseLedger(rules);
    purses.forEach((id, purse) -> copy.purses.put(id, new Purse(purse)));
    tenures.forEach((holder, tenure) -> copy.tenures.put(holder, new Tenure(tenure)));
    return copy;
  }

  /** Opens an holder, which must be new. */
  public void open(HolderId holder) {
    tenures.put(holder, new Tenure());
  }

  /** Adds means; what is owed is paid first. */
  public void credit(AccountId account, long units) {
    Purse purse = purse(account);
    long repaid = Math.min(units, purse.owed);
    purse.owed -= repaid;
    purse.available = Math.addExact(purse.available, units - repaid);
    purse.credited = Math.addExact(purse.credited, units);
  }

  /** Decides on an operation. The recalls are messages to other holders, and may get lost. */
  public Decision operate(LeaseOperation operation, long now) {
    Tenure tenure = tenures.get(operation.holder());
    if (tenure == null || !tenure.open) {
      return closed(operation.holder());
    }
    if (!rules.contains(Rule.TIME_RETURNS_NOTHING)) {
      returnSilent(operation.account(), now);
    }
    LeaseRow row = tenure.rows.computeIfAbsent(operation.account(), id -> new LeaseRow());
    row.heardAt = now;
    boolean sameNumber = operation.number() == row.number;
    if (sameNumber && row.token != operation.token() && rules.contains(Rule.FORK_CLOSES)) {
      close(operation.holder());
      return closed(operation.holder());
    }
    boolean repeated = sameNumber && rules.contains(Rule.ABSOLUTE);
    boolean late = operation.number() < row.number && rules.contains(Rule.NUMBERED);
    if (!repeated && !late) {
      row.number = operation.number();
      row.token = operation.token();
      apply(operation, row, now);
    }
    return answer(operation, row);
  }

  private void apply(LeaseOperation operation, LeaseRow row, long now) {
    Purse purse = purse(operation.account());
    purse.forgetWants(now);
    long change =
        operation.target() - (rules.contains(Rule.ABSOLUTE) ? row.granted : operation.before());
    if (change <= 0) {
      long back = Math.min(-change, row.outstanding());
      row.granted -= back;
      purse.hold(-back);
      row.drained = operation.drained();
      purse.served(operation.holder());
      return;
    }
    long spare = Math.max(0, purse.available - purse.wantedBefore(operation.holder()));
    long more = rules.contains(Rule.CONDITIONAL_GRANT) ? Math.min(change, spare) : change;
    row.granted = Math.addExact(row.granted, more);
    purse.hold(more);
    long missing = operation.need() - row.granted;
    row.drained = missing > 0;
    if (missing > 0) {
      purse.want(operation.holder(), missing, now + WANT_NANOS);
    } else {
      purse.served(operation.holder());
    }
  }

  private Decision answer(LeaseOperation operation, LeaseRow row) {
    List<HolderId> recalled = new ArrayList<>();
    long elsewhere = 0;
    if (operation.need() > row.granted) {
      elsewhere = purse(operation.account()).available;
      for (Map.Entry<HolderId, Tenure> other : tenures.entrySet()) {
        LeaseRow theirs = other.getValue().rows.get(operation.account());
        boolean another = !other.getKey().equals(operation.holder());
        if (another && theirs != null && !theirs.drained && theirs.outstanding() > 0) {
          elsewhere = Math.addExact(elsewhere, theirs.outstanding());
          if (rules.contains(Rule.RECALL_OTHERS) && other.getValue().open) {
            recalled.add(other.getKey());
          }
        }
      }
    }
    return new Decision(seen(operation.holder(), operation.account(), row, elsewhere), recalled);
  }

  /** Answers a comparison: the holder's rows as they stand. */
  public LeaseSnapshot compare(HolderId holder, long number) {
    Tenure tenure = tenures.get(holder);
    if (tenure == null || !tenure.open) {
      return new LeaseSnapshot(holder, number, false, List.of());
    }
    List<LeaseAnswer.Granted> rows = new ArrayList<>();
    tenure.rows.forEach((account, row) -> rows.add(seen(holder, account, row, 0)));
    return new LeaseSnapshot(holder, number, true, rows);
  }

  /**
   * Books what was used, from the log of its holder. It takes the lease's remainder, then what is
   * available, then goes into debt: it is never refused.
   */
  public void settle(HolderId holder, AccountId account, long units) {
    Purse purse = purse(account);
    Tenure tenure = tenures.get(holder);
    // A restored bank may not know the row: what was settled is counted for it all the same.
    LeaseRow row =
        tenure == null ? null : tenure.rows.computeIfAbsent(account, id -> new LeaseRow());
    long leased = row == null ? 0 : Math.min(units, row.outstanding());
    long rest = rules.contains(Rule.SETTLEMENT_IS_TOTAL) ? units - leased : 0;
    long free = Math.min(rest, purse.available);
    purse.held -= leased;
    purse.available -= free;
    purse.owed = Math.addExact(purse.owed, rest - free);
    purse.charged = Math.addExact(purse.charged, leased + rest);
    if (row != null) {
      row.settled = Math.addExact(row.settled, leased + rest);
      row.granted = Math.max(row.granted, row.settled);
    }
  }

  /** Closes an holder that was forked. It keeps what it holds until it is recovered. */
  public void close(HolderId holder) {
    Tenure tenure = tenures.get(holder);
    if (tenure != null) {
      tenure.open = false;
    }
  }

  /** Ends an holder whose log has been settled to its end: what is left is free again. */
  public void recovered(HolderId holder) {
    Tenure tenure = tenures.remove(holder);
    if (tenure != null) {
      tenure.rows.forEach((account, row) -> purse(account).hold(-row.outstanding()));
    }
  }

  /**
   * Gives up an holder that cannot be reached, by the operator's decision: what it holds is free
   * again, and may be spent twice.
   *
   * @return the amount at risk, per account
   */
  public Map<AccountId, Long> lost(HolderId holder) {
    Map<AccountId, Long> atRisk = new LinkedHashMap<>();
    Tenure tenure = tenures.get(holder);
    if (tenure != null) {
      tenure.rows.forEach((account, row) -> atRisk.put(account, row.outstanding()));
    }
    recovered(holder);
    return atRisk;
  }

  /** Incarnations with rows, open or closed. */
  public Set<HolderId> incarnations() {
    return Set.copyOf(tenures.keySet());
  }

  public boolean isOpen(HolderId holder) {
    Tenure tenure = tenures.get(holder);
    return tenure != null && tenure.open;
  }

  /** What an holder was granted of an account over its lease's life; 0 when unknown. */
  public long granted(HolderId holder, AccountId account) {
    Tenure tenure = tenures.get(holder);
    LeaseRow row = tenure == null ? null : tenure.rows.get(account);
    return row == null ? 0 : row.granted;
  }

  /** An account's amounts. */
  public Standing standing(AccountId account) {
    Purse purse = purse(account);
    long leased = 0;
    for (Tenure tenure : tenures.values()) {
      LeaseRow row = tenure.rows.get(account);
      leased += row == null ? 0 : row.outstanding();
    }
    return new Standing(
        purse.available, purse.held, leased, purse.owed, purse.charged, purse.credited);
  }

  /** An account at the bank; {@code leased} is the sum over the lease rows, the rest is its own. */
  public record Standing(
      long available, long held, long leased, long owed, long charged, long credited) {}

  private Purse purse(AccountId account) {
    return purses.computeIfAbsent(account, id -> new Purse());
  }

  private void returnSilent(AccountId account, long now) {
    for (Tenure tenure : tenures.values()) {
      LeaseRow row = tenure.rows.get(account);
      if (row != null && now - row.heardAt > SILENCE_NANOS) {
        purse(account).hold(-row.outstanding());
        row.granted = row.settled;
      }
    }
  }

  private static Decision closed(HolderId holder) {
    return new Decision(new LeaseAnswer.Closed(holder), List.of());
  }

  private static LeaseAnswer.Granted seen(
      HolderId holder, AccountId account, LeaseRow row, long elsewhere) {
    return new LeaseAnswer.Granted(holder, account, row.number, row.token, row.granted, elsewhere);
  }
}
