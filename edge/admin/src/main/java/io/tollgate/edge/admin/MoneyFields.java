package io.tollgate.edge.admin;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import tools.jackson.databind.JsonNode;

/** Reads numbers and switches of plans, subscriptions and codes. */
final class MoneyFields {
  private static final int KEY_MAX = 100;
  private static final int REASON_MAX = 200;

  private MoneyFields() {}

  static long number(JsonFields body, String name, long least, long max) {
    return body.wholeNumber(name, least, max)
        .orElseThrow(() -> JsonFields.missing(name, "a whole number from " + least));
  }

  static boolean flag(JsonFields body, String name) {
    JsonNode given = body.find(name).orElseThrow(() -> JsonFields.missing(name, "true or false"));
    if (!given.isBoolean()) {
      throw GivenText.refused(name, given.toString(), "true or false");
    }
    return given.booleanValue();
  }

  /** The key under which what moves money is done once. */
  static String idempotencyKey(Request request) {
    return request
        .header("Idempotency-Key")
        .filter(key -> !key.isBlank() && key.length() <= KEY_MAX)
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.INVALID_REQUEST,
                    "Idempotency-Key is missing or too long (expected: a header of 1 to "
                        + KEY_MAX
                        + " characters, the same when the request is sent again)"));
  }

  /** Why something is done, which is kept with it. */
  static String reason(JsonFields body) {
    String reason = body.requireText("reason", "1 to 200 characters").strip();
    if (reason.isEmpty() || reason.length() > REASON_MAX || reason.indexOf(0) >= 0) {
      throw GivenText.refused("reason", reason, "1 to 200 characters");
    }
    return reason;
  }

  /** The number in the path; one that is none names nothing that is there. */
  static long id(Request request, String what) {
    String text = request.pathParam("id");
    try {
      return Numerals.wholeNumber(text);
    } catch (NumberFormatException e) {
      throw new Refusal(
          ErrorCode.NOT_FOUND, "there is no " + what + " " + GivenText.shown(text), e);
    }
  }
}
