package io.tollgate.billing.internal.grants;

import static java.time.temporal.ChronoUnit.MICROS;

import io.tollgate.billing.GrantOrder;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the body of a grant. Names may be written in snake_case or camelCase. */
final class GrantBody {
  private static final int MAX_KEY = 128;
  private static final Instant NO_LATER = Instant.parse("9999-12-31T00:00:00Z");

  private GrantBody() {}

  static GrantOrder read(JsonNode body, Tenant tenant, InstantSource clock) {
    if (!body.isObject()) {
      throw refusal("the body is no object (expected: {\"user_id\", \"asset\", \"amount\", …})");
    }
    String user = userId(body);
    Asset asset = GrantAssets.read(text(body, "asset", "asset"), tenant.currency());
    return new GrantOrder(
        tenant.id(),
        user,
        amount(body, asset),
        expiresAt(body, clock.instant()),
        priority(body),
        idempotencyKey(body));
  }

  private static String userId(JsonNode body) {
    Optional<JsonNode> node = field(body, "user_id", "userId");
    if (node.isPresent() && node.get().isIntegralNumber()) {
      return node.get().asString();
    }
    return text(body, "user_id", "userId");
  }

  private static Amount amount(JsonNode body, Asset asset) {
    JsonNode node =
        field(body, "amount", "amount")
            .orElseThrow(() -> refusal("amount is missing (expected: a number above 0)"));
    Amount amount;
    if (node.isNumber()) {
      amount = Amount.of(asset, node.decimalValue());
    } else if (node.isString()) {
      amount = Amount.parse(asset, node.stringValue());
    } else {
      throw refusal("amount: " + shorten(node.toString()) + " (expected: a number above 0)");
    }
    if (!amount.isPositive()) {
      throw refusal("amount: " + amount.toPlainString() + " (expected: a number above 0)");
    }
    return amount;
  }

  private static Optional<Instant> expiresAt(JsonNode body, Instant now) {
    return field(body, "expires_at", "expiresAt")
        .map(
            node -> {
              String expected = " (expected: a time in the future, RFC 3339)";
              if (!node.isString()) {
                throw refusal("expires_at: " + shorten(node.toString()) + expected);
              }
              Instant at;
              try {
                at = OffsetDateTime.parse(node.stringValue()).toInstant().truncatedTo(MICROS);
              } catch (DateTimeException e) {
                throw refusal("expires_at: " + shorten(node.stringValue()) + expected);
              }
              if (!at.isAfter(now) || !at.isBefore(NO_LATER)) {
                throw refusal("expires_at: " + shorten(node.stringValue()) + expected);
              }
              return at;
            });
  }

  private static int priority(JsonNode body) {
    return field(body, "priority", "priority")
        .map(
            node -> {
              if (!node.isIntegralNumber() || !node.canConvertToInt()) {
                throw refusal(
                    "priority: " + shorten(node.toString()) + " (expected: a whole number)");
              }
              return node.intValue();
            })
        .orElse(0);
  }

  private static String idempotencyKey(JsonNode body) {
    String key = text(body, "idempotency_key", "idempotencyKey");
    if (key.isEmpty()
        || key.length() > MAX_KEY
        || key.chars().anyMatch(Character::isISOControl)
        || !StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
      throw refusal(
          "idempotency_key: "
              + key.length()
              + " given (expected: 1 to "
              + MAX_KEY
              + " characters, none of them a control character)");
    }
    return key;
  }

  private static String text(JsonNode body, String name, String other) {
    JsonNode node =
        field(body, name, other)
            .orElseThrow(() -> refusal(name + " is missing (expected: a text)"));
    if (!node.isString()) {
      throw refusal(name + ": " + shorten(node.toString()) + " (expected: a text)");
    }
    return node.stringValue();
  }

  private static Optional<JsonNode> field(JsonNode body, String name, String other) {
    return body.optional(name).or(() -> body.optional(other)).filter(node -> !node.isNull());
  }

  private static Refusal refusal(String message) {
    return new Refusal(ErrorCode.INVALID_REQUEST, message);
  }

  private static String shorten(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
