package io.tollgate.billing.internal.records;

import io.tollgate.billing.BillingRecords;
import io.tollgate.billing.BillingRecords.AccountView;
import io.tollgate.billing.BillingRecords.RecordPage;
import io.tollgate.billing.BillingRecords.RelayStatistic;
import io.tollgate.billing.BillingRecords.ServiceStatistic;
import io.tollgate.billing.QuotaAnswer;
import io.tollgate.billing.UserStanding;
import io.tollgate.ground.Amount;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answers, as they are on the wire. */
final class RecordAnswers {
  private RecordAnswers() {}

  record Account(String userId, Amount balance, List<QuotaOfService> quotas) {
    static Account of(String userId, AccountView view) {
      return new Account(
          userId,
          view.balance(),
          view.quotas().stream()
              .map(
                  each ->
                      new QuotaOfService(each.service(), each.total(), each.used(), each.month()))
              .toList());
    }
  }

  record QuotaOfService(String serviceName, long totalQuota, long usedQuota, String resetMonth) {}

  record Records(List<Row> records, long total) {
    static Records of(RecordPage page) {
      return new Records(page.records().stream().map(Row::of).toList(), page.total());
    }
  }

  record Row(
      String id,
      String recordId,
      String serviceName,
      int type,
      Amount amount,
      long count,
      Instant createdAt,
      boolean refunded) {
    static Row of(BillingRecords.ServiceRecord row) {
      return new Row(
          row.id(),
          row.id(),
          row.service(),
          row.type(),
          row.amount(),
          row.count(),
          row.createdAt(),
          row.refunded());
    }
  }

  record Statistic(
      String userId,
      String serviceName,
      long totalCount,
      Amount totalCost,
      long freeCount,
      long paidCount,
      String period) {
    static Statistic of(String userId, ServiceStatistic of, String period) {
      return new Statistic(
          userId,
          of.service().orElse(""),
          of.totalCount(),
          of.totalCost(),
          of.freeCount(),
          of.paidCount(),
          period);
    }
  }

  record Summary(String userId, long totalCount, BigDecimal totalCost, List<OfService> services) {
    static Summary of(String userId, List<ServiceStatistic> services) {
      return new Summary(
          userId,
          services.stream().mapToLong(ServiceStatistic::totalCount).reduce(0, Math::addExact),
          services.stream()
              .map(each -> each.totalCost().toDecimal())
              .reduce(BigDecimal.ZERO, BigDecimal::add),
          services.stream().map(OfService::of).toList());
    }
  }

  record OfService(
      String serviceName, long totalCount, Amount totalCost, long freeCount, long paidCount) {
    static OfService of(ServiceStatistic of) {
      return new OfService(
          of.service().orElse(""), of.totalCount(), of.totalCost(), of.freeCount(), of.paidCount());
    }
  }

  record Relay(
      String userId,
      Instant periodStart,
      Instant periodEnd,
      long totalRequests,
      long totalInputTokens,
      long totalOutputTokens,
      BigDecimal totalCost,
      Map<String, OfModel> byModel) {
    static Relay of(String userId, RelayStatistic of) {
      Map<String, OfModel> models = new LinkedHashMap<>();
      long requests = 0;
      long input = 0;
      long output = 0;
      BigDecimal cost = of.noCost().toDecimal();
      for (BillingRecords.ModelStatistic each : of.models()) {
        models.put(
            each.model(),
            new OfModel(each.requests(), each.inputTokens(), each.outputTokens(), each.cost()));
        requests = Math.addExact(requests, each.requests());
        input = Math.addExact(input, each.inputTokens());
        output = Math.addExact(output, each.outputTokens());
        cost = cost.add(each.cost().toDecimal());
      }
      return new Relay(userId, of.start(), of.end(), requests, input, output, cost, models);
    }
  }

  record OfModel(long requests, long inputTokens, long outputTokens, Amount cost) {}

  record Check(
      String userId,
      boolean allowed,
      Amount balance,
      long quotaLimit,
      long quotaUsed,
      long quotaRemaining,
      String reason) {
    static Check of(String userId, UserStanding standing) {
      QuotaAnswer answer =
          !standing.allowed()
              ? QuotaAnswer.INSUFFICIENT
              : standing.quotaRemaining() > 0 ? QuotaAnswer.FREE : QuotaAnswer.BALANCE;
      return new Check(
          userId,
          standing.allowed(),
          standing.balance(),
          standing.quotaLimit(),
          standing.quotaUsed(),
          standing.quotaRemaining(),
          answer.reason());
    }
  }

  record Quota(String userId, long quotaLimit, long quotaUsed, long quotaRemaining) {
    static Quota of(String userId, UserStanding standing) {
      return new Quota(
          userId, standing.quotaLimit(), standing.quotaUsed(), standing.quotaRemaining());
    }
  }
}
