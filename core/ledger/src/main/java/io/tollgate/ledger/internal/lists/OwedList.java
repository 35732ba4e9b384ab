package io.tollgate.ledger.internal.lists;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.LedgerQueries.OwedFilter;
import io.tollgate.ledger.OwedAccount;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.Record;

/** Accounts of what is owed on which something is, by id, each with its last entry. */
final class OwedList {
  private static final String USER = "user:";
  private static final String WHICH =
      """
        FROM ledger.account a
       WHERE a.kind = 'owed' AND a.shard = 0 AND a.balance < 0
         AND (?::bigint IS NULL OR a.tenant_id = ?) AND (?::text IS NULL OR a.owner = ?)
      """;

  private static final String ROWS =
      """
      SELECT o.*, e.transfer_id, t.kind, t.reference, t.posted_at
        FROM (SELECT a.id, a.tenant_id, a.owner, a.asset, a.scale, a.balance
      """
          + WHICH
          + """
               AND a.id > ? ORDER BY a.id LIMIT ? OFFSET ?) o
       CROSS JOIN LATERAL (
              SELECT e.transfer_id FROM ledger.entry e
               WHERE e.account_id = o.id AND e.shard = 0
               ORDER BY e.account_seq DESC LIMIT 1) e
        JOIN ledger.transfer t ON t.id = e.transfer_id
       ORDER BY o.id
      """;

  private OwedList() {}

  static ListPage<OwedAccount> page(Transaction transaction, OwedFilter filter, ListRequest page) {
    Long tenant = filter.tenant().map(TenantId::value).orElse(null);
    String owner = filter.user().map(AccountKey::owner).orElse(null);
    List<OwedAccount> found =
        transaction
            .sql()
            .fetch(
                ROWS,
                tenant,
                tenant,
                owner,
                owner,
                page.cursor().map(OwedList::after).orElse(0L),
                page.limit(),
                page.offset())
            .map(OwedList::read);
    return ListPage.of(
        found,
        page,
        row -> row.account().toString(),
        () ->
            transaction
                .sql()
                .fetchSingle("SELECT count(*) " + WHICH, tenant, tenant, owner, owner)
                .get(0, Long.class));
  }

  private static OwedAccount read(Record row) {
    Asset asset = new Asset(row.get("asset", String.class), row.get("scale", Integer.class));
    return new OwedAccount(
        new AccountId(row.get("id", Long.class)),
        new TenantId(row.get("tenant_id", Long.class)),
        new UserId(Long.parseLong(row.get("owner", String.class).substring(USER.length()))),
        new Amount(asset, -row.get("balance", Long.class)),
        row.get("transfer_id", UUID.class),
        row.get("kind", String.class),
        row.get("reference", String.class),
        row.get("posted_at", Instant.class));
  }

  private static long after(String cursor) {
    try {
      return Numerals.wholeNumber(cursor);
    } catch (NumberFormatException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)", e);
    }
  }
}
