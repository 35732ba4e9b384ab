package io.tollgate.edge.admin;

import io.tollgate.web.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Wraps answers: {@code {"success":true,"data":…}}. */
final class AnswerEnvelope {
  private AnswerEnvelope() {}

  static Response of(Object data) {
    return Response.json(200, new Single(true, data));
  }

  /**
   * A page of a list.
   *
   * @param next cursor of what follows; empty at the end
   * @param total exact count under the same filters, left out where it was not counted
   */
  static Response list(
      List<?> rows, int page, int pageSize, Optional<String> next, OptionalLong total) {
    return list(rows, page, pageSize, next, total, Optional.empty());
  }

  /**
   * The same, with sums beside the rows.
   *
   * @param stats shown as {@code stats}; left out where it is empty
   */
  static Response list(
      List<?> rows,
      int page,
      int pageSize,
      Optional<String> next,
      OptionalLong total,
      Optional<Object> stats) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("success", true);
    answer.put("data", rows);
    total.ifPresent(count -> answer.put("total", count));
    answer.put("page", page);
    answer.put("page_size", pageSize);
    answer.put("next_cursor", next.orElse(null));
    stats.ifPresent(sums -> answer.put("stats", sums));
    return Response.json(200, answer);
  }

  private record Single(boolean success, Object data) {}
}
