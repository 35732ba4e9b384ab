package io.tollgate.edge.bus;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.insight.LoggedRow;
import io.tollgate.relay.gateway.LoggedAttempt;
import io.tollgate.relay.gateway.LoggedRequest;
import io.tollgate.relay.gateway.LoggedRequest.Payer;
import io.tollgate.web.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Reads entries of the request log as they come over the bus: its fields are named as in lists of
 * requests, and stand at the top or below {@code data}. What it does not know it passes over; what
 * it knows has to be right. Times are cut to microseconds, as the log keeps them. What names no
 * {@code incarnation} is of others than our gateways.
 */
final class LogEntryReader {
  /** Texts of 256 characters in a hundred calls, which stand there twice. */
  static final int MAX_BYTES = 262_144;

  static final int CALLS_MAX = 100;
  static final int TEXT_MAX = 256;

  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Duration AHEAD = Duration.ofDays(1);
  private static final long MS_MAX = 1_000_000_000_000L;
  private static final int REQUESTS_MAX = 1_000_000;
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private LogEntryReader() {}

  /** Finds whose key a request came with. */
  @FunctionalInterface
  interface Payers {
    /**
     * The payer of those names.
     *
     * @throws Refusal when there is none, or it cannot be told now ({@code UNAVAILABLE})
     */
    Payer find(TenantId tenant, String user, ApiKeyId key);
  }

  /**
   * Reads one.
   *
   * @throws Refusal {@code UNAVAILABLE} when it has to be tried again; any other when it is no
   *     entry
   */
  static LoggedRow read(byte[] message, Payers payers, Instant now) {
    if (message.length > MAX_BYTES) {
      throw bad("message: " + message.length + " bytes (expected: at most " + MAX_BYTES + ")");
    }
    JsonNode whole = Json.read(message);
    if (!whole.isObject()) {
      throw bad("message: not an object (expected: an entry of the request log)");
    }
    try {
      return read(new Fields(whole), payers, now);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, "entry: " + e.getMessage(), e);
    }
  }

  private static LoggedRow read(Fields in, Payers payers, Instant now) {
    ChargeId id = new ChargeId(id(in));
    Instant arrived = time(in, now);
    String route = in.text("route").orElse("");
    int status = (int) in.number("status", 100, 599).orElseThrow(() -> missing("status"));
    Optional<Payer> payer = payer(in, payers);
    Optional<LoggedRequest.Cost> cost = cost(in);
    if (cost.isPresent() && payer.isEmpty()) {
      throw bad("cost: of nobody (expected: tenant_id, user_id and api_key_id with it)");
    }
    return new LoggedRow(
        new LoggedRequest(
            id,
            arrived,
            route,
            payer,
            in.text("platform"),
            in.text("model"),
            in.text("upstream_model"),
            in.flag("stream"),
            status,
            in.text("error_code"),
            calls(in),
            usage(in),
            cost,
            in.text("client_request_id"),
            in.text("trace_id"),
            in.number("latency_ms", 0, MS_MAX).orElse(0),
            in.number("first_token_ms", 0, MS_MAX)),
        (int) in.number("requests", 1, REQUESTS_MAX).orElse(1),
        in.text("incarnation").isEmpty());
  }

  private static java.util.UUID id(Fields in) {
    String text =
        in.text("request_id").or(() -> in.text("id")).orElseThrow(() -> missing("request_id"));
    if (!UUID.matcher(text).matches()) {
      throw GivenText.refused("request_id", text, "a UUID");
    }
    return java.util.UUID.fromString(text);
  }

  private static Instant time(Fields in, Instant now) {
    String text =
        in.text("created_at")
            .or(() -> in.text("timestamp"))
            .orElseThrow(() -> missing("created_at"));
    Instant time;
    try {
      time = Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "created_at: " + GivenText.shown(text) + " (expected: a time such as " + now + ")",
          e);
    }
    if (time.isBefore(EARLIEST) || time.isAfter(now.plus(AHEAD))) {
      throw bad("created_at: " + time + " (expected: since " + EARLIEST + ", and a day ahead)");
    }
    return time;
  }

  /** Whose it is: all of it is said, or nothing. */
  private static Optional<Payer> payer(Fields in, Payers payers) {
    OptionalLong tenant = in.number("tenant_id", 1, Long.MAX_VALUE);
    Optional<String> user = in.text("user_id");
    OptionalLong key = in.number("api_key_id", 1, Long.MAX_VALUE);
    if (user.isEmpty() && key.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        payers.find(
            new TenantId(tenant.orElse(1)),
            user.orElseThrow(() -> missing("user_id")),
            new ApiKeyId(key.orElseThrow(() -> missing("api_key_id")))));
  }

  private static Optional<LoggedRequest.Cost> cost(Fields in) {
    Optional<String> currency = in.text("currency");
    if (currency.isEmpty()) {
      if (in.money("cost").isPresent()) {
        throw missing("currency");
      }
      return Optional.empty();
    }
    Asset asset = Asset.money(currency.get());
    long cost = units(in, asset, "cost");
    long owed = units(in, asset, "owed");
    if (owed > cost) {
      throw bad("owed: more than cost (expected: a part of it)");
    }
    return Optional.of(
        new LoggedRequest.Cost(
            asset.code(),
            in.text("price_version").orElse(""),
            in.number("quota_tokens", 0, 2 * TokenUsage.MAX_TOKENS).orElse(0),
            cost - owed,
            owed));
  }

  private static long units(Fields in, Asset asset, String name) {
    Optional<BigDecimal> given = in.money(name);
    if (given.isEmpty()) {
      return 0;
    }
    Amount amount;
    try {
      amount = Amount.of(asset, given.get());
    } catch (Refusal refusal) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, name + ": " + refusal.sentence(), refusal);
    }
    if (amount.units() < 0) {
      throw bad(name + ": below 0 (expected: money)");
    }
    return amount.units();
  }

  private static TokenUsage usage(Fields in) {
    JsonNode kinds = in.find("usage");
    if (kinds.isMissingNode()) {
      return new TokenUsage(
          tokens(in, "input_tokens"),
          tokens(in, "cached_tokens"),
          tokens(in, "cache_write_tokens"),
          tokens(in, "output_tokens"),
          tokens(in, "reasoning_tokens"));
    }
    if (!kinds.isObject()) {
      throw bad("usage: not an object (expected: kinds of usage with their counts)");
    }
    TokenUsage.Builder usage = TokenUsage.builder();
    Fields counts = new Fields(kinds);
    for (Map.Entry<String, JsonNode> each : kinds.properties()) {
      UsageKind kind =
          UsageKind.byCode(each.getKey())
              .orElseThrow(() -> GivenText.refused("usage", each.getKey(), "kinds of usage"));
      var unused =
          usage.add(kind, counts.number(each.getKey(), 0, TokenUsage.MAX_TOKENS).orElse(0));
    }
    return usage.build();
  }

  private static long tokens(Fields in, String name) {
    return in.number(name, 0, TokenUsage.MAX_TOKENS).orElse(0);
  }

  private static List<LoggedAttempt> calls(Fields in) {
    JsonNode given = in.find("calls");
    if (given.isMissingNode()) {
      return List.of();
    }
    if (!given.isArray() || given.size() > CALLS_MAX) {
      throw bad("calls: not a list, or too long (expected: at most " + CALLS_MAX + ")");
    }
    List<LoggedAttempt> calls = new ArrayList<>();
    for (JsonNode each : given) {
      if (!each.isObject()) {
        throw bad("calls: not objects (expected: calls upstream)");
      }
      Fields call = new Fields(each);
      calls.add(
          new LoggedAttempt(
              call.number("account_id", 0, Long.MAX_VALUE)
                  .orElseThrow(() -> missing("calls.account_id")),
              call.text("model").orElse(""),
              call.number("started_ms", 0, MS_MAX).orElse(0),
              call.number("duration_ms", 0, MS_MAX).orElse(0),
              call.text("outcome").orElse("")));
    }
    return calls;
  }

  private static Refusal missing(String name) {
    return bad(name + ": missing (expected: one)");
  }

  private static Refusal bad(String sentence) {
    return new Refusal(ErrorCode.INVALID_REQUEST, sentence);
  }

  /** Fields at the top or below {@code data}; null counts as not there. */
  private record Fields(JsonNode top) {
    JsonNode find(String name) {
      JsonNode here = top.path(name);
      JsonNode found = here.isMissingNode() ? top.path("data").path(name) : here;
      return found.isNull() ? found.path(name) : found;
    }

    Optional<String> text(String name) {
      JsonNode value = find(name);
      if (value.isMissingNode()) {
        return Optional.empty();
      }
      if (!value.isString() || value.stringValue().length() > TEXT_MAX) {
        throw bad(name + ": no text, or too long (expected: up to " + TEXT_MAX + " characters)");
      }
      return Optional.of(value.stringValue());
    }

    OptionalLong number(String name, long least, long most) {
      JsonNode value = find(name);
      if (value.isMissingNode()) {
        return OptionalLong.empty();
      }
      if (!value.isIntegralNumber() || !value.canConvertToLong()) {
        throw bad(name + ": no whole number (expected: " + least + " to " + most + ")");
      }
      long number = value.longValue();
      if (number < least || number > most) {
        throw bad(name + ": " + number + " (expected: " + least + " to " + most + ")");
      }
      return OptionalLong.of(number);
    }

    Optional<BigDecimal> money(String name) {
      JsonNode value = find(name);
      if (value.isMissingNode()) {
        return Optional.empty();
      }
      if (!value.isNumber()) {
        throw bad(name + ": no number (expected: money)");
      }
      return Optional.of(value.decimalValue());
    }

    boolean flag(String name) {
      JsonNode value = find(name);
      if (!value.isMissingNode() && !value.isBoolean()) {
        throw bad(name + ": neither true nor false (expected: one of them)");
      }
      return value.isBoolean() && value.booleanValue();
    }
  }
}
