package io.tollgate.billing.internal.grants;

import io.tollgate.billing.GrantOrder;
import io.tollgate.billing.ServiceTerms;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.GivenText;
import io.tollgate.identity.Tenant;
import io.tollgate.web.JsonFields;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the body of a grant. Names may be written in snake_case or camelCase. */
final class GrantBody {
  private static final int MAX_KEY = 128;
  private static final String AMOUNT = "a number above 0";
  private static final String EXPIRY = "a time in the future, RFC 3339";
  private static final String KEY =
      "1 to " + MAX_KEY + " characters, none of them a control character";
  private static final Instant NO_LATER = Instant.parse("9999-12-31T00:00:00Z");

  private GrantBody() {}

  static GrantOrder read(
      JsonFields body, Tenant tenant, List<ServiceTerms> services, InstantSource clock) {
    String user = userId(body);
    Asset asset =
        GrantAssets.read(body.requireText("asset", "a text"), tenant.currency(), services);
    return new GrantOrder(
        tenant.id(),
        user,
        amount(body, asset),
        expiresAt(body, clock.instant()),
        priority(body),
        idempotencyKey(body));
  }

  private static String userId(JsonFields body) {
    Optional<JsonNode> number = body.find("user_id").filter(JsonNode::isIntegralNumber);
    return number.isPresent()
        ? number.get().asString()
        : body.requireText("user_id", "a text or a number");
  }

  private static Amount amount(JsonFields body, Asset asset) {
    Amount amount = Amount.of(asset, body.requireDecimal("amount", AMOUNT));
    if (!amount.isPositive()) {
      throw GivenText.refused("amount", amount.toPlainString(), AMOUNT);
    }
    return amount;
  }

  private static Optional<Instant> expiresAt(JsonFields body, Instant now) {
    Optional<Instant> at = body.time("expires_at", EXPIRY);
    at.filter(end -> !end.isAfter(now) || !end.isBefore(NO_LATER))
        .ifPresent(
            end -> {
              throw GivenText.refused("expires_at", end.toString(), EXPIRY);
            });
    return at;
  }

  private static int priority(JsonFields body) {
    return Math.toIntExact(
        body.wholeNumber("priority", Integer.MIN_VALUE, Integer.MAX_VALUE).orElse(0L));
  }

  private static String idempotencyKey(JsonFields body) {
    String key = body.requireText("idempotency_key", KEY);
    if (key.isEmpty() || key.length() > MAX_KEY || key.chars().anyMatch(Character::isISOControl)) {
      throw GivenText.refused("idempotency_key", key, KEY);
    }
    return key;
  }
}
