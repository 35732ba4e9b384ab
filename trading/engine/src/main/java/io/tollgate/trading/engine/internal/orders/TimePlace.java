package io.tollgate.trading.engine.internal.orders;

import io.tollgate.data.ListRequest;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** A row's place in a list that is in the order of a time, and then of ids. */
record TimePlace(Instant at, String id) {
  private static final Pattern FORM = Pattern.compile("(-?\\d{1,18})_([A-Z]+-[0-9A-F]{16})");
  private static final long MICROS = 1_000_000;

  String text() {
    return at.getEpochSecond() * MICROS + at.getNano() / 1000 + "_" + id;
  }

  /** What comes after the cursor of a list whose newest comes first. */
  static Condition before(ListRequest request, Field<Instant> time, Field<String> id) {
    return request
        .cursor()
        .map(TimePlace::of)
        .map(place -> (Condition) DSL.row(time, id).lt(place.at(), place.id()))
        .orElseGet(DSL::noCondition);
  }

  private static TimePlace of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw wrong();
    }
    long micros = Long.parseLong(form.group(1));
    try {
      return new TimePlace(
          Instant.ofEpochSecond(
              Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000L),
          form.group(2));
    } catch (DateTimeException e) {
      throw wrong();
    }
  }

  private static Refusal wrong() {
    return new Refusal(
        ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)");
  }
}
