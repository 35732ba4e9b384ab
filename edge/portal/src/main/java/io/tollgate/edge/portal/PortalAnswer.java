package io.tollgate.edge.portal;

import io.tollgate.web.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Wraps answers: {@code {"success":true,"data":…}}; nothing of them is kept on the way. */
final class PortalAnswer {
  private PortalAnswer() {}

  static Response of(Object data) {
    return Response.json(200, new Single(true, data)).withHeader("Cache-Control", "no-store");
  }

  /** That something was done, in a word. */
  static Response done(String message) {
    return of(Map.of("message", message));
  }

  static Response list(List<?> rows, int page, int pageSize, OptionalLong total) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("success", true);
    answer.put("data", rows);
    total.ifPresent(count -> answer.put("total", count));
    answer.put("page", page);
    answer.put("page_size", pageSize);
    return Response.json(200, answer).withHeader("Cache-Control", "no-store");
  }

  /** A page of a list that goes on by cursor. */
  static Response list(
      List<?> rows, int page, int pageSize, Optional<String> next, OptionalLong total) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("success", true);
    answer.put("data", rows);
    total.ifPresent(count -> answer.put("total", count));
    answer.put("page", page);
    answer.put("page_size", pageSize);
    answer.put("next_cursor", next.orElse(null));
    return Response.json(200, answer).withHeader("Cache-Control", "no-store");
  }

  private record Single(boolean success, Object data) {}
}
