package io.tollgate.edge.bus;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.insight.LoggedRow;
import io.tollgate.relay.gateway.LoggedAttempt;
import io.tollgate.relay.gateway.LoggedRequest;
import io.tollgate.relay.gateway.LoggedRequest.Payer;
import io.tollgate.web.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes entries of the request log as they go over the bus: in the shape of events, with the names
 * of lists of requests. What {@link LogEntryReader} would refuse for its length is cut.
 */
final class LogEntryWriter {
  private LogEntryWriter() {}

  /**
   * Writes one.
   *
   * @param user external id of the one who pays; what nobody pays has no cost
   * @param incarnation says that it is of ours
   */
  static byte[] write(LoggedRow row, Optional<String> user, String incarnation) {
    List<LoggedAttempt> attempts = row.request().attempts();
    byte[] whole = write(row, last(attempts, LogEntryReader.CALLS_MAX), user, incarnation);
    for (int kept = attempts.size() / 2; whole.length > LogEntryReader.MAX_BYTES; kept /= 2) {
      whole = write(row, last(attempts, kept), user, incarnation);
    }
    return whole;
  }

  private static List<LoggedAttempt> last(List<LoggedAttempt> attempts, int most) {
    return attempts.subList(Math.max(0, attempts.size() - most), attempts.size());
  }

  private static byte[] write(
      LoggedRow row, List<LoggedAttempt> attempts, Optional<String> user, String incarnation) {
    LoggedRequest request = row.request();
    Optional<Payer> payer = user.isEmpty() ? Optional.empty() : request.payer();
    ObjectNode fields = fields(row, attempts, payer);
    ObjectNode whole = Json.MAPPER.createObjectNode();
    whole.put("id", request.id().toString());
    whole.put("type", LogConsumer.SUBJECT);
    whole.put("user_id", user.orElse(null));
    whole.put("tenant_id", payer.map(each -> each.tenant().value()).orElse(null));
    whole.put("timestamp", request.arrivedAt().toString());
    whole.put("version", 0);
    whole.put("incarnation", incarnation);
    whole.setAll(fields);
    whole.set("data", fields);
    return Json.write(whole);
  }

  private static ObjectNode fields(
      LoggedRow row, List<LoggedAttempt> attempts, Optional<Payer> payer) {
    LoggedRequest request = row.request();
    ObjectNode fields = Json.MAPPER.createObjectNode();
    fields.put("request_id", request.id().toString());
    fields.put("created_at", request.arrivedAt().toString());
    text(fields, "route", Optional.of(request.route()));
    fields.put("api_key_id", payer.map(each -> each.key().value()).orElse(null));
    text(fields, "platform", request.platform());
    text(fields, "model", request.model());
    text(fields, "upstream_model", request.upstreamModel());
    fields.put("stream", request.stream());
    fields.put("status", request.status());
    text(fields, "error_code", request.errorCode());
    calls(fields.putArray("calls"), attempts);
    usage(fields, request);
    if (payer.isPresent()) {
      request.charge().ifPresent(cost -> cost(fields, cost));
    }
    fields.put("latency_ms", request.latencyMs());
    request.firstTokenMs().ifPresent(ms -> fields.put("first_token_ms", ms));
    text(fields, "client_request_id", request.clientRequestId());
    text(fields, "trace_id", request.traceId());
    fields.put("requests", row.weight());
    return fields;
  }

  private static void calls(ArrayNode calls, List<LoggedAttempt> attempts) {
    for (LoggedAttempt attempt : attempts) {
      ObjectNode call = calls.addObject();
      call.put("account_id", attempt.account());
      text(call, "model", Optional.of(attempt.model()));
      call.put("started_ms", attempt.startedMs());
      call.put("duration_ms", attempt.durationMs());
      text(call, "outcome", Optional.of(attempt.outcome()));
    }
  }

  private static void usage(ObjectNode fields, LoggedRequest request) {
    fields.put("input_tokens", request.usage().input());
    fields.put("cached_tokens", request.usage().cached());
    fields.put("cache_write_tokens", request.usage().cacheWrite());
    fields.put("output_tokens", request.usage().output());
    fields.put("reasoning_tokens", request.usage().reasoning());
    ObjectNode kinds = fields.putObject("usage");
    request.usage().forEach((kind, count) -> kinds.put(kind.code(), count));
  }

  private static void cost(ObjectNode fields, LoggedRequest.Cost cost) {
    Asset currency = Asset.money(cost.currency());
    long whole = Math.addExact(cost.paid(), cost.owed());
    fields.put("currency", cost.currency());
    fields.put("cost", new Amount(currency, whole).toDecimal());
    fields.put("owed", new Amount(currency, cost.owed()).toDecimal());
    fields.put("quota_tokens", cost.quotaTokens());
    text(fields, "price_version", Optional.of(cost.priceVersion()));
  }

  /** Up to its first characters that are kept, and never half of one. */
  private static void text(ObjectNode fields, String name, Optional<String> text) {
    if (text.isEmpty()) {
      return;
    }
    String given = text.get().replace('\0', '\ufffd');
    int end = Math.min(given.length(), LogEntryReader.TEXT_MAX);
    boolean half = end < given.length() && Character.isHighSurrogate(given.charAt(end - 1));
    fields.put(name, given.substring(0, half ? end - 1 : end));
  }
}
