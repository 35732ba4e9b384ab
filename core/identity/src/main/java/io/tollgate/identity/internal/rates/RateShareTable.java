package io.tollgate.identity.internal.rates;

import static io.tollgate.schema.identity.Tables.RATE_MEMBER;
import static io.tollgate.schema.identity.Tables.RATE_SHARE;

import io.tollgate.data.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The tables in which gateways share limits. One of them writes at a time. */
final class RateShareTable {
  /** A number of our own among advisory locks. */
  private static final long LOCK = 0x7261746573L;

  private static final String REPORT =
      """
      INSERT INTO identity.rate_share (key_id, kind, member_id, share, wanted)
      SELECT r.key_id, r.kind, {0}, r.share, r.wanted
        FROM unnest({1}::bigint[], {2}::text[], {3}::bigint[], {4}::bigint[])
               AS r (key_id, kind, share, wanted)
      ON CONFLICT (key_id, kind, member_id)
      DO UPDATE SET share = excluded.share, wanted = excluded.wanted
      WHERE (rate_share.share, rate_share.wanted) <> (excluded.share, excluded.wanted)
      """;

  private RateShareTable() {}

  /** What somebody may use and could use of a limit. */
  record Part(UUID member, long share, long wanted) {}

  /** Waits for its turn; nobody else reads or writes until the transaction ends. */
  static void lock(Transaction transaction) {
    var _ =
        transaction
            .sql()
            .fetch(
                "SELECT pg_advisory_xact_lock(CASE WHEN set_config('lock_timeout', '2s', true)"
                    + " IS NOT NULL THEN "
                    + LOCK
                    + " END)");
  }

  /**
   * Says that it is there and alone; whether others are there, of whom some may be gone, or nothing
   * where nobody counts with this process.
   */
  static Optional<Boolean> seenAlone(
      Transaction transaction, UUID member, UUID epoch, Duration gone) {
    return transaction
        .sql()
        .update(RATE_MEMBER)
        .set(RATE_MEMBER.SEEN_AT, now())
        .set(RATE_MEMBER.SHARING, false)
        .where(RATE_MEMBER.ID.eq(member))
        .and(RATE_MEMBER.EPOCH.eq(epoch))
        .and(RATE_MEMBER.SEEN_AT.ge(before(gone)))
        .returningResult(
            DSL.field(
                "EXISTS (SELECT 1 FROM identity.rate_member o WHERE o.id <> {0})",
                SQLDataType.BOOLEAN, DSL.val(member)))
        .fetchOptional(0, Boolean.class);
  }

  /** Says that it is there; false where nobody counts with this process. */
  static boolean seen(Transaction transaction, UUID member, UUID epoch, boolean sharing) {
    return transaction
            .sql()
            .update(RATE_MEMBER)
            .set(RATE_MEMBER.SEEN_AT, now())
            .set(RATE_MEMBER.SHARING, sharing)
            .where(RATE_MEMBER.ID.eq(member))
            .and(RATE_MEMBER.EPOCH.eq(epoch))
            .execute()
        == 1;
  }

  /** Joins in the place of whoever had the same id before; what they were handed out is free. */
  static void join(Transaction transaction, UUID member, UUID epoch, boolean sharing) {
    leave(transaction, member);
    int _ =
        transaction
            .sql()
            .insertInto(RATE_MEMBER)
            .set(RATE_MEMBER.ID, member)
            .set(RATE_MEMBER.EPOCH, epoch)
            .set(RATE_MEMBER.SEEN_AT, now())
            .set(RATE_MEMBER.SHARING, sharing)
            .execute();
  }

  /** Forgets it, and what it was handed out. */
  static void leave(Transaction transaction, UUID member) {
    int _ = transaction.sql().deleteFrom(RATE_MEMBER).where(RATE_MEMBER.ID.eq(member)).execute();
  }

  /** It is gone, but is counted with for as long as what it used is in the windows. */
  static void retire(Transaction transaction, UUID member, Duration gone, Duration left) {
    int _ =
        transaction
            .sql()
            .update(RATE_MEMBER)
            .set(RATE_MEMBER.SEEN_AT, before(gone.minus(left)))
            .set(RATE_MEMBER.SHARING, true)
            .where(RATE_MEMBER.ID.eq(member))
            .execute();
  }

  /** Forgets those who have not been seen for so long. */
  static void forgetGone(Transaction transaction, Duration gone) {
    int _ =
        transaction
            .sql()
            .deleteFrom(RATE_MEMBER)
            .where(RATE_MEMBER.SEEN_AT.lt(before(gone)))
            .execute();
  }

  /** Who else is there, and whether they share. */
  static List<Boolean> others(Transaction transaction, UUID member) {
    return transaction
        .sql()
        .select(RATE_MEMBER.SHARING)
        .from(RATE_MEMBER)
        .where(RATE_MEMBER.ID.ne(member))
        .fetch(RATE_MEMBER.SHARING);
  }

  /** Gives back everything that it was handed out. */
  static void giveBackAll(Transaction transaction, UUID member) {
    int _ =
        transaction.sql().deleteFrom(RATE_SHARE).where(RATE_SHARE.MEMBER_ID.eq(member)).execute();
  }

  /** Writes down what it uses and wants. */
  static void report(Transaction transaction, UUID member, List<RateReport> reports) {
    if (reports.isEmpty()) {
      return;
    }
    int _ =
        transaction
            .sql()
            .execute(
                REPORT,
                DSL.val(member),
                DSL.val(reports.stream().map(r -> r.id().subject()).toArray(Long[]::new)),
                DSL.val(reports.stream().map(r -> r.id().kind().code()).toArray(String[]::new)),
                DSL.val(reports.stream().map(RateReport::share).toArray(Long[]::new)),
                DSL.val(reports.stream().map(RateReport::wanted).toArray(Long[]::new)));
    int _ =
        transaction
            .sql()
            .deleteFrom(RATE_SHARE)
            .where(RATE_SHARE.MEMBER_ID.eq(member))
            .and(RATE_SHARE.SHARE.eq(0L))
            .and(RATE_SHARE.WANTED.eq(0L))
            .execute();
  }

  /** What everybody may use and wants of the limits of these keys. */
  static Map<RateId, List<Part>> parts(Transaction transaction, List<RateReport> reports) {
    Map<String, RateKind> kinds = new HashMap<>();
    for (RateKind kind : RateKind.values()) {
      kinds.put(kind.code(), kind);
    }
    Map<RateId, List<Part>> parts = new HashMap<>();
    Long[] keys = reports.stream().map(r -> r.id().subject()).distinct().toArray(Long[]::new);
    transaction
        .sql()
        .selectFrom(RATE_SHARE)
        .where(RATE_SHARE.KEY_ID.eq(DSL.any(keys)))
        .forEach(
            row -> {
              RateKind kind = kinds.get(row.getKind());
              if (kind != null) {
                parts
                    .computeIfAbsent(new RateId(row.getKeyId(), kind), id -> new ArrayList<>())
                    .add(new Part(row.getMemberId(), row.getShare(), row.getWanted()));
              }
            });
    return parts;
  }

  private static Field<Instant> now() {
    return DSL.field("clock_timestamp()", SQLDataType.INSTANT);
  }

  private static Field<Instant> before(Duration span) {
    return DSL.field(
        "clock_timestamp() - {0} * interval '1 millisecond'",
        SQLDataType.INSTANT, DSL.val(span.toMillis()));
  }
}
