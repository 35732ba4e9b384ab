package io.tollgate.ledger.internal.posting;

import io.tollgate.ledger.internal.accounts.AccountLocks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The posting statement: the only SQL that writes transfers and entries and moves balances. One
 * statement for one transfer or for thousands.
 *
 * <p>It starts from the transfers whose key was free: what loses the race for a key writes no
 * entry. Keys are inserted in one order, so that two batches which share several cannot deadlock.
 * Balances and numbers continue those of the accounts, which {@link AccountLocks} has locked: the
 * statement's snapshot is younger than the locks. Holds are closed and lifted by what they reserve
 * in the database, and each account gets one update for everything.
 *
 * <p>{@code (… IN (SELECT …)) IS TRUE} where a join would read better: it is always a hash look-up.
 * A plan made for any number of legs takes arrays for ten rows long, and joined thousands of legs
 * to thousands of transfers by nested loops (8 s for 4,000 charges, instead of 0.7 s).
 */
final class WritePostings {
  private static final String WRITE =
      """
      WITH posted AS (
        INSERT INTO ledger.transfer (id, tenant_id, kind, operation, idempotency_key, request_hash,
                                     reference, reason, reverses, effective_at, posted_at)
        SELECT t.id, t.tenant_id, t.kind, t.operation, t.idempotency_key, t.request_hash,
               t.reference, t.reason, t.reverses, t.effective_at, t.posted_at
          FROM unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::bytea[],
                      ?::text[], ?::text[], ?::uuid[], ?::timestamptz[], ?::timestamptz[])
            AS t (id, tenant_id, kind, operation, idempotency_key, request_hash,
                  reference, reason, reverses, effective_at, posted_at)
         ORDER BY t.tenant_id, t.operation, t.idempotency_key
        ON CONFLICT (tenant_id, operation, idempotency_key) DO NOTHING
        RETURNING id
      ), waiting AS (
        INSERT INTO ledger.unsealed (transfer_id, entries)
        SELECT w.transfer_id, w.entries
          FROM unnest(?::uuid[], ?::integer[]) AS w (transfer_id, entries)
         WHERE (w.transfer_id IN (SELECT id FROM posted)) IS TRUE
      ), leg AS (
        SELECT l.transfer_id, l.seq, l.account_id, l.shard, l.amount, l.place
          FROM unnest(?::uuid[], ?::integer[], ?::bigint[], ?::smallint[], ?::bigint[])
               WITH ORDINALITY AS l (transfer_id, seq, account_id, shard, amount, place)
         WHERE (l.transfer_id IN (SELECT id FROM posted)) IS TRUE
      ), written AS (
        INSERT INTO ledger.entry (transfer_id, seq, account_id, shard, account_seq, amount,
                                  balance_after)
        SELECT l.transfer_id, l.seq, l.account_id, l.shard,
               a.account_seq + row_number() OVER chain,
               l.amount,
               (a.balance + sum(l.amount) OVER chain)::bigint
          FROM leg l
          JOIN ledger.account a ON a.id = l.account_id AND a.shard = l.shard
        WINDOW chain AS (PARTITION BY l.account_id, l.shard ORDER BY l.place)
        RETURNING account_id, shard, amount
      ), closed AS (
        UPDATE ledger.hold h
           SET closed_at = c.closed_at, closed_by = c.transfer_id
          FROM unnest(?::uuid[], ?::uuid[], ?::timestamptz[]) AS c (hold_id, transfer_id, closed_at)
         WHERE h.id = c.hold_id AND h.closed_at IS NULL
           AND (c.transfer_id IN (SELECT id FROM posted)) IS TRUE
        RETURNING h.id
      ), change AS (
        SELECT c.account_id, c.shard, sum(c.amount)::bigint AS amount, sum(c.held)::bigint AS held,
               sum(c.entries)::bigint AS entries, bool_or(c.amount > 0) AS credited
          FROM (SELECT account_id, shard, amount, 0::bigint AS held, 1 AS entries FROM written
                UNION ALL
                SELECT l.account_id, 0::smallint, 0, -l.amount, 0
                  FROM ledger.hold_leg l
                  JOIN closed ON closed.id = l.hold_id) c
         GROUP BY c.account_id, c.shard
      ), moved AS (
        UPDATE ledger.account a
           SET balance = a.balance + c.amount,
               held = a.held + c.held,
               account_seq = a.account_seq + c.entries,
               version = a.version + 1,
               swept = a.swept AND NOT c.credited
          FROM change c
         WHERE a.id = c.account_id AND a.shard = c.shard
      )
      SELECT id FROM posted
      """;

  private WritePostings() {}

  /**
   * Writes the plan.
   *
   * @return ids of the transfers that were written; the others lost the race for their key
   */
  static Set<UUID> write(Connection connection, PostingPlan plan) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      ArrayParameters columns = new ArrayParameters(connection, statement, 0);
      List<PostingPlan.Transfer> transfers = plan.transfers();
      columns.add("uuid", transfers, t -> t.stamp().id());
      columns.add("int8", transfers, t -> t.draft().request().tenant().value());
      columns.add("text", transfers, t -> t.draft().request().kind());
      columns.add("text", transfers, t -> t.draft().request().operation());
      columns.add("text", transfers, t -> t.draft().request().idempotencyKey());
      columns.addBytes(transfers, t -> t.draft().request().requestHash());
      columns.add("text", transfers, t -> t.draft().request().reference());
      columns.add("text", transfers, t -> t.draft().reason());
      columns.add("uuid", transfers, t -> t.draft().reverses().orElse(null));
      columns.add("timestamptz", transfers, t -> t.draft().request().effectiveAt());
      columns.add("timestamptz", transfers, t -> t.stamp().at());
      columns.add("uuid", transfers, t -> t.stamp().id());
      columns.add("int4", transfers, PostingPlan.Transfer::entries);
      List<PostingPlan.Entry> entries = plan.entries();
      columns.add("uuid", entries, PostingPlan.Entry::transfer);
      columns.add("int4", entries, PostingPlan.Entry::seq);
      columns.add("int8", entries, PostingPlan.Entry::account);
      columns.add("int2", entries, PostingPlan.Entry::shard);
      columns.add("int8", entries, PostingPlan.Entry::units);
      List<PostingPlan.Closing> closings = plan.closings();
      columns.add("uuid", closings, PostingPlan.Closing::hold);
      columns.add("uuid", closings, PostingPlan.Closing::transfer);
      columns.add("timestamptz", closings, PostingPlan.Closing::at);
      Set<UUID> posted = new HashSet<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          posted.add(rows.getObject(1, UUID.class));
        }
      }
      return posted;
    }
  }
}
