package io.tollgate.rewards.internal.withdrawals;

import static io.tollgate.schema.rewards.Tables.PAYOUT_ADDRESS;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.rewards.Withdrawals.PayoutAddress;
import io.tollgate.schema.rewards.tables.records.PayoutAddressRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table of addresses that users have named or used. */
final class AddressTable {
  static final int MOST = 100;

  private AddressTable() {}

  static Optional<Instant> notedAt(
      Transaction transaction, UserId user, String network, String address) {
    return transaction
        .sql()
        .select(PAYOUT_ADDRESS.NOTED_AT)
        .from(PAYOUT_ADDRESS)
        .where(PAYOUT_ADDRESS.USER_ID.eq(user.value()))
        .and(PAYOUT_ADDRESS.NETWORK.eq(network))
        .and(PAYOUT_ADDRESS.ADDRESS.eq(address))
        .fetchOptional(PAYOUT_ADDRESS.NOTED_AT);
  }

  /** Notes it; when it was noted, now or before. */
  static Instant note(
      Transaction transaction,
      TenantId tenant,
      UserId user,
      String network,
      String address,
      Instant now) {
    var _ =
        transaction
            .sql()
            .insertInto(PAYOUT_ADDRESS)
            .set(PAYOUT_ADDRESS.USER_ID, user.value())
            .set(PAYOUT_ADDRESS.NETWORK, network)
            .set(PAYOUT_ADDRESS.ADDRESS, address)
            .set(PAYOUT_ADDRESS.TENANT_ID, tenant.value())
            .set(PAYOUT_ADDRESS.NOTED_AT, now)
            .onConflictDoNothing()
            .execute();
    return notedAt(transaction, user, network, address).orElse(now);
  }

  static int count(Transaction transaction, UserId user) {
    return transaction.sql().fetchCount(PAYOUT_ADDRESS, PAYOUT_ADDRESS.USER_ID.eq(user.value()));
  }

  static List<PayoutAddress> newest(
      Transaction transaction, TenantId tenant, UserId user, Duration coolDown) {
    return transaction
        .sql()
        .selectFrom(PAYOUT_ADDRESS)
        .where(PAYOUT_ADDRESS.USER_ID.eq(user.value()))
        .and(PAYOUT_ADDRESS.TENANT_ID.eq(tenant.value()))
        .orderBy(PAYOUT_ADDRESS.NOTED_AT.desc(), PAYOUT_ADDRESS.NETWORK, PAYOUT_ADDRESS.ADDRESS)
        .limit(MOST)
        .fetch(row -> address(row, coolDown));
  }

  private static PayoutAddress address(PayoutAddressRecord row, Duration coolDown) {
    return new PayoutAddress(
        row.getNetwork(), row.getAddress(), row.getNotedAt(), row.getNotedAt().plus(coolDown));
  }
}
