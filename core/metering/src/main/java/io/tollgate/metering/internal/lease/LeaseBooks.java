package io.tollgate.metering.internal.lease;

import io.tollgate.ground.AccountId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A few accounts with all their leases and waiting holders, loaded from where they are stored and
 * locked, decided on by {@link LeaseLedger}; then it tells what is to be written. For one
 * transaction; not thread-safe.
 */
public final class LeaseBooks {
  private final Map<AccountId, BankAccount> accounts = new LinkedHashMap<>();
  private final Map<HolderId, HolderRows> holders = new LinkedHashMap<>();
  private final LeaseLedger ledger = new LeaseLedger(LeaseRule.all(), accounts, holders);
  private final Set<AccountId> known = new HashSet<>();
  private final Map<Place, LeaseStanding> loaded = new HashMap<>();
  private final Map<AccountId, List<Waiting>> loadedWaiting = new HashMap<>();
  private final Set<HolderId> loadedOpen = new HashSet<>();

  /** A holder waits for units of an account until a time, the bank's nanoseconds. */
  public record Waiting(AccountId account, HolderId holder, long units, long until) {}

  /** Makes a holder known, as its log's state says. */
  public void admit(HolderId holder, boolean open) {
    holders.computeIfAbsent(holder, id -> new HolderRows()).open = open;
    if (open) {
      loadedOpen.add(holder);
    }
  }

  /** Makes an account known, with what is available of it. */
  public void fund(AccountId account, long available) {
    BankAccount amounts = new BankAccount();
    amounts.available = available;
    accounts.put(account, amounts);
    known.add(account);
  }

  /** A row of a holder that was admitted. */
  public void load(LeaseStanding row) {
    HolderRows holding = holders.get(row.holder());
    if (holding == null) {
      throw new IllegalArgumentException("holder " + row.holder() + " (expected: admitted)");
    }
    holding.rows.put(row.account(), row.toRow());
    loaded.put(new Place(row.holder(), row.account()), row);
  }

  /** Who waits for an account, in the order of calls; the account was funded. */
  public void load(Waiting waiting) {
    BankAccount amounts = accounts.get(waiting.account());
    if (amounts != null) {
      amounts.want(waiting.holder(), waiting.units(), waiting.until());
      loadedWaiting.computeIfAbsent(waiting.account(), id -> new ArrayList<>()).add(waiting);
    }
  }

  /** See {@link LeaseLedger#operate}. */
  public LeaseDecision operate(LeaseOperation operation, long now) {
    return ledger.operate(operation, now);
  }

  /** Rows to be written. An account that is not there has none. */
  public List<LeaseStanding> changedRows() {
    List<LeaseStanding> changed = new ArrayList<>();
    holders.forEach(
        (holder, holding) ->
            holding.rows.forEach(
                (account, row) -> {
                  LeaseStanding after = LeaseStanding.of(holder, account, row);
                  if (known.contains(account)
                      && !after.equals(loaded.get(new Place(holder, account)))) {
                    changed.add(after);
                  }
                }));
    return changed;
  }

  /** By how much the held amount of each account changes; without those where it does not. */
  public Map<AccountId, Long> heldChanges() {
    Map<AccountId, Long> changes = new LinkedHashMap<>();
    accounts.forEach(
        (account, amounts) -> {
          if (amounts.held != 0) {
            changes.put(account, amounts.held);
          }
        });
    return changes;
  }

  /** Accounts for which others wait now than did, with all who wait, in order. */
  public Map<AccountId, List<Waiting>> changedWaiting() {
    Map<AccountId, List<Waiting>> changed = new LinkedHashMap<>();
    for (AccountId account : known) {
      BankAccount amounts = accounts.get(account);
      List<Waiting> after = amounts == null ? List.of() : amounts.waiting(account);
      if (!after.equals(loadedWaiting.getOrDefault(account, List.of()))) {
        changed.put(account, after);
      }
    }
    return changed;
  }

  /** Holders that these decisions have closed. */
  public Set<HolderId> closed() {
    Set<HolderId> closed = new HashSet<>(loadedOpen);
    closed.removeIf(ledger::isOpen);
    return closed;
  }

  private record Place(HolderId holder, AccountId account) {}
}
