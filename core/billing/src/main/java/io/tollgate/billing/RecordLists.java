package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Records of charges of all users, as administrators read them. */
@FunctionalInterface
public interface RecordLists {
  /** Records, the newest first. */
  ListPage<ListedRecord> page(Transaction transaction, Filter filter, ListRequest page);

  /**
   * Which records are listed; what is empty does not filter.
   *
   * @param record both sides of one charge
   * @param type {@link BillingRecords.ServiceRecord#FREE} or {@link
   *     BillingRecords.ServiceRecord#PAID}
   * @param start charged at or after
   * @param end charged before
   */
  record Filter(
      Optional<UUID> record,
      Optional<TenantId> tenant,
      Optional<UserId> user,
      Optional<String> service,
      OptionalInt type,
      Optional<Instant> start,
      Optional<Instant> end) {
    public Filter {
      requireNonNull(record, "record is null");
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      requireNonNull(service, "service is null");
      requireNonNull(type, "type is null");
      requireNonNull(start, "start is null");
      requireNonNull(end, "end is null");
    }
  }

  /**
   * One side of a charge: what was free of it, or what was paid. Both have the id of the charge.
   *
   * @param count calls or tokens
   * @param requestId the caller's own name of it
   * @param refundedAt when it was given back
   * @param refundReason why
   */
  record ListedRecord(
      UUID id,
      TenantId tenant,
      UserId user,
      String service,
      int type,
      long count,
      Amount amount,
      Optional<String> requestId,
      Instant createdAt,
      Optional<Instant> refundedAt,
      Optional<String> refundReason) {
    public ListedRecord {
      requireNonNull(id, "id is null");
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      requireNonNull(service, "service is null");
      requireNonNull(amount, "amount is null");
      requireNonNull(requestId, "requestId is null");
      requireNonNull(createdAt, "createdAt is null");
      requireNonNull(refundedAt, "refundedAt is null");
      requireNonNull(refundReason, "refundReason is null");
    }
  }
}
