package io.tollgate.edge.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.web.Filters;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RowColumns;
import io.tollgate.web.StreamedBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** In which form and order a list is answered: {@code format} and {@code sort}. */
final class ListForm {
  private ListForm() {}

  /**
   * A list that is answered whole.
   *
   * @param name of the file, where it is asked for as one
   */
  static <R extends Record> Response whole(
      Request request, String name, Class<R> row, List<R> rows) {
    Filters given = new Filters(request);
    RowColumns columns = RowColumns.of(row);
    List<Object> shown = new ArrayList<>(rows);
    order(given, columns, false).ifPresent(shown::sort);
    return isCsv(given) ? file(name, out -> write(out, columns, shown)) : AnswerEnvelope.of(shown);
  }

  /**
   * The order that is asked for.
   *
   * @param endless whether the list has one order only
   */
  static Optional<Comparator<Object>> order(Filters given, RowColumns columns, boolean endless) {
    Optional<String> sort = given.text("sort");
    if (sort.isEmpty()) {
      return Optional.empty();
    }
    if (endless) {
      throw Filters.refusal("sort", sort.get(), "none: this list has the order of time");
    }
    given
        .text("cursor")
        .ifPresent(
            cursor -> {
              throw Filters.refusal("cursor", cursor, "none beside sort; go on by page");
            });
    return Optional.of(columns.order(sort.get()));
  }

  /** Whether a file is asked for. */
  static boolean isCsv(Filters given) {
    return given
        .choice("format", List.of("json", "csv"), format -> format)
        .filter(format -> format.equals("csv"))
        .isPresent();
  }

  /** A page of rows that are at hand. */
  static Response page(List<Object> rows, ListPart part) {
    long from = Math.min(part.offset(), rows.size());
    long to = Math.min(from + part.size(), rows.size());
    return AnswerEnvelope.list(
        rows.subList((int) from, (int) to),
        part.page(),
        part.size(),
        Optional.empty(),
        OptionalLong.of(rows.size()));
  }

  /**
   * A file.
   *
   * @param path its last part names it
   */
  static Response file(String path, StreamedBody body) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return Response.streamed("text/csv; charset=utf-8", body)
        .withHeader("Content-Disposition", "attachment; filename=\"" + name + ".csv\"")
        .withHeader("Cache-Control", "no-store");
  }

  static void write(OutputStream out, RowColumns columns, List<Object> rows) throws IOException {
    begin(out, columns);
    for (Object row : rows) {
      out.write(columns.line(row).getBytes(UTF_8));
    }
  }

  static void begin(OutputStream out, RowColumns columns) throws IOException {
    out.write(columns.head().getBytes(UTF_8));
  }
}
