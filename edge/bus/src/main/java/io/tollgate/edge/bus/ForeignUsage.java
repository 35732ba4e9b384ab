package io.tollgate.edge.bus;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ServiceCharges;
import io.tollgate.billing.ServiceDeduct;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.web.Json;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Charges what foreign gateways say was used: once under the record's id, at the cost that it
 * names, as one call of a service that is configured for that. What names an incarnation is a
 * gateway's of ours, which has charged it.
 */
final class ForeignUsage {
  private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,100}");
  private static final long FIRST_TENANT = 1;
  private static final int MAX_BYTES = 65_536;

  private final ServiceCharges charges;
  private final String service;

  ForeignUsage(ServiceCharges charges, String service) {
    this.charges = requireNonNull(charges, "charges is null");
    this.service = requireNonNull(service, "service is null");
  }

  /** What became of a message. */
  enum Outcome {
    CHARGED,
    OURS
  }

  /**
   * Charges it; the same again changes nothing.
   *
   * @throws Refusal {@code UNAVAILABLE} when it has to be tried again; any other when nothing will
   *     ever come of it
   */
  Outcome take(byte[] message) {
    if (message.length > MAX_BYTES) {
      throw bad("message: " + message.length + " bytes (expected: at most " + MAX_BYTES + ")");
    }
    JsonNode usage = Json.read(message);
    if (!usage.isObject()) {
      throw bad("message: not an object (expected: a usage record)");
    }
    if (usage.has("incarnation")) {
      return Outcome.OURS;
    }
    String id = text(usage, "id");
    if (!ID.matcher(id).matches()) {
      throw bad("id: not one (expected: 1 to 100 visible characters of ASCII)");
    }
    JsonNode cost = field(usage, "cost");
    if (!cost.isNumber()) {
      throw bad("cost: missing or no number (expected: money in the tenant's currency)");
    }
    JsonNode tenant = field(usage, "tenant_id");
    if (!tenant.isMissingNode() && (!tenant.isIntegralNumber() || tenant.longValue(0) <= 0)) {
      throw bad("tenant_id: not one (expected: a positive number)");
    }
    BigDecimal money = cost.decimalValue();
    if (money.signum() == 0) {
      return Outcome.CHARGED;
    }
    var unused =
        charges.deduct(
            new ServiceDeduct(
                new TenantId(tenant.longValue(FIRST_TENANT)),
                text(usage, "user_id"),
                service,
                1,
                Optional.of(money),
                Optional.of("usage:" + id)));
    return Outcome.CHARGED;
  }

  /** At the top or under {@code data}. */
  private static JsonNode field(JsonNode usage, String name) {
    return usage.has(name) ? usage.path(name) : usage.path("data").path(name);
  }

  private static String text(JsonNode usage, String name) {
    JsonNode value = field(usage, name);
    if (!value.isString()) {
      throw bad(name + ": missing or no text (expected: a text)");
    }
    return value.stringValue();
  }

  private static Refusal bad(String sentence) {
    return new Refusal(ErrorCode.INVALID_REQUEST, sentence);
  }
}
