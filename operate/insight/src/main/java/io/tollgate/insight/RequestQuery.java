package io.tollgate.insight;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ChargeId;
import io.tollgate.web.CursorText;
import io.tollgate.web.Filters;
import io.tollgate.web.Page;
import io.tollgate.web.Request;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** What is asked of the list of requests by the query of a URL: the same for all who may ask. */
public final class RequestQuery {
  private static final int REACH_MAX = 10_000;
  private static final int HIGHEST_STATUS = 599;

  private final Request request;
  private final Filters given;

  public RequestQuery(Request request) {
    this.request = requireNonNull(request, "request is null");
    this.given = new Filters(request);
  }

  /**
   * A page of the list.
   *
   * @param next cursor of what follows; empty at the end
   * @param total how many there are, where that was asked for
   */
  public record Found(
      List<ListedRequest> rows, int page, int size, Optional<String> next, OptionalLong total) {
    public Found {
      rows = List.copyOf(rows);
      requireNonNull(next, "next is null");
      requireNonNull(total, "total is null");
    }
  }

  /**
   * Which requests.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} where a filter is none
   */
  public LogFilter filter() {
    OptionalLong status = given.number("status", HIGHEST_STATUS);
    return new LogFilter(
        given.text("request_id").map(id -> ChargeId.parse(id).value()),
        given.text("client_request_id"),
        given.text("trace_id"),
        given.number("tenant_id"),
        given.number("user_id"),
        given.number("key"),
        given.number("account"),
        given.text("model"),
        status.isPresent()
            ? OptionalInt.of(Math.toIntExact(status.getAsLong()))
            : OptionalInt.empty(),
        given.text("error_code"),
        given.choice("settled", List.of(BookState.values()), RequestQuery::word),
        given.time("start"),
        given.time("end"));
  }

  /** Which of the log alone, which does not know where a request stands in the books. */
  public LogFilter filterOfLog() {
    LogFilter filter = filter();
    if (filter.booked().isPresent()) {
      throw Filters.refusal("settled", word(filter.booked().get()), "none here");
    }
    return filter;
  }

  /** By what statistics are grouped. */
  public LogGrouping grouping(List<LogGrouping> allowed) {
    return given.choice("group_by", allowed, RequestQuery::word).orElse(LogGrouping.NONE);
  }

  /** How an export is written. */
  public LogFormat format() {
    return given
        .choice("format", List.of(LogFormat.values()), RequestQuery::word)
        .orElse(LogFormat.CSV);
  }

  /**
   * The page that is asked for.
   *
   * @param rowsMax of a page
   */
  public Found page(RequestList requests, LogFilter filter, int rowsMax) {
    Page page = Page.from(request, rowsMax);
    Optional<LogPosition> after = given.text("cursor").map(RequestQuery::position);
    long before = after.isPresent() ? 0 : (page.number() - 1L) * page.size();
    if (before + page.size() > REACH_MAX) {
      throw Filters.refusal(
          "page",
          Integer.toString(page.number()),
          "within the first " + REACH_MAX + " rows; go on by cursor");
    }
    boolean count = given.flag("count");
    int from = (int) before;
    int to = from + page.size();
    List<ListedRequest> found = requests.find(filter, Math.min(to + 1, REACH_MAX), after);
    List<ListedRequest> rows =
        found.subList(Math.min(from, found.size()), Math.min(to, found.size()));
    // the row that would tell whether more follow may be out of reach: who goes on finds out
    boolean more = found.size() > to || (to == REACH_MAX && found.size() == to);
    return new Found(
        rows,
        page.number(),
        page.size(),
        more ? Optional.of(cursor(rows.getLast().position())) : Optional.empty(),
        count ? OptionalLong.of(requests.count(filter)) : OptionalLong.empty());
  }

  /** A choice as it is written in a query. */
  public static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  private static String cursor(LogPosition position) {
    return CursorText.write(position.arrivedAt(), position.request());
  }

  private static LogPosition position(String cursor) {
    try {
      List<String> parts = CursorText.read(cursor, 2);
      return new LogPosition(Instant.parse(parts.get(0)), UUID.fromString(parts.get(1)));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw Filters.refusal("cursor", cursor, "next_cursor of the page before");
    }
  }
}
