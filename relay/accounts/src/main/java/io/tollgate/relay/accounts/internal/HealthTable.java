package io.tollgate.relay.accounts.internal;

import static io.tollgate.schema.relay.Tables.ACCOUNT_HEALTH;

import io.tollgate.data.Transaction;
import io.tollgate.relay.accounts.HealthReport;
import io.tollgate.relay.accounts.HealthReport.LastFailure;
import io.tollgate.relay.accounts.HealthState;
import io.tollgate.schema.relay.Sequences;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The health of accounts and keys as all processes share it; times are the database's. */
final class HealthTable {
  /** How bad a row is now: 0 healthy, 1 doubtful, 2 cooling, 3 circuit open, 4 banned. */
  private static final String SEVERITY =
      """
      case when h.state = 'banned' then 4
           when h.state = 'circuit_open' then 3
           when h.state = 'cooling' and h.until > now() then 2
           when h.state = 'doubtful' and h.until > now() then 1
           else 0 end
      """;

  private static final Field<Long> REST_MS =
      DSL.field(
          "greatest(0, extract(epoch from until - now()) * 1000)::bigint", SQLDataType.BIGINT);
  private static final Field<Long> AGE_MS =
      DSL.field(
          "greatest(0, extract(epoch from now() - failed_at) * 1000)::bigint", SQLDataType.BIGINT);

  private HealthTable() {}

  /** The worse of an account's and its best key's, 0 to 4, for queries over accounts. */
  static Field<Integer> severityOf(Field<Long> account) {
    return DSL.field(
        "greatest((select coalesce(max("
            + SEVERITY
            + "), 0) from relay.account_health h where h.account_id = {0} and h.key_id = 0),"
            + " (select coalesce(min(coalesce("
            + SEVERITY
            + ", 0)), 0) from relay.provider_key k left join relay.account_health h"
            + " on h.account_id = k.account_id and h.key_id = k.id where k.account_id = {0}))",
        SQLDataType.INTEGER,
        account);
  }

  /** What is known of all accounts, or of some. */
  static List<LearnedHealth> read(Transaction transaction, Optional<Collection<Long>> accounts) {
    return transaction
        .sql()
        .select(ACCOUNT_HEALTH.asterisk(), REST_MS, AGE_MS)
        .from(ACCOUNT_HEALTH)
        .where(
            accounts
                .map(some -> ACCOUNT_HEALTH.ACCOUNT_ID.eq(DSL.any(some.toArray(Long[]::new))))
                .orElse(DSL.noCondition()))
        .fetch(HealthTable::learned);
  }

  /** What administrators are shown, by account and key (0: the account itself). */
  static Map<Long, Map<Long, HealthReport>> reports(
      Transaction transaction, Collection<Long> accounts) {
    return transaction
        .sql()
        .select(ACCOUNT_HEALTH.asterisk(), REST_MS, AGE_MS)
        .from(ACCOUNT_HEALTH)
        .where(ACCOUNT_HEALTH.ACCOUNT_ID.eq(DSL.any(accounts.toArray(Long[]::new))))
        .stream()
        .collect(
            Collectors.groupingBy(
                row -> row.get(ACCOUNT_HEALTH.ACCOUNT_ID),
                Collectors.toMap(row -> row.get(ACCOUNT_HEALTH.KEY_ID), HealthTable::report)));
  }

  /**
   * Writes what was learned here; a ban, and a rest that lasts, are not undone by less.
   *
   * @return the version it was written with; 0 where it was not
   */
  static long write(Transaction transaction, HealthSubject subject, Standing standing, long now) {
    long rest = Math.max(0, standing.until() - now) / 1_000_000;
    boolean endless =
        standing.state() == HealthState.BANNED || standing.state() == HealthState.HEALTHY;
    Standing.@Nullable Failure failure = standing.failure();
    @Nullable Long age = failure == null ? null : Math.max(0, now - failure.at()) / 1_000_000;
    @Nullable Integer status =
        failure == null || failure.status().isEmpty() ? null : failure.status().getAsInt();
    return transaction
        .sql()
        .fetchOptional(
            """
            insert into relay.account_health as h
                   (account_id, key_id, state, until, failure, status, failed_at, version)
            select a.id, ?, ?, now() + cast(? as bigint) * interval '1 millisecond', ?, ?,
                   now() - cast(? as bigint) * interval '1 millisecond',
                   nextval('relay.account_health_version')
              from relay.provider_account a
             where a.id = ?
            on conflict (account_id, key_id) do update
               set state = excluded.state, until = excluded.until, failure = excluded.failure,
                   status = excluded.status, failed_at = excluded.failed_at,
                   version = excluded.version
             where (h.state <> 'banned' or excluded.state = 'banned')
               and not (h.state in ('cooling', 'circuit_open') and h.until > now()
                        and excluded.state = 'doubtful')
            returning version
            """,
            subject.key(),
            standing.state().code(),
            endless ? null : rest,
            failure == null ? null : failure.code(),
            status,
            age,
            subject.account())
        .map(row -> row.get(0, Long.class))
        .orElse(0L);
  }

  /** Ends every rest and ban; when it failed last stays known. */
  static void reset(Transaction transaction, long account, Collection<Long> keys) {
    var sql = transaction.sql();
    Long[] subjects = Stream.concat(Stream.of(0L), keys.stream()).toArray(Long[]::new);
    sql.insertInto(
            ACCOUNT_HEALTH,
            ACCOUNT_HEALTH.ACCOUNT_ID,
            ACCOUNT_HEALTH.KEY_ID,
            ACCOUNT_HEALTH.STATE,
            ACCOUNT_HEALTH.VERSION)
        .select(
            DSL.select(
                    DSL.val(account),
                    DSL.field("key_id", SQLDataType.BIGINT),
                    DSL.val(HealthState.HEALTHY.code()),
                    Sequences.ACCOUNT_HEALTH_VERSION.nextval())
                .from(DSL.table("unnest({0}) as key_id", DSL.val(subjects))))
        .onConflict(ACCOUNT_HEALTH.ACCOUNT_ID, ACCOUNT_HEALTH.KEY_ID)
        .doUpdate()
        .set(ACCOUNT_HEALTH.STATE, HealthState.HEALTHY.code())
        .setNull(ACCOUNT_HEALTH.UNTIL)
        .set(ACCOUNT_HEALTH.VERSION, DSL.excluded(ACCOUNT_HEALTH.VERSION))
        .execute();
  }

  static void forget(Transaction transaction, long account, Collection<Long> keys) {
    transaction
        .sql()
        .deleteFrom(ACCOUNT_HEALTH)
        .where(ACCOUNT_HEALTH.ACCOUNT_ID.eq(account))
        .and(ACCOUNT_HEALTH.KEY_ID.eq(DSL.any(keys.toArray(Long[]::new))))
        .execute();
  }

  private static LearnedHealth learned(Record row) {
    @Nullable Long rest = row.get(REST_MS);
    @Nullable Long age = row.get(AGE_MS);
    return new LearnedHealth(
        new HealthSubject(row.get(ACCOUNT_HEALTH.ACCOUNT_ID), row.get(ACCOUNT_HEALTH.KEY_ID)),
        HealthState.ofCode(row.get(ACCOUNT_HEALTH.STATE)),
        Duration.ofMillis(rest == null ? 0 : rest),
        Optional.ofNullable(row.get(ACCOUNT_HEALTH.FAILURE)),
        status(row),
        Duration.ofMillis(age == null ? 0 : age),
        row.get(ACCOUNT_HEALTH.VERSION));
  }

  private static HealthReport report(Record row) {
    HealthState stored = HealthState.ofCode(row.get(ACCOUNT_HEALTH.STATE));
    @Nullable Long rest = row.get(REST_MS);
    boolean rests = rest != null && rest > 0;
    boolean over = !rests && (stored == HealthState.DOUBTFUL || stored == HealthState.COOLING);
    Optional<LastFailure> failure =
        Optional.ofNullable(row.get(ACCOUNT_HEALTH.FAILURE))
            .flatMap(
                code ->
                    Optional.ofNullable(row.get(ACCOUNT_HEALTH.FAILED_AT))
                        .map(at -> new LastFailure(code, status(row), at)));
    return new HealthReport(
        over ? HealthState.HEALTHY : stored,
        Optional.ofNullable(row.get(ACCOUNT_HEALTH.UNTIL)).filter(_ -> rests),
        failure);
  }

  private static OptionalInt status(Record row) {
    @Nullable Integer status = row.get(ACCOUNT_HEALTH.STATUS);
    return status == null ? OptionalInt.empty() : OptionalInt.of(status);
  }
}
