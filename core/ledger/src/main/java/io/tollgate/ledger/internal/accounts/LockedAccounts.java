package io.tollgate.ledger.internal.accounts;

import io.tollgate.ledger.AccountKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The accounts a transaction has locked. Confined to its thread. */
public final class LockedAccounts {
  private final Map<Long, List<LockedAccount>> shardsById = new LinkedHashMap<>();
  private final Map<Debtor, LockedAccount> owed = new HashMap<>();
  private boolean deciding;

  void add(LockedAccount row) {
    List<LockedAccount> shards = shardsById.computeIfAbsent(row.id, id -> new ArrayList<>(1));
    if (row.kind == AccountKind.OWED) {
      owed.putIfAbsent(Debtor.of(row), row);
    }
    if (shards.stream().noneMatch(known -> known.shard == row.shard)) {
      shards.add(row);
    }
  }

  /**
   * A decision begins. Until it is written these rows are not what is stored.
   *
   * @throws IllegalStateException when the one before was not written
   */
  public void decide() {
    if (deciding) {
      throw new IllegalStateException(
          "what was decided before on these accounts was not written (expected: locked again)");
    }
    deciding = true;
  }

  /** What was decided is written, on these rows. */
  public void written(List<LockedAccount> rows) {
    rows.forEach(LockedAccount::written);
    deciding = false;
  }

  public boolean contains(long account) {
    return shardsById.containsKey(account);
  }

  /** Whether the account's shard 0, the one that holds and debits are on, is locked. */
  boolean containsZero(long account) {
    return shardsById.getOrDefault(account, List.of()).stream().anyMatch(row -> row.shard == 0);
  }

  /** The locked row; the caller has asked for it to be locked. */
  public LockedAccount row(long account, int shard) {
    for (LockedAccount row : shards(account)) {
      if (row.shard == shard) {
        return row;
      }
    }
    throw new IllegalStateException("account " + account + ": shard " + shard + " is not locked");
  }

  /**
   * The one row of an account that is not hot.
   *
   * @throws IllegalArgumentException when there is no such account, or it is hot
   */
  public LockedAccount plain(long account) {
    LockedAccount row = shards(account).getFirst();
    if (row.hot) {
      throw PlainAccounts.hot(account);
    }
    return row;
  }

  /** What the owner of a row owes in its asset, if that is locked; it is with what is credited. */
  public Optional<LockedAccount> owedBy(LockedAccount row) {
    return Optional.ofNullable(owed.get(Debtor.of(row)));
  }

  /** All locked rows, in the order they were locked. */
  public List<LockedAccount> all() {
    return shardsById.values().stream().flatMap(List::stream).toList();
  }

  /** Any locked row of the account, for what is the same on all of them. */
  public LockedAccount any(long account) {
    return shards(account).getFirst();
  }

  /**
   * All locked rows of an account.
   *
   * @throws IllegalArgumentException when there is no such account
   */
  public List<LockedAccount> shards(long account) {
    List<LockedAccount> shards = shardsById.get(account);
    if (shards == null) {
      throw new IllegalArgumentException("account " + account + ": not there");
    }
    return shards;
  }

  private record Debtor(long tenant, String owner, String asset) {
    static Debtor of(LockedAccount row) {
      return new Debtor(row.tenant, row.owner, row.asset.code());
    }
  }
}
