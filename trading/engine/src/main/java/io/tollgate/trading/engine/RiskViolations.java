package io.tollgate.trading.engine;

import static io.tollgate.schema.trading.Tables.SIGNAL_EVENT;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.schema.trading.tables.records.SignalEventRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Orders that were not reserved, and why: what guards and rules of risk have held back. */
public final class RiskViolations {
  private static final int RECENT = 50;
  private static final String REJECTED = "RISK_REJECTED";

  private RiskViolations() {}

  /**
   * Which are counted.
   *
   * @param since from then on
   */
  public record Asked(Optional<TenantId> tenant, OptionalLong account, Instant since) {
    public Asked {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(account, "account is null");
      requireNonNull(since, "since is null");
    }
  }

  /**
   * What was held back on one account.
   *
   * @param detail of the signal, an object in JSON
   */
  public record Violation(
      long id, String code, String reason, long account, String detail, Instant createdAt) {
    public Violation {
      requireNonNull(code, "code is null");
      requireNonNull(reason, "reason is null");
      requireNonNull(detail, "detail is null");
      requireNonNull(createdAt, "createdAt is null");
    }
  }

  /**
   * All of them.
   *
   * @param byCode how many of each reason, the most first
   * @param byDay how many on each day (UTC) that has some
   * @param recent the newest, at most 50
   */
  public record Found(
      long total,
      List<Map.Entry<String, Long>> byCode,
      Map<LocalDate, Long> byDay,
      List<Violation> recent) {
    public Found {
      byCode = List.copyOf(byCode);
      byDay = Map.copyOf(byDay);
      recent = List.copyOf(recent);
    }
  }

  /** Counts and shows them, in the caller's transaction. */
  public static Found find(Transaction transaction, Asked asked) {
    Condition which = where(asked);
    Field<String> code = DSL.coalesce(SIGNAL_EVENT.ERROR_CODE, DSL.inline("RISK_ERROR"));
    Field<LocalDate> day =
        DSL.field("({0} AT TIME ZONE 'UTC')::date", SQLDataType.LOCALDATE, SIGNAL_EVENT.CREATED_AT);
    Field<Long> count = DSL.count().cast(SQLDataType.BIGINT);
    List<Map.Entry<String, Long>> byCode =
        transaction
            .sql()
            .select(code, count)
            .from(SIGNAL_EVENT)
            .where(which)
            .groupBy(code)
            .orderBy(DSL.count().desc(), code)
            .fetch(row -> Map.entry(row.value1(), row.value2()));
    Map<LocalDate, Long> byDay =
        transaction
            .sql()
            .select(day, count)
            .from(SIGNAL_EVENT)
            .where(which)
            .groupBy(day)
            .fetchMap(row -> row.value1(), row -> row.value2());
    List<Violation> recent =
        transaction
            .sql()
            .selectFrom(SIGNAL_EVENT)
            .where(which)
            .orderBy(SIGNAL_EVENT.ID.desc())
            .limit(RECENT)
            .fetch(RiskViolations::violation);
    return new Found(byCode.stream().mapToLong(Map.Entry::getValue).sum(), byCode, byDay, recent);
  }

  private static Condition where(Asked asked) {
    // of a signal as a whole it is told once more, without an account
    Condition which =
        SIGNAL_EVENT
            .EVENT_TYPE
            .eq(REJECTED)
            .and(SIGNAL_EVENT.ACCOUNT_ID.isNotNull())
            .and(SIGNAL_EVENT.CREATED_AT.ge(asked.since()));
    if (asked.tenant().isPresent()) {
      which = which.and(SIGNAL_EVENT.TENANT_ID.eq(asked.tenant().get().value()));
    }
    return asked.account().isPresent()
        ? which.and(SIGNAL_EVENT.ACCOUNT_ID.eq(asked.account().getAsLong()))
        : which;
  }

  private static Violation violation(SignalEventRecord row) {
    return new Violation(
        row.getId(),
        Optional.ofNullable(row.getErrorCode()).orElse("RISK_ERROR"),
        Optional.ofNullable(row.getErrorMessage()).orElse(""),
        row.getAccountId(),
        row.getDetail().data(),
        row.getCreatedAt());
  }
}
