package io.tollgate.ledger.internal.audit;

import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.SqlCheck;
import java.util.List;
import java.util.stream.Stream;

/** What must always hold in the books, as queries for what does not. Sums are numeric. */
final class LedgerChecks {
  /**
   * The account's balance and last number are those of its chain, which {@link ChainCheck} has
   * shown to be the sum of its entries. One index look-up per account, whatever the scope.
   */
  private static final SqlCheck BALANCE =
      new SqlCheck(
          "ledger.balance",
          """
          SELECT format('account %s shard %s', a.id, a.shard),
                 format('balance %s, last seq %s',
                        coalesce(e.balance_after, 0), coalesce(e.account_seq, 0)),
                 format('balance %s, last seq %s', a.balance, a.account_seq)
            FROM ledger.account a
            LEFT JOIN LATERAL (
              SELECT account_seq, balance_after
                FROM ledger.entry
               WHERE account_id = a.id AND shard = a.shard
               ORDER BY account_seq DESC
               LIMIT 1) e ON true
           WHERE a.balance <> coalesce(e.balance_after, 0)
              OR a.account_seq <> coalesce(e.account_seq, 0)
           ORDER BY a.id, a.shard
          """);

  /** Within each tenant the world is accounts too: nothing appears from nowhere. */
  private static final SqlCheck SUM =
      new SqlCheck(
          "ledger.sum",
          """
          SELECT format('tenant %s asset %s', tenant_id, asset), 'sum of balances 0',
                 'sum of balances ' || sum(balance)
            FROM ledger.account
           GROUP BY tenant_id, asset
          HAVING sum(balance) <> 0
           ORDER BY tenant_id, asset
          """);

  /** Entries sum to zero; each is of a transfer and on an account, and both are of one tenant. */
  private static final SqlCheck TRANSFER =
      new SqlCheck(
          "ledger.transfer",
          """
          WITH summed AS (
            SELECT e.transfer_id, a.tenant_id, a.asset, sum(e.amount) AS amount, min(e.seq) AS seq
              FROM ledger.entry e
              LEFT JOIN ledger.account a ON a.id = e.account_id AND a.shard = e.shard
             WHERE e.transfer_id >= :from
             GROUP BY e.transfer_id, a.tenant_id, a.asset
          ), bad AS (
            SELECT s.*, t.tenant_id AS tenant_of_transfer,
                   s.tenant_id IS NULL OR s.tenant_id IS DISTINCT FROM t.tenant_id AS astray
              FROM summed s
              LEFT JOIN ledger.transfer t ON t.id = s.transfer_id
             WHERE s.amount <> 0 OR s.tenant_id IS NULL
                OR s.tenant_id IS DISTINCT FROM t.tenant_id
          )
          SELECT CASE WHEN astray THEN format('entry %s of transfer %s', seq, transfer_id)
                      ELSE format('transfer %s asset %s', transfer_id, asset) END,
                 CASE WHEN astray
                      THEN (SELECT format('account %s shard %s and the transfer of one tenant',
                                          e.account_id, e.shard)
                              FROM ledger.entry e
                             WHERE e.transfer_id = bad.transfer_id AND e.seq = bad.seq)
                      ELSE 'sum of entries 0' END,
                 CASE WHEN astray
                      THEN format('account of tenant %s, transfer of tenant %s',
                                  coalesce(tenant_id::text, 'none'),
                                  coalesce(tenant_of_transfer::text, 'none'))
                      ELSE 'sum of entries ' || amount END
            FROM bad
           ORDER BY transfer_id, seq
          """);

  private static final SqlCheck FLOOR =
      new SqlCheck(
          "ledger.floor",
          """
          SELECT format('account %s shard %s', id, shard),
                 format('balance - held >= %s, held >= 0', coalesce(floor::text, 'any')),
                 format('balance %s, held %s', balance, held)
            FROM ledger.account
           WHERE held < 0 OR balance::numeric - held < floor OR (shard > 0 AND held <> 0)
           ORDER BY id, shard
          """);

  private static final String HELD =
      """
      WITH reserved AS (
        SELECT account_id, sum(amount) AS amount
          FROM (SELECT l.account_id, l.amount
                  FROM ledger.hold h
                  JOIN ledger.hold_leg l ON l.hold_id = h.id
                 WHERE h.closed_at IS NULL
                :others) each
         GROUP BY account_id
      )
      SELECT format('account %s', coalesce(a.id, r.account_id)),
             'held ' || coalesce(r.amount, 0) || ' (its open reservations)',
             'held ' || coalesce(a.held::text, 'on no account')
        FROM (SELECT id, held FROM ledger.account WHERE shard = 0) a
        FULL JOIN reserved r ON r.account_id = a.id
       WHERE coalesce(a.held, 0) <> coalesce(r.amount, 0)
       ORDER BY coalesce(a.id, r.account_id)
      """;

  /** A key stands once, with the hash that repeats are compared with. */
  private static final SqlCheck IDEMPOTENCY =
      new SqlCheck(
          "ledger.idempotency",
          """
          SELECT format('transfer %s, tenant %s operation %s key %s',
                        min(id::text), tenant_id, operation, idempotency_key),
                 'one transfer with a hash of 32 bytes',
                 format('%s transfers, shortest hash %s bytes',
                        count(*), min(octet_length(request_hash)))
            FROM ledger.transfer
           WHERE id >= :from
           GROUP BY tenant_id, operation, idempotency_key
          HAVING count(*) > 1 OR min(octet_length(request_hash)) <> 32
           ORDER BY min(id::text)
          """);

  /** A contra transfer takes back exactly what its original did, on the same accounts. */
  private static final SqlCheck REVERSAL =
      new SqlCheck(
          "ledger.reversal",
          """
          SELECT format('transfer %s account %s', id, account_id),
                 'together with transfer ' || reverses || ' 0', 'together ' || sum(amount)
            FROM (SELECT r.id, r.reverses, e.account_id, e.amount
                    FROM ledger.transfer r JOIN ledger.entry e ON e.transfer_id = r.id
                   WHERE r.reverses IS NOT NULL AND r.id >= :from
                  UNION ALL
                  SELECT r.id, r.reverses, e.account_id, e.amount
                    FROM ledger.transfer r JOIN ledger.entry e ON e.transfer_id = r.reverses
                   WHERE r.reverses IS NOT NULL AND r.id >= :from) both_ways
           GROUP BY id, reverses, account_id
          HAVING sum(amount) <> 0
           ORDER BY id, account_id
          """);

  private static final SqlCheck SCALE =
      new SqlCheck(
          "ledger.scale",
          """
          SELECT format('account %s shard %s', a.id, a.shard), 'scale ' || s.scale,
                 'scale ' || a.scale
            FROM ledger.account a
            JOIN ledger.asset s ON s.code = a.asset
           WHERE a.scale <> s.scale
           ORDER BY a.id, a.shard
          """);

  private LedgerChecks() {}

  static List<AuditCheck> all(List<String> reservations) {
    List<AuditCheck> checks =
        List.of(
            new ChainCheck(),
            BALANCE,
            SUM,
            TRANSFER,
            FLOOR,
            held(reservations),
            IDEMPOTENCY,
            REVERSAL,
            SCALE,
            new OwedCheck());
    return Stream.concat(checks.stream(), SealChecks.all().stream()).toList();
  }

  /**
   * Held is what open holds reserve, and what other contexts do.
   *
   * @param reservations queries of account_id and amount
   */
  private static SqlCheck held(List<String> reservations) {
    StringBuilder others = new StringBuilder();
    for (String query : reservations) {
      others.append("UNION ALL SELECT account_id, amount FROM (").append(query).append(") o\n");
    }
    return new SqlCheck("ledger.held", HELD.replace(":others", others));
  }
}
