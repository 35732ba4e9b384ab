package io.tollgate.billing.internal.grants;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.HandPostings.By;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Record;

/** The table of what administrators post by hand. */
final class HandPostingTable {
  private static final String FIND =
      "SELECT * FROM billing.hand_posting WHERE tenant_id = ? AND what = ? AND idempotency_key = ?";

  private static final String INSERT =
      """
      INSERT INTO billing.hand_posting (transfer_id, tenant_id, user_id, what, idempotency_key,
             request_hash, asset, scale, amount, remaining, admin_id, reason, posted_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz)
      ON CONFLICT DO NOTHING
      """;

  private HandPostingTable() {}

  /** What was done. */
  record Done(UUID transfer, Amount amount, long remaining, Instant postedAt) {
    Done {
      requireNonNull(transfer, "transfer is null");
      requireNonNull(amount, "amount is null");
      requireNonNull(postedAt, "postedAt is null");
    }
  }

  /** A row of it. */
  record Row(TenantId tenant, UserId user, byte[] hash, Done done) {
    Row {
      hash = hash.clone();
    }

    @Override
    public byte[] hash() {
      return hash.clone();
    }
  }

  static Optional<Row> find(Transaction transaction, String what, TenantId tenant, String key) {
    return transaction
        .sql()
        .fetchOptional(FIND, tenant.value(), what, key)
        .map(HandPostingTable::read);
  }

  /** Keeps one; the same again is left as it is. */
  static void insert(
      Transaction transaction,
      String what,
      TenantId tenant,
      UserId user,
      By by,
      byte[] hash,
      Done done) {
    int _ =
        transaction
            .sql()
            .execute(
                INSERT,
                done.transfer(),
                tenant.value(),
                user.value(),
                what,
                by.key(),
                hash,
                done.amount().asset().code(),
                done.amount().asset().scale(),
                done.amount().units(),
                done.remaining(),
                by.admin().value(),
                by.reason(),
                done.postedAt().toString());
  }

  private static Row read(Record row) {
    Asset asset = new Asset(row.get("asset", String.class), row.get("scale", Integer.class));
    return new Row(
        new TenantId(row.get("tenant_id", Long.class)),
        new UserId(row.get("user_id", Long.class)),
        row.get("request_hash", byte[].class),
        new Done(
            row.get("transfer_id", UUID.class),
            new Amount(asset, row.get("amount", Long.class)),
            row.get("remaining", Long.class),
            row.get("posted_at", Instant.class)));
  }
}
