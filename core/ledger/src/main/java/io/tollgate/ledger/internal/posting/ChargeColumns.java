package io.tollgate.ledger.internal.posting;

import io.tollgate.data.CopiedRows;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.ChargeBatch;
import io.tollgate.ledger.ChargeLeg;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.internal.accounts.LockedAccount;
import io.tollgate.ledger.internal.accounts.LockedAccounts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A batch of charges decided over locked accounts, as the columns of what is to be written: pure,
 * no SQL, and no object per row. Thousands of entries are a few arrays.
 */
final class ChargeColumns {
  /** The columns that {@link #entries} has, in its order. */
  static final String NAMES =
      "transfer_id, seq, account_id, shard, account_seq, amount, balance_after, charge_id";

  private static final int COLUMNS = 8;
  private static final int BYTES_OF_ENTRY = 112;

  private final long[] account;
  private final short[] shard;
  private final long[] accountSeq;
  private final long[] amount;
  private final long[] balanceAfter;

  /** Come first, and name their charges; what comes after them names none. */
  private final List<ChargeLeg> debits;

  private final Map<String, Long> sums = new HashMap<>();
  private final Set<LockedAccount> touched = new LinkedHashSet<>();
  private List<LockedAccount> rows = List.of();
  private int size;

  private ChargeColumns(int entries, List<ChargeLeg> debits) {
    this.account = new long[entries];
    this.shard = new short[entries];
    this.accountSeq = new long[entries];
    this.amount = new long[entries];
    this.balanceAfter = new long[entries];
    this.debits = debits;
  }

  /**
   * Decides the batch; the accounts are changed by it, or left half changed by a refusal.
   *
   * @param accounts with those of the batch, and of a hot one the shard that is credited
   * @throws io.tollgate.ground.Refusal when the means do not cover it
   * @throws IllegalArgumentException when the batch makes no sense whatever the balances
   */
  static ChargeColumns decide(ChargeBatch batch, LockedAccounts accounts) {
    int entries = batch.debits().size() + batch.credits().size();
    ChargeColumns columns = new ChargeColumns(entries, batch.debits());
    try {
      for (ChargeLeg debit : batch.debits()) {
        columns.add(accounts.plain(debit.account().value()), -debit.units());
      }
      for (Leg credit : batch.credits()) {
        columns.add(accounts.any(credit.account().value()), credit.units());
      }
      for (Leg release : batch.releases()) {
        LockedAccount row = accounts.plain(release.account().value());
        row.addHeld(Math.negateExact(release.units()));
        columns.touched.add(row);
      }
      columns.requireZeroSums();
      columns.rows = accounts.all().stream().filter(columns.touched::contains).toList();
      requireSound(columns.rows, batch.tenant());
      return columns;
    } catch (ArithmeticException e) {
      throw LockedAccount.doesNotFit(e);
    }
  }

  /** The entries of a transfer as rows of {@code ledger.entry}. */
  CopiedRows entries(UUID transfer) {
    CopiedRows rows = new CopiedRows(size * BYTES_OF_ENTRY);
    for (int i = 0; i < size; i++) {
      rows.row(COLUMNS)
          .uuid(transfer)
          .int4(i + 1)
          .int8(account[i])
          .int2(shard[i])
          .int8(accountSeq[i])
          .int8(amount[i])
          .int8(balanceAfter[i]);
      if (i < debits.size()) {
        rows.uuid(debits.get(i).charge().value());
      } else {
        rows.none();
      }
    }
    return rows;
  }

  /**
   * Sets the entries as five arrays of numbers and the charges that they name, from a parameter on;
   * the order is theirs.
   */
  void bind(Connection connection, PreparedStatement statement, int from) throws SQLException {
    statement.setObject(from, Arrays.copyOf(account, size));
    statement.setObject(from + 1, Arrays.copyOf(shard, size));
    statement.setObject(from + 2, Arrays.copyOf(accountSeq, size));
    statement.setObject(from + 3, Arrays.copyOf(amount, size));
    statement.setObject(from + 4, Arrays.copyOf(balanceAfter, size));
    @Nullable Object[] charges = new @Nullable Object[size];
    for (int i = 0; i < debits.size(); i++) {
      charges[i] = debits.get(i).charge().value();
    }
    statement.setArray(from + 5, connection.createArrayOf("uuid", charges));
  }

  /** How many entries there are. */
  int size() {
    return size;
  }

  /** The accounts that are changed, in the order in which they were locked. */
  List<LockedAccount> rows() {
    return rows;
  }

  private void add(LockedAccount row, long units) {
    touched.add(row);
    row.addBalance(units);
    account[size] = row.id;
    shard[size] = (short) row.shard;
    accountSeq[size] = row.nextSeq();
    amount[size] = units;
    balanceAfter[size] = row.balance();
    size++;
    sums.merge(row.asset.code(), units, Math::addExact);
  }

  private void requireZeroSums() {
    sums.forEach(
        (asset, sum) -> {
          if (sum != 0) {
            throw new IllegalArgumentException(
                "legs in " + asset + " sum to " + sum + " units (expected: 0)");
          }
        });
  }

  private static void requireSound(List<LockedAccount> rows, TenantId tenant) {
    for (LockedAccount row : rows) {
      if (row.tenant != tenant.value()) {
        throw new IllegalArgumentException(
            "account " + row.id + " is of another tenant (expected: of tenant " + tenant + ")");
      }
    }
    rows.forEach(LockedAccount::requireCovered);
  }
}
