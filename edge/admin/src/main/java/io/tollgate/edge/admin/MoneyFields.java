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
