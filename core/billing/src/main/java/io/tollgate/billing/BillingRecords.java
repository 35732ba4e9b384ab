package io.tollgate.billing;

import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.UserOfTenant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What users have and what was charged to them: accounts, records, statistics. Blocking, in
 * transactions of its own. Safe for use by many threads.
 */
public interface BillingRecords {
  /**
   * The tenant's user of this id, who is made with the tenant's defaults when there is none.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when it cannot be a user's id
   */
  UserOfTenant user(TenantId tenant, String externalId);

  /** The user's money and free quotas, after those of the month were given where they were due. */
  AccountView account(UserOfTenant user);

  /** What was charged for services, the newest first. */
  RecordPage records(UserOfTenant user, RecordFilter filter, int page, int pageSize);

  /**
   * What was used today in the tenant's time zone, and not given back.
   *
   * @param service empty: all of them together
   * @throws io.tollgate.ground.Refusal {@code SERVICE_NOT_FOUND}
   */
  ServiceStatistic today(UserOfTenant user, Optional<String> service);

  /** The same of the calendar month. */
  ServiceStatistic month(UserOfTenant user, Optional<String> service);

  /** The same of all time, by service. */
  List<ServiceStatistic> summary(UserOfTenant user);

  /**
   * What was relayed, by model.
   *
   * @param start from when on; empty: from the beginning of the tenant's month
   * @param end until when; empty: until now
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when it ends before it starts
   */
  RelayStatistic relay(UserOfTenant user, Optional<Instant> start, Optional<Instant> end);

  /**
   * Money and free quotas.
   *
   * @param balance less what is owed
   */
  record AccountView(Amount balance, List<QuotaView> quotas) {
    public AccountView {
      quotas = List.copyOf(quotas);
    }
  }

  /**
   * Free quota of a service.
   *
   * @param total of the month, and by hand
   * @param month as calendars write it, e.g. {@code 2026-11}
   */
  record QuotaView(String service, long total, long used, String month) {}

  /**
   * Which records a list shows; what is empty does not restrict.
   *
   * @param type {@link ServiceRecord#FREE} or {@link ServiceRecord#PAID}
   * @param start charged at or after
   * @param end charged before
   */
  record RecordFilter(
      Optional<String> service, OptionalInt type, Optional<Instant> start, Optional<Instant> end) {}

  /**
   * One side of a charge: what was free of it, or what was paid. Both have the id of the charge.
   *
   * @param refunded whether it was given back
   */
  record ServiceRecord(
      String id,
      String service,
      int type,
      Amount amount,
      long count,
      Instant createdAt,
      boolean refunded) {
    public static final int FREE = 1;
    public static final int PAID = 2;
  }

  /**
   * A page of records.
   *
   * @param total under the filter, exactly
   */
  record RecordPage(List<ServiceRecord> records, long total) {
    public RecordPage {
      records = List.copyOf(records);
    }
  }

  /**
   * What was used of a service.
   *
   * @param service empty: of all of them
   */
  record ServiceStatistic(
      Optional<String> service, long freeCount, long paidCount, Amount totalCost) {
    public long totalCount() {
      return Math.addExact(freeCount, paidCount);
    }
  }

  /** What was relayed in a time. */
  record RelayStatistic(Instant start, Instant end, Amount noCost, List<ModelStatistic> models) {
    public RelayStatistic {
      models = List.copyOf(models);
    }
  }

  /** What was relayed of a model. */
  record ModelStatistic(
      String model, long requests, long inputTokens, long outputTokens, Amount cost) {}
}
