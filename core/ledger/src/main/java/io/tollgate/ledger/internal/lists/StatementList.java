package io.tollgate.ledger.internal.lists;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ledger.StatementFilter;
import io.tollgate.ledger.StatementLine;
import io.tollgate.ledger.Statements;
import io.tollgate.ledger.internal.PostingClock;
import io.tollgate.ledger.internal.accounts.AccountKinds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads statements. Each account gives its newest entries by its own index, and what the user had
 * after a line is what they have now, less all that was posted later: each line knows what was
 * posted between it and the line above, so that nothing is read twice.
 */
public final class StatementList implements Statements {
  private static final UUID FIRST = new UUID(0, 0);
  private static final UUID LAST = new UUID(-1, -1);

  private static final String QUERY =
      """
      WITH mine AS MATERIALIZED (
        SELECT id, kind, asset, scale, balance FROM ledger.account
         WHERE tenant_id = ? AND owner = ? AND shard = 0
           AND kind IN ('balance', 'gift', 'grant', 'owed') AND (? = '' OR asset = ?)),
      lines AS (
        SELECT m.kind AS account_kind, m.asset, m.scale, e.*
          FROM mine m
         CROSS JOIN LATERAL (
           SELECT e.transfer_id, e.seq, e.amount, e.charge_id, t.kind, t.reference,
                  t.effective_at, t.posted_at
             FROM ledger.entry e JOIN ledger.transfer t ON t.id = e.transfer_id
            WHERE e.account_id = m.id AND e.transfer_id >= ? AND e.transfer_id < ?
              AND (e.transfer_id, e.seq) < (?::uuid, ?::integer)
              AND t.kind <> 'grant_gathering' AND (cardinality(?) = 0 OR t.kind = ANY (?))
            ORDER BY e.transfer_id DESC, e.seq DESC
            LIMIT ?) e
         ORDER BY transfer_id DESC, seq DESC
         OFFSET ? LIMIT ?),
      placed AS (
        SELECT lines.*,
               lag(transfer_id) OVER above AS above_transfer, lag(seq) OVER above AS above_seq
          FROM lines
        WINDOW above AS (PARTITION BY asset ORDER BY transfer_id DESC, seq DESC))
      SELECT placed.*,
             (SELECT coalesce(sum(m.balance), 0)::bigint FROM mine m
               WHERE m.asset = placed.asset) AS now,
             (SELECT coalesce(sum(later.amount), 0)::bigint
                FROM mine m
               CROSS JOIN LATERAL (
                 SELECT e.amount FROM ledger.entry e
                  WHERE e.account_id = m.id
                    AND (e.transfer_id, e.seq) > (placed.transfer_id, placed.seq)
                    AND (e.transfer_id, e.seq)
                      <= (coalesce(placed.above_transfer, ?::uuid),
                          coalesce(placed.above_seq, 2147483647))) later
               WHERE m.asset = placed.asset) AS later
        FROM placed
       ORDER BY transfer_id DESC, seq DESC
      """;

  private static final String COUNT =
      """
      SELECT count(*)
        FROM ledger.account m
        JOIN ledger.entry e ON e.account_id = m.id
        JOIN ledger.transfer t ON t.id = e.transfer_id
       WHERE m.tenant_id = ? AND m.owner = ? AND m.shard = 0
         AND m.kind IN ('balance', 'gift', 'grant', 'owed') AND (? = '' OR m.asset = ?)
         AND e.transfer_id >= ? AND e.transfer_id < ?
         AND t.kind <> 'grant_gathering' AND (cardinality(?) = 0 OR t.kind = ANY (?))
      """;

  @Override
  public ListPage<StatementLine> page(
      Transaction transaction, StatementFilter filter, ListRequest request) {
    EntryCursor after =
        request.cursor().map(EntryCursor::parse).orElse(new EntryCursor(LAST, Integer.MAX_VALUE));
    String asset = filter.asset().orElse("");
    String[] kinds = filter.kinds().toArray(String[]::new);
    Map<String, Long> below = new HashMap<>();
    List<StatementLine> lines = new ArrayList<>();
    transaction
        .sql()
        .resultQuery(
            QUERY,
            filter.tenant().value(),
            "user:" + filter.user().value(),
            asset,
            asset,
            filter.start().map(PostingClock::lowestId).orElse(FIRST),
            filter.end().map(PostingClock::lowestId).orElse(LAST),
            after.transfer(),
            after.seq(),
            kinds,
            kinds,
            request.limit() + request.offset(),
            request.offset(),
            request.limit(),
            LAST)
        .fetch()
        .forEach(row -> lines.add(read(row, below)));
    return ListPage.of(
        lines,
        request,
        line -> new EntryCursor(line.transfer(), line.seq()).text(),
        () -> count(transaction, filter));
  }

  private static long count(Transaction transaction, StatementFilter filter) {
    String asset = filter.asset().orElse("");
    String[] kinds = filter.kinds().toArray(String[]::new);
    return transaction
        .sql()
        .resultQuery(
            COUNT,
            filter.tenant().value(),
            "user:" + filter.user().value(),
            asset,
            asset,
            filter.start().map(PostingClock::lowestId).orElse(FIRST),
            filter.end().map(PostingClock::lowestId).orElse(LAST),
            kinds,
            kinds)
        .fetchSingle()
        .get(0, Long.class);
  }

  /**
   * @param above what the user had of each asset after the line above
   */
  private static StatementLine read(Record row, Map<String, Long> above) {
    String code = row.get("asset", String.class);
    Asset asset = new Asset(code, row.get("scale", Integer.class));
    @Nullable Long had = above.get(code);
    long before = had == null ? row.get("now", Long.class) : had;
    long after = Math.subtractExact(before, row.get("later", Long.class));
    above.put(code, after);
    @Nullable UUID charge = row.get("charge_id", UUID.class);
    return new StatementLine(
        row.get("transfer_id", UUID.class),
        row.get("seq", Integer.class),
        row.get("kind", String.class),
        charge == null ? row.get("reference", String.class) : charge.toString(),
        AccountKinds.parse(row.get("account_kind", String.class)),
        new Amount(asset, row.get("amount", Long.class)),
        new Amount(asset, after),
        row.get("effective_at", Instant.class),
        row.get("posted_at", Instant.class));
  }
}
