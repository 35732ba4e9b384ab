package io.tollgate.ledger.internal;

import io.tollgate.ledger.TransferRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * The statement that writes a batch of charges. Beside {@link WritePostings} because a batch is one
 * transfer whose rows are all known: the accounts are locked, so their numbers and balances are
 * computed before, and nothing is joined but each account with its own new state.
 */
final class WriteCharges {
  static final String WRITE =
      """
      WITH posted AS (
        INSERT INTO ledger.transfer (id, tenant_id, kind, operation, idempotency_key, request_hash,
                                     reference, effective_at, posted_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz)
        ON CONFLICT (tenant_id, operation, idempotency_key) DO NOTHING
        RETURNING id
      ), written AS (
        INSERT INTO ledger.entry (transfer_id, seq, account_id, shard, account_seq, amount,
                                  balance_after, charge_id)
        SELECT p.id, e.seq, e.account_id, e.shard, e.account_seq, e.amount, e.balance_after,
               e.charge_id
          FROM posted p,
               unnest(?::bigint[], ?::smallint[], ?::bigint[], ?::bigint[], ?::bigint[],
                      CAST(?::text AS uuid[]))
               WITH ORDINALITY AS e (account_id, shard, account_seq, amount, balance_after,
                                     charge_id, seq)
      ), waiting AS (
        INSERT INTO ledger.unsealed (transfer_id, entries) SELECT id, ? FROM posted
      ), moved AS (
        UPDATE ledger.account a
           SET balance = c.balance,
               held = c.held,
               account_seq = c.account_seq,
               version = a.version + 1,
               swept = a.swept AND c.balance <= a.balance
          FROM unnest(?::bigint[], ?::smallint[], ?::bigint[], ?::bigint[], ?::bigint[],
                      ?::bigint[])
            AS c (id, shard, balance, held, account_seq, version)
         WHERE a.id = c.id AND a.shard = c.shard AND a.version = c.version
           AND EXISTS (SELECT FROM posted)
        RETURNING 1
      )
      SELECT (SELECT count(*) FROM moved) FROM posted
      """;

  private WriteCharges() {}

  /** Whether it was written; if not, the key has been taken by another transaction. */
  static boolean write(
      Connection connection,
      TransferRequest transfer,
      PostingClock.Stamp stamp,
      ChargeColumns entries)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      set(statement, transfer, stamp, entries);
      try (ResultSet rows = statement.executeQuery()) {
        boolean written = rows.next();
        if (written) {
          HeldMoves.requireAll(rows.getLong(1), entries.rows());
        }
        return written;
      }
    }
  }

  static void set(
      PreparedStatement statement,
      TransferRequest transfer,
      PostingClock.Stamp stamp,
      ChargeColumns entries)
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
    statement.setObject(10, entries.account);
    statement.setObject(11, entries.shard);
    statement.setObject(12, entries.accountSeq);
    statement.setObject(13, entries.amount);
    statement.setObject(14, entries.balanceAfter);
    statement.setString(15, entries.charges);
    statement.setInt(16, entries.account.length);
    setAccounts(statement, entries.rows());
  }

  private static void setAccounts(PreparedStatement statement, List<LockedAccount> accounts)
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
      balances[i] = row.balance;
      held[i] = row.held;
      seqs[i] = row.accountSeq;
      versions[i] = row.version;
    }
    statement.setObject(17, ids);
    statement.setObject(18, shards);
    statement.setObject(19, balances);
    statement.setObject(20, held);
    statement.setObject(21, seqs);
    statement.setObject(22, versions);
  }
}
