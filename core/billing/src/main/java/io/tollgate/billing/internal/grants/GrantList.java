package io.tollgate.billing.internal.grants;

import io.tollgate.billing.HandPostings.GrantFilter;
import io.tollgate.billing.HandPostings.ListedGrant;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.LedgerQueries;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Record;

/** Grants, the newest first: by the transfer that gave them, which is in the order of posting. */
final class GrantList {
  private static final String ROWS =
      """
      SELECT g.*, h.admin_id, h.reason,
             coalesce((SELECT sum(r.amount) FROM billing.revoked_grant r
                        WHERE r.grant_id = g.transfer_id), 0) AS revoked
        FROM billing.given_grant g
        LEFT JOIN billing.hand_posting h ON h.transfer_id = g.transfer_id
      """;

  private GrantList() {}

  static ListPage<ListedGrant> page(
      Transaction transaction, LedgerQueries ledger, GrantFilter filter, ListRequest page) {
    StringBuilder which = new StringBuilder(" WHERE true");
    List<Object> values = new ArrayList<>();
    filter
        .tenant()
        .ifPresent(
            tenant -> {
              which.append(" AND g.tenant_id = ?");
              values.add(tenant.value());
            });
    filter
        .user()
        .ifPresent(
            user -> {
              which.append(" AND g.user_id = ?");
              values.add(user.value());
            });
    List<Object> all = new ArrayList<>(values);
    String rest = " ORDER BY g.transfer_id DESC LIMIT ? OFFSET ?";
    if (page.cursor().isPresent()) {
      rest = " AND g.transfer_id < ?" + rest;
      all.add(after(page.cursor().get()));
    }
    all.add(page.limit());
    all.add(page.offset());
    List<Record> found =
        new ArrayList<>(transaction.sql().fetch(ROWS + which + rest, all.toArray()));
    Map<AccountId, Account> accounts =
        ledger.accounts(
            transaction,
            found.stream()
                .map(row -> new AccountId(row.get("account_id", Long.class)))
                .distinct()
                .toList());
    return ListPage.of(
        found.stream().map(row -> read(row, accounts)).toList(),
        page,
        grant -> grant.transfer().toString(),
        () ->
            transaction
                .sql()
                .fetchSingle("SELECT count(*) FROM billing.given_grant g" + which, values.toArray())
                .get(0, Long.class));
  }

  private static ListedGrant read(Record row, Map<AccountId, Account> accounts) {
    Asset asset = new Asset(row.get("asset", String.class), row.get("scale", Integer.class));
    AccountId account = new AccountId(row.get("account_id", Long.class));
    return new ListedGrant(
        row.get("transfer_id", UUID.class),
        new TenantId(row.get("tenant_id", Long.class)),
        new UserId(row.get("user_id", Long.class)),
        row.get("source", String.class).toLowerCase(Locale.ROOT),
        account,
        new Amount(asset, row.get("amount", Long.class)),
        new Amount(asset, row.get("owed_paid", Long.class)),
        new Amount(asset, row.get("revoked", BigDecimal.class).longValueExact()),
        Optional.ofNullable(accounts.get(account))
            .filter(found -> found.key().kind() == AccountKind.GRANT)
            .map(found -> new Amount(asset, found.balance())),
        Optional.ofNullable(row.get("expires_at", Instant.class)),
        row.get("priority", Integer.class),
        Optional.ofNullable(row.get("admin_id", Long.class)).map(AdminId::new),
        Optional.ofNullable(row.get("reason", String.class)),
        row.get("given_at", Instant.class));
  }

  private static UUID after(String cursor) {
    try {
      return UUID.fromString(cursor);
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)", e);
    }
  }
}
