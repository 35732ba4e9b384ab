package io.tollgate.ledger.internal.audit;

import io.tollgate.data.Transaction;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import io.tollgate.ledger.SqlCheck;
import java.util.List;

/**
 * Replays each chain of entries (one account and shard): numbers without a gap from 1, each balance
 * the one before plus the amount. Reading from a time on starts with the entry before the first in
 * scope, which is taken as it is. Names the first bad entry of each chain.
 */
final class ChainCheck implements AuditCheck {
  private static final String NAME = "ledger.chain";

  private static final String REPLAY =
      """
      WITH replayed AS (
        SELECT e.account_id, e.shard, e.account_seq, e.amount, e.balance_after, e.transfer_id,
               :in_scope AS in_scope,
               coalesce(lag(e.account_seq) OVER chain, 0) AS seq_before,
               coalesce(lag(e.balance_after) OVER chain, 0)::numeric AS balance_before
          FROM ledger.entry e
          :start
        WINDOW chain AS (PARTITION BY e.account_id, e.shard ORDER BY e.account_seq)
      ), bad AS (
        SELECT DISTINCT ON (account_id, shard) *
          FROM replayed
         WHERE in_scope
           AND (account_seq <> seq_before + 1 OR balance_after <> balance_before + amount)
         ORDER BY account_id, shard, account_seq
      )
      SELECT format('account %s shard %s seq %s (transfer %s)',
                    account_id, shard, account_seq, transfer_id),
             CASE WHEN account_seq <> seq_before + 1 THEN 'seq ' || seq_before + 1
                  ELSE 'balance after ' || balance_before + amount END,
             CASE WHEN account_seq <> seq_before + 1 THEN 'seq ' || account_seq
                  ELSE 'balance after ' || balance_after END
        FROM bad
       ORDER BY account_id, shard
      """;

  private static final String START =
      """
      JOIN (SELECT account_id, shard, min(account_seq) AS seq
              FROM ledger.entry
             WHERE transfer_id >= :from
             GROUP BY account_id, shard) start
        ON start.account_id = e.account_id AND start.shard = e.shard
       AND e.account_seq >= start.seq - 1
      """;

  /** Reads the index of the chains from end to end: four times faster than with starts. */
  private static final SqlCheck WHOLE =
      new SqlCheck(NAME, REPLAY.replace(":in_scope", "true").replace(":start", ""));

  private static final SqlCheck SINCE =
      new SqlCheck(
          NAME, REPLAY.replace(":in_scope", "e.account_seq >= start.seq").replace(":start", START));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<AuditFinding> run(Transaction snapshot, AuditScope scope) {
    return (scope.since().isPresent() ? SINCE : WHOLE).run(snapshot, scope);
  }
}
