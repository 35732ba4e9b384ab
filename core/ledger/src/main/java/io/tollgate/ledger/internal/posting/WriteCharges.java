package io.tollgate.ledger.internal.posting;

import io.tollgate.ledger.TransferRequest;
import io.tollgate.ledger.internal.PostingClock;
import io.tollgate.ledger.internal.accounts.LockedAccount;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * The statements that write a batch of charges. Beside {@link WritePostings} because a batch is one
 * transfer whose rows are all known: the accounts are locked, so their numbers and balances are
 * computed before, entries are copied, and nothing is joined but each account with its own new
 * state.
 */
final class WriteCharges {
  private static final String TRANSFER =
      """
      WITH posted AS (
        INSERT INTO ledger.transfer (id, tenant_id, kind, operation, idempotency_key, request_hash,
                                     reference, effective_at, posted_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz)
        ON CONFLICT (tenant_id, operation, idempotency_key) DO NOTHING
        RETURNING id
      ), waiting AS (
        INSERT INTO ledger.unsealed (transfer_id, entries) SELECT id, ? FROM posted
      )
      SELECT id FROM posted
      """;

  private static final String ENTRIES =
      "COPY ledger.entry (" + ChargeColumns.NAMES + ") FROM STDIN (FORMAT binary)";

  /** From here on COPY, which costs round trips more, costs less. */
  private static final int MANY = 100;

  private static final String ACCOUNTS =
      """
      UPDATE ledger.account a
         SET balance = c.balance,
             held = c.held,
             account_seq = c.account_seq,
             version = a.version + 1,
             swept = a.swept AND c.balance <= a.balance
        FROM unnest(?::bigint[], ?::smallint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
          AS c (id, shard, balance, held, account_seq, version)
       WHERE a.id = c.id AND a.shard = c.shard AND a.version = c.version
      """;

  /** The same three for few entries: one round trip, and the server begins one statement. */
  private static final String FEW =
      """
      WITH posted AS (
        INSERT INTO ledger.transfer (id, tenant_id, kind, operation, idempotency_key, request_hash,
                                     reference, effective_at, posted_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz)
        ON CONFLICT (tenant_id, operation, idempotency_key) DO NOTHING
        RETURNING id
      ), waiting AS (
        INSERT INTO ledger.unsealed (transfer_id, entries) SELECT id, ? FROM posted
      ), written AS (
        INSERT INTO ledger.entry (transfer_id, seq, account_id, shard, account_seq, amount,
                                  balance_after, charge_id)
        SELECT p.id, e.seq, e.account_id, e.shard, e.account_seq, e.amount, e.balance_after,
               e.charge_id
          FROM posted p,
               unnest(?::bigint[], ?::smallint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::uuid[])
               WITH ORDINALITY
            AS e (account_id, shard, account_seq, amount, balance_after, charge_id, seq)
      ), moved AS (
        UPDATE ledger.account a
           SET balance = c.balance,
               held = c.held,
               account_seq = c.account_seq,
               version = a.version + 1,
               swept = a.swept AND c.balance <= a.balance
          FROM posted p,
               unnest(?::bigint[], ?::smallint[], ?::bigint[], ?::bigint[], ?::bigint[],
                      ?::bigint[])
            AS c (id, shard, balance, held, account_seq, version)
         WHERE a.id = c.id AND a.shard = c.shard AND a.version = c.version
        RETURNING 1
      )
      SELECT (SELECT count(*) FROM posted) AS posted, (SELECT count(*) FROM moved) AS moved
      """;

  private WriteCharges() {}

  /** Whether it was written; if not, the key has been taken by another transaction. */
  static boolean write(
      Connection connection,
      TransferRequest transfer,
      PostingClock.Stamp stamp,
      ChargeColumns entries)
      throws SQLException {
    return entries.size() < MANY
        ? writeFew(connection, transfer, stamp, entries)
        : writeMany(connection, transfer, stamp, entries);
  }

  private static boolean writeFew(
      Connection connection,
      TransferRequest transfer,
      PostingClock.Stamp stamp,
      ChargeColumns entries)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FEW)) {
      bind(statement, transfer, stamp, entries.size());
      entries.bind(connection, statement, 11);
      bind(statement, 17, entries.rows());
      try (ResultSet counts = statement.executeQuery()) {
        if (!counts.next() || counts.getLong("posted") == 0) {
          return false;
        }
        HeldMoves.requireAll(counts.getLong("moved"), entries.rows());
        return true;
      }
    }
  }

  private static boolean writeMany(
      Connection connection,
      TransferRequest transfer,
      PostingClock.Stamp stamp,
      ChargeColumns entries)
      throws SQLException {
    if (!insert(connection, transfer, stamp, entries.size())) {
      return false;
    }
    entries.entries(stamp.id()).write(connection, ENTRIES);
    HeldMoves.requireAll(move(connection, entries.rows()), entries.rows());
    return true;
  }

  private static boolean insert(
      Connection connection, TransferRequest transfer, PostingClock.Stamp stamp, int entries)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TRANSFER)) {
      bind(statement, transfer, stamp, entries);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void bind(
      PreparedStatement statement, TransferRequest transfer, PostingClock.Stamp stamp, int entries)
      throws SQLException {
    statement.setObject(1, stamp.id());
    statement.setLong(2, transfer.tenant().value());
    statement.setString(3, transfer.kind());
    statement.setString(4, transfer.operation());
    statement.setString(5, transfer.idempotencyKey());
    statement.setBytes(6, transfer.requestHash());
    statement.setString(7, transfer.reference());
    statement.setString(8, transfer.effectiveAt().toString());
    statement.setString(9, stamp.at().toString());
    statement.setInt(10, entries);
  }

  private static long move(Connection connection, List<LockedAccount> accounts)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ACCOUNTS)) {
      bind(statement, 1, accounts);
      return statement.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, int from, List<LockedAccount> accounts)
      throws SQLException {
    int size = accounts.size();
    long[] ids = new long[size];
    short[] shards = new short[size];
    long[] balances = new long[size];
    long[] held = new long[size];
    long[] seqs = new long[size];
    long[] versions = new long[size];
    for (int i = 0; i < size; i++) {
      LockedAccount row = accounts.get(i);
      ids[i] = row.id;
      shards[i] = (short) row.shard;
      balances[i] = row.balance();
      held[i] = row.held();
      seqs[i] = row.accountSeq();
      versions[i] = row.version();
    }
    statement.setObject(from, ids);
    statement.setObject(from + 1, shards);
    statement.setObject(from + 2, balances);
    statement.setObject(from + 3, held);
    statement.setObject(from + 4, seqs);
    statement.setObject(from + 5, versions);
  }
}
