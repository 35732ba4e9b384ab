package io.tollgate.rewards.internal;

import io.tollgate.data.ListRequest;
import io.tollgate.ground.GivenText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;

/**
 * Lists by time and number, the newest first.
 *
 * @param time when a row was written
 * @param id of a row
 */
public record TimedList(Field<Instant> time, Field<Long> id) {
  /** The part of the rows that is asked for. */
  public <R extends Record> ResultQuery<R> part(SelectConditionStep<R> rows, ListRequest page) {
    SelectConditionStep<R> from =
        page.cursor().isPresent() ? rows.and(behind(page.cursor().get())) : rows;
    return from.orderBy(time.desc(), id.desc()).offset(page.offset()).limit(page.limit());
  }

  /** Between two times. */
  public Condition between(Optional<Instant> from, Optional<Instant> until) {
    return from.map(time::ge)
        .orElseGet(DSL::noCondition)
        .and(until.map(time::lt).orElseGet(DSL::noCondition));
  }

  /** Where a field has a value, if one is asked for. */
  public static <T> Condition is(Field<T> field, Optional<T> value) {
    return value.<Condition>map(field::eq).orElseGet(DSL::noCondition);
  }

  /** Names the place of a row. */
  public static String cursor(Instant at, long id) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "-" + id;
  }

  private Condition behind(String cursor) {
    int dash = cursor.indexOf('-', 1);
    try {
      Instant at = Instant.EPOCH.plus(Long.parseLong(cursor.substring(0, dash)), ChronoUnit.MICROS);
      long number = Long.parseLong(cursor.substring(dash + 1));
      return DSL.row(time, id).lt(at, number);
    } catch (IndexOutOfBoundsException | NumberFormatException | ArithmeticException e) {
      throw GivenText.refused("cursor", cursor, "next_cursor of the page before");
    }
  }
}
