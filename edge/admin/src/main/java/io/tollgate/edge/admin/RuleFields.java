package io.tollgate.edge.admin;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.relay.rules.RuleFilter;
import io.tollgate.web.Filters;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the rules of tenants for their requests have in common on the wire. */
final class RuleFields {
  private static final String NUMBER = "a whole number from 1";

  private RuleFields() {}

  static RuleFilter filter(Filters filters) {
    return new RuleFilter(filters.tenant(), filters.id("api_key_id", ApiKeyId::new));
  }

  static TenantId tenant(JsonFields body) {
    return body.wholeNumber("tenant_id", 1, Long.MAX_VALUE)
        .map(TenantId::new)
        .orElseThrow(() -> JsonFields.missing("tenant_id", NUMBER));
  }

  static Optional<ApiKeyId> key(JsonFields body) {
    return body.wholeNumber("api_key_id", 1, Long.MAX_VALUE).map(ApiKeyId::new);
  }

  static boolean enabled(JsonFields body) {
    return flag(body, "enabled").orElse(true);
  }

  static Optional<Boolean> flag(JsonFields body, String name) {
    Optional<JsonNode> given = body.find(name);
    if (given.isPresent() && !given.get().isBoolean()) {
      throw Filters.refusal(name, given.get().toString(), "true or false");
    }
    return given.map(JsonNode::booleanValue);
  }

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
