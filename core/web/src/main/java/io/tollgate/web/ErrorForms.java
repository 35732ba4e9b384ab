package io.tollgate.web;

import io.tollgate.ground.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The error forms of our own interfaces. */
public final class ErrorForms {
  private static final int INVALID = 400;

  private ErrorForms() {}

  /** {@code {"error", "code", "details", "request_id"}}: sync, billing and everything else. */
  public static ErrorForm standard() {
    return (refusal, requestId) -> Response.json(status(refusal), fields(refusal, requestId));
  }

  /**
   * The same with {@code detail} and {@code message}, the sentence again, and {@code success},
   * which is false: older admin clients read them.
   */
  public static ErrorForm admin() {
    return (refusal, requestId) -> {
      Map<String, @Nullable Object> fields = fields(refusal, requestId);
      fields.put("detail", refusal.sentence());
      fields.put("success", false);
      fields.put("message", refusal.sentence());
      return Response.json(status(refusal), fields);
    };
  }

  private static int status(Refusal refusal) {
    return refusal.code().httpStatus();
  }

  private static Map<String, @Nullable Object> fields(Refusal refusal, String requestId) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("error", refusal.sentence());
    fields.put("code", refusal.code().name());
    fields.put("details", refusal.details().orElse(null));
    fields.put("request_id", requestId);
    if (refusal.code().httpStatus() == INVALID) {
      fields.put("fields", RefusedFields.of(refusal));
    }
    return fields;
  }
}
