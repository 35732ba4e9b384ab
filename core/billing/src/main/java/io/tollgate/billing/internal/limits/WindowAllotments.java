package io.tollgate.billing.internal.limits;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.Ledger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Gives each open window the amount of its limit, and takes back what a lowered limit no longer
 * gives. Whoever does so locks, in this order, the limits by id, the windows by key and the
 * allowances by id, and decides after that: of several at once the first does it, and the others
 * find it done.
 */
final class WindowAllotments {
  private final Ledger ledger;
  private final LimitTable limits = new LimitTable();
  private final WindowTable windows = new WindowTable();
  private final AllotmentPostings postings;

  WindowAllotments(Ledger ledger, InstantSource clock) {
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.postings = new AllotmentPostings(ledger, clock);
  }

  /**
   * Opens windows that are missing, and gives each what its limit says at this moment.
   *
   * @return the allowances; without those whose limit was deleted meanwhile
   */
  Map<WindowKey, AccountId> settle(Transaction transaction, Collection<DueWindow> due) {
    Map<Long, Long> amounts =
        limits.lockAmounts(transaction, due.stream().map(DueWindow::limit).toList());
    SortedMap<WindowKey, Long> wanted = new TreeMap<>();
    SortedMap<WindowKey, DueWindow> missing = new TreeMap<>();
    for (DueWindow window : due) {
      Long amount = amounts.get(window.limit());
      if (amount != null) {
        wanted.put(window.key(), amount);
        if (window.missing()) {
          missing.put(window.key(), window);
        }
      }
    }
    open(transaction, missing);
    SortedMap<WindowKey, WindowBalance> rows = windows.lock(transaction, wanted.keySet());
    allot(transaction, rows, wanted);
    Map<WindowKey, AccountId> allowances = new TreeMap<>();
    rows.forEach((key, row) -> allowances.put(key, row.account()));
    return allowances;
  }

  /** Takes back what is available in a window whose limit this transaction has deleted. */
  void close(Transaction transaction, WindowKey key) {
    windows
        .lock(transaction, Set.of(key))
        .forEach(
            (there, row) -> {
              Account allowance =
                  known(ledger.lock(transaction, List.of(row.account())), row.account());
              long taken = allowance.available();
              postings.post(transaction, List.of(new WindowAllotment(there, row, -taken)));
              windows.update(transaction, Map.of(there, row.without(taken)));
            });
  }

  private void open(Transaction transaction, SortedMap<WindowKey, DueWindow> missing) {
    if (missing.isEmpty()) {
      return;
    }
    Set<Asset> assets = new TreeSet<>(Comparator.comparing(Asset::code));
    missing.keySet().forEach(key -> assets.add(key.allowance().asset()));
    assets.forEach(asset -> ledger.define(transaction, asset));
    SortedMap<WindowKey, WindowTable.Opened> opened = new TreeMap<>();
    missing.forEach(
        (key, window) -> {
          AccountId allowance =
              ledger.open(transaction, key.allowance(), new AccountTerms(window.endsAt(), 0));
          opened.put(key, new WindowTable.Opened(allowance, window.endsAt()));
        });
    windows.insert(transaction, opened);
  }

  private void allot(
      Transaction transaction,
      SortedMap<WindowKey, WindowBalance> rows,
      SortedMap<WindowKey, Long> wanted) {
    SortedMap<WindowKey, WindowBalance> due = new TreeMap<>(rows);
    due.entrySet().removeIf(entry -> entry.getValue().has(amount(wanted, entry.getKey())));
    if (due.isEmpty()) {
      return;
    }
    Map<AccountId, Account> allowances =
        ledger.lock(transaction, due.values().stream().map(WindowBalance::account).toList());
    List<WindowAllotment> allotments = new ArrayList<>();
    SortedMap<WindowKey, WindowBalance> after = new TreeMap<>();
    due.forEach(
        (key, row) -> {
          long amount = amount(wanted, key);
          Account allowance = known(allowances, row.account());
          long owing = row.owing(amount, allowance);
          allotments.add(new WindowAllotment(key, row, owing));
          after.put(key, row.after(owing, amount, allowance));
        });
    postings.post(transaction, allotments);
    windows.update(transaction, after);
  }

  private static long amount(Map<WindowKey, Long> wanted, WindowKey key) {
    return requireNonNull(wanted.get(key), "a window that nobody asked for");
  }

  private static Account known(Map<AccountId, Account> accounts, AccountId account) {
    return requireNonNull(accounts.get(account), "the account of a window is gone");
  }
}
