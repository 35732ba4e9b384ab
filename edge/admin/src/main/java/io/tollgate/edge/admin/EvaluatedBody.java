package io.tollgate.edge.admin;

import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.analytics.ClosedTrade;
import io.tollgate.trading.engine.analytics.EquityPoint;
import io.tollgate.web.JsonFields;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The course and the trades that a body tells of; one of them may be missing. */
record EvaluatedBody(List<EquityPoint> points, List<ClosedTrade> trades) {
  private static final int MOST = 10_000;
  private static final int DECIMALS = 18;
  private static final int DIGITS = 40;
  private static final BigDecimal LARGEST = new BigDecimal("1000000000000000");
  private static final String AMOUNT =
      "a number from -" + LARGEST + " to " + LARGEST + ", at most " + DECIMALS + " decimals";
  private static final String DATE = "a day such as 2026-01-31";
  private static final String TIME = "a time such as 2026-01-31T12:00:00Z";
  private static final int DATE_LENGTH = 10;

  EvaluatedBody {
    points = List.copyOf(points);
    trades = List.copyOf(trades);
  }

  static EvaluatedBody of(JsonFields body) {
    List<EquityPoint> points = each(body, "points", EvaluatedBody::point);
    for (int i = 1; i < points.size(); i++) {
      LocalDate before = points.get(i - 1).date();
      LocalDate date = points.get(i).date();
      if (!date.isAfter(before)) {
        throw GivenText.refused("points[" + i + "].date", date.toString(), "a day after " + before);
      }
    }
    List<ClosedTrade> trades = each(body, "trades", EvaluatedBody::trade);
    if (!body.names("points") && !body.names("trades")) {
      throw JsonFields.missing("points", "points or trades");
    }
    return new EvaluatedBody(points, trades);
  }

  private static EquityPoint point(JsonFields given) {
    return new EquityPoint(
        date(given.requireText("date", DATE)),
        amount(given, "equity").orElseThrow(() -> JsonFields.missing("equity", AMOUNT)),
        amount(given, "flow").orElse(BigDecimal.ZERO));
  }

  private static ClosedTrade trade(JsonFields given) {
    BigDecimal pnl = amount(given, "pnl").orElseThrow(() -> JsonFields.missing("pnl", AMOUNT));
    Optional<Instant> opened = given.time("opened_at", TIME);
    Optional<Instant> closed = given.time("closed_at", TIME);
    if (opened.isPresent() && closed.filter(opened.get()::isAfter).isPresent()) {
      throw GivenText.refused(
          "closed_at", closed.get().toString(), "not before opened_at, " + opened.get());
    }
    return new ClosedTrade(pnl, opened, closed);
  }

  private static LocalDate date(String given) {
    try {
      if (given.length() == DATE_LENGTH) {
        return LocalDate.parse(given);
      }
    } catch (DateTimeException e) {
      throw GivenText.refused("date", given, DATE);
    }
    throw GivenText.refused("date", given, DATE);
  }

  private static Optional<BigDecimal> amount(JsonFields given, String name) {
    return given
        .decimal(name, AMOUNT)
        .map(
            number -> {
              // what is huge either way is not computed with
              boolean fits =
                  number.precision() <= DIGITS
                      && Math.abs((long) number.scale()) <= DIGITS
                      && number.abs().compareTo(LARGEST) <= 0
                      && number.stripTrailingZeros().scale() <= DECIMALS;
              if (!fits) {
                throw GivenText.refused(name, number.toString(), AMOUNT);
              }
              return number;
            });
  }

  /** Each element of a list; what is wrong in one is said with its place. */
  private static <T> List<T> each(JsonFields body, String name, Function<JsonFields, T> read) {
    List<T> all = new ArrayList<>();
    for (JsonNode node :
        JsonLists.elements(body, name, MOST, "a list of at most " + MOST).orElse(List.of())) {
      String place = name + "[" + all.size() + "]";
      if (!node.isObject()) {
        throw GivenText.refused(place, node.toString(), "an object");
      }
      try {
        all.add(read.apply(JsonFields.of(node)));
      } catch (Refusal e) {
        throw new Refusal(e.code(), place + "." + e.sentence())
            .ofField(place + e.field().map(field -> "." + field).orElse(""));
      }
    }
    return all;
  }
}
