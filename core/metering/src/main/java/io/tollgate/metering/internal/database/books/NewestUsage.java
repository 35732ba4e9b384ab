package io.tollgate.metering.internal.database.books;

import static io.tollgate.schema.metering.Tables.USAGE_RECORD;
import static org.jooq.impl.DSL.row;

import io.tollgate.data.Transaction;
import io.tollgate.metering.UsageFilter;
import io.tollgate.metering.UsageQueries.Position;
import io.tollgate.metering.UsageRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/**
 * The newest settled requests. Those of a user are found by an index. Others have none by time, as
 * it would cost every charge more than these lists are worth: stretches of time are asked for, each
 * longer than the one before, and what few pages of the table a stretch is on, PostgreSQL knows.
 */
final class NewestUsage {
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final int GROWTH = 8;

  /** The last of them is four years. */
  private static final int STRETCHES = 8;

  private NewestUsage() {}

  /**
   * In the order of the list.
   *
   * @param condition what the filter says, and maybe more
   * @param limit 1 to 10,000
   */
  static List<UsageRecord> find(
      Transaction transaction,
      UsageFilter filter,
      Condition condition,
      int limit,
      Optional<Position> after) {
    if (limit < 1 || limit > 10_000) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to 10000)");
    }
    if (filter.user().isPresent() || filter.charge().isPresent()) {
      return rows(transaction, condition, limit, after);
    }
    Instant end = after.map(Position::openedAt).or(filter::end).orElseGet(Instant::now);
    List<UsageRecord> found = new ArrayList<>();
    Duration length = FIRST;
    Condition newer = DSL.noCondition();
    for (int i = 0; i < STRETCHES; i++) {
      Instant start = end.minus(length);
      Condition stretch = newer.and(USAGE_RECORD.OPENED_AT.ge(start));
      found.addAll(rows(transaction, condition.and(stretch), limit - found.size(), after));
      if (found.size() == limit || filter.start().filter(start::isBefore).isPresent()) {
        return found;
      }
      newer = USAGE_RECORD.OPENED_AT.lt(start);
      length = length.multipliedBy(GROWTH);
    }
    found.addAll(rows(transaction, condition.and(newer), limit - found.size(), after));
    return found;
  }

  /** Those that an index finds. */
  static List<UsageRecord> rows(
      Transaction transaction, Condition condition, int limit, Optional<Position> after) {
    return transaction
        .sql()
        .selectFrom(USAGE_RECORD)
        .where(condition)
        .and(
            after
                .<Condition>map(
                    place ->
                        row(USAGE_RECORD.OPENED_AT, USAGE_RECORD.CHARGE_ID)
                            .lessThan(place.openedAt(), place.charge().value()))
                .orElse(DSL.noCondition()))
        .orderBy(USAGE_RECORD.OPENED_AT.desc(), USAGE_RECORD.CHARGE_ID.desc())
        .limit(limit)
        .fetch(StoredUsage::settledRow);
  }
}
