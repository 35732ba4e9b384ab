package io.tollgate.billing.internal.rpc;

import com.google.protobuf.Timestamp;
import io.tollgate.billing.BillingRecords.AccountView;
import io.tollgate.billing.BillingRecords.QuotaView;
import io.tollgate.billing.BillingRecords.RecordFilter;
import io.tollgate.billing.BillingRecords.RecordPage;
import io.tollgate.billing.BillingRecords.ServiceRecord;
import io.tollgate.billing.BillingRecords.ServiceStatistic;
import io.tollgate.ground.Amount;
import io.tollgate.ground.GivenText;
import io.tollgate.rpc.billing.v1.BillingRecord;
import io.tollgate.rpc.billing.v1.FreeQuota;
import io.tollgate.rpc.billing.v1.GetAccountReply;
import io.tollgate.rpc.billing.v1.GetStatsReply;
import io.tollgate.rpc.billing.v1.GetStatsSummaryReply;
import io.tollgate.rpc.billing.v1.ListRecordsReply;
import io.tollgate.rpc.billing.v1.ListRecordsRequest;
import io.tollgate.rpc.billing.v1.ServiceStats;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What users have and what was charged to them, in messages; and what a list is asked for. */
final class RecordReplies {
  private static final int PAGE_SIZE = 20;
  private static final int PAGE_SIZE_MAX = 100;
  private static final int ROWS_MAX = 1_000_000;
  private static final long LAST_SECOND = 253_402_300_799L;

  private RecordReplies() {}

  static GetAccountReply account(String user, AccountView account) {
    GetAccountReply.Builder reply =
        GetAccountReply.newBuilder()
            .setUserId(user)
            .setBalance(ExactFields.rounded(account.balance()))
            .setExactBalance(account.balance().toPlainString())
            .setCurrency(account.balance().asset().code());
    account.quotas().forEach(quota -> reply.addQuotas(quota(quota)));
    return reply.build();
  }

  private static FreeQuota quota(QuotaView quota) {
    return FreeQuota.newBuilder()
        .setServiceName(quota.service())
        .setTotalQuota(ExactFields.bounded(quota.total()))
        .setUsedQuota(ExactFields.bounded(quota.used()))
        .setResetMonth(quota.month())
        .setExactTotalQuota(quota.total())
        .setExactUsedQuota(quota.used())
        .build();
  }

  static RecordFilter filter(ListRecordsRequest request) {
    int type = request.getType();
    if (type < 0 || type > ServiceRecord.PAID) {
      throw GivenText.refused(
          "type", Integer.toString(type), "1 for free quota, 2 for balance, 0 for both");
    }
    return new RecordFilter(
        request.getServiceName().isEmpty()
            ? Optional.empty()
            : Optional.of(request.getServiceName()),
        type == 0 ? OptionalInt.empty() : OptionalInt.of(type),
        request.hasStart() ? Optional.of(time("start", request.getStart())) : Optional.empty(),
        request.hasEnd() ? Optional.of(time("end", request.getEnd())) : Optional.empty());
  }

  private static Instant time(String field, Timestamp time) {
    boolean valid =
        time.getSeconds() >= 0
            && time.getSeconds() <= LAST_SECOND
            && time.getNanos() >= 0
            && time.getNanos() < 1_000_000_000;
    if (!valid) {
      throw GivenText.refused(field, time.getSeconds() + " s", "a time since 1970");
    }
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  static int pageSize(ListRecordsRequest request) {
    int size = request.getPageSize() == 0 ? PAGE_SIZE : request.getPageSize();
    if (size < 1 || size > PAGE_SIZE_MAX) {
      throw GivenText.refused("pageSize", Integer.toString(size), "1 to " + PAGE_SIZE_MAX);
    }
    return size;
  }

  static int page(ListRecordsRequest request) {
    int page = request.getPage() == 0 ? 1 : request.getPage();
    if (page < 1 || (long) (page - 1) * pageSize(request) > ROWS_MAX) {
      throw GivenText.refused(
          "page", Integer.toString(page), "from 1, within the first " + ROWS_MAX + " rows");
    }
    return page;
  }

  static ListRecordsReply records(RecordPage page) {
    ListRecordsReply.Builder reply =
        ListRecordsReply.newBuilder()
            .setTotal(ExactFields.bounded(page.total()))
            .setExactTotal(page.total());
    page.records().forEach(row -> reply.addRecords(record(row)));
    return reply.build();
  }

  private static BillingRecord record(ServiceRecord row) {
    return BillingRecord.newBuilder()
        .setId(row.id())
        .setServiceName(row.service())
        .setType(row.type())
        .setAmount(ExactFields.rounded(row.amount()))
        .setExactAmount(row.amount().toPlainString())
        .setCount(ExactFields.bounded(row.count()))
        .setExactCount(row.count())
        .setCreatedAt(
            Timestamp.newBuilder()
                .setSeconds(row.createdAt().getEpochSecond())
                .setNanos(row.createdAt().getNano()))
        .build();
  }

  static GetStatsReply statistic(String user, ServiceStatistic statistic, String period) {
    return GetStatsReply.newBuilder()
        .setUserId(user)
        .setServiceName(statistic.service().orElse(""))
        .setTotalCount(ExactFields.bounded(statistic.totalCount()))
        .setTotalCost(ExactFields.rounded(statistic.totalCost()))
        .setFreeCount(ExactFields.bounded(statistic.freeCount()))
        .setPaidCount(ExactFields.bounded(statistic.paidCount()))
        .setPeriod(period)
        .setExactTotalCost(statistic.totalCost().toPlainString())
        .setExactTotalCount(statistic.totalCount())
        .setExactFreeCount(statistic.freeCount())
        .setExactPaidCount(statistic.paidCount())
        .build();
  }

  static GetStatsSummaryReply summary(String user, List<ServiceStatistic> services) {
    long count = 0;
    BigDecimal cost = BigDecimal.ZERO;
    GetStatsSummaryReply.Builder reply = GetStatsSummaryReply.newBuilder().setUserId(user);
    for (ServiceStatistic statistic : services) {
      Amount amount = statistic.totalCost();
      count = Math.addExact(count, statistic.totalCount());
      cost = cost.add(amount.toDecimal());
      reply.addServices(
          ServiceStats.newBuilder()
              .setServiceName(statistic.service().orElse(""))
              .setTotalCount(ExactFields.bounded(statistic.totalCount()))
              .setTotalCost(ExactFields.rounded(amount))
              .setFreeCount(ExactFields.bounded(statistic.freeCount()))
              .setPaidCount(ExactFields.bounded(statistic.paidCount()))
              .setExactTotalCost(amount.toPlainString())
              .setExactTotalCount(statistic.totalCount())
              .setExactFreeCount(statistic.freeCount())
              .setExactPaidCount(statistic.paidCount()));
    }
    return reply
        .setTotalCount(ExactFields.bounded(count))
        .setTotalCost(cost.doubleValue())
        .setExactTotalCost(cost.toPlainString())
        .setExactTotalCount(count)
        .build();
  }
}
