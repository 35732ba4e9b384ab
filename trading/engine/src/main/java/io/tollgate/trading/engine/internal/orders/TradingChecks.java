package io.tollgate.trading.engine.internal.orders;

import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.SqlCheck;
import java.util.List;

/** Holds orders, trades, positions and the exchange's ledger kept here against one another. */
public final class TradingChecks {
  private TradingChecks() {}

  /** Each is one query. */
  public static List<AuditCheck> all() {
    return List.of(
        // each line begins where the one before it has ended
        new SqlCheck(
            "trading.chain",
            """
            SELECT format('transaction %s', t.transaction_id),
                   format('%s, number %s', t.was + t.amount, t.before + 1),
                   format('%s, number %s', t.balance_after, t.seq)
              FROM (SELECT l.*,
                           lag(balance_after, 1, 0::numeric) OVER w AS was,
                           lag(seq, 1, 0::bigint) OVER w AS before
                      FROM trading.ledger_transaction l
                    WINDOW w AS (PARTITION BY l.ledger_account_id ORDER BY l.seq)) t
             WHERE t.balance_after <> t.was + t.amount OR t.seq <> t.before + 1
             ORDER BY t.ledger_account_id, t.seq
            """),
        // the last line is what the account has
        new SqlCheck(
            "trading.balances",
            """
            SELECT format('account %s', a.ledger_account_id), coalesce(t.balance_after, 0)::text, a.balance::text
              FROM trading.ledger_account a
              LEFT JOIN trading.ledger_transaction t
                ON t.ledger_account_id = a.ledger_account_id AND t.seq = a.last_seq
             WHERE a.balance <> coalesce(t.balance_after, 0)
             ORDER BY a.ledger_account_id
            """),
        // an order is filled by its trades, and by nothing else
        new SqlCheck(
            "trading.fills",
            """
            SELECT format('order %s', o.order_id), coalesce(f.quantity, 0)::text, o.filled_quantity::text
              FROM trading.trade_order o
              LEFT JOIN (SELECT order_id, sum(quantity) AS quantity FROM trading.fill GROUP BY order_id) f
                ON f.order_id = o.order_id
             WHERE o.filled_quantity <> coalesce(f.quantity, 0)
             ORDER BY o.order_id
            """),
        // what is held in contracts is what trades have entered and not left
        new SqlCheck(
            "trading.positions",
            """
            SELECT format('%s %s of account %s', coalesce(p.symbol, f.symbol), coalesce(p.position_side, f.position_side),
                          coalesce(p.account_id, f.account_id)),
                   coalesce(f.quantity, 0)::text, coalesce(p.quantity, 0)::text
              FROM (SELECT account_id, symbol, position_side, sum(quantity) AS quantity
                      FROM trading.position WHERE market_type = 'future' GROUP BY 1, 2, 3) p
              FULL JOIN (
                    SELECT o.account_id, o.symbol, o.position_side,
                           sum(CASE WHEN f.trade_type IN ('OPEN', 'ADD') THEN f.quantity ELSE -f.quantity END) AS quantity
                      FROM trading.fill f
                      JOIN trading.trade_order o ON o.order_id = f.order_id
                     WHERE f.market_type = 'future' GROUP BY 1, 2, 3) f
                ON f.account_id = p.account_id AND f.symbol = p.symbol AND f.position_side = p.position_side
             WHERE coalesce(p.quantity, 0) <> coalesce(f.quantity, 0)
               AND NOT EXISTS (SELECT FROM trading.difference d
                                WHERE d.account_id = coalesce(p.account_id, f.account_id)
                                  AND d.symbol = coalesce(p.symbol, f.symbol))
            """),
        // what contracts brought is in the ledger: realised profit less fees in the quote coin
        new SqlCheck(
            "trading.profits",
            """
            SELECT format('account %s', coalesce(p.account_id, t.account_id)),
                   coalesce(p.gross, 0)::text, coalesce(t.gross, 0)::text
              FROM (SELECT account_id, sum(gross) AS gross
                      FROM trading.position WHERE market_type = 'future' GROUP BY 1) p
              FULL JOIN (SELECT account_id, sum(amount) AS gross
                           FROM trading.ledger_transaction
                          WHERE transaction_type = 'REALIZED_PNL' GROUP BY 1) t
                ON t.account_id = p.account_id
             WHERE coalesce(p.gross, 0) <> coalesce(t.gross, 0)
            """));
  }
}
