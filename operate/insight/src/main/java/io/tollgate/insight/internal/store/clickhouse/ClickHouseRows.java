package io.tollgate.insight.internal.store.clickhouse;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.insight.LoggedRow;
import io.tollgate.insight.internal.spool.SpoolEntry;
import io.tollgate.insight.internal.store.AttemptText;
import io.tollgate.insight.internal.store.UsageText;
import io.tollgate.relay.gateway.LoggedAttempt;
import io.tollgate.relay.gateway.LoggedRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Requests as rows of tab-separated fields. */
final class ClickHouseRows {
  static final String NAMES =
      "id_high, id_low, arrived_us, route, tenant_id, user_id, api_key_id, account_id, platform,"
          + " model, upstream_model, stream, status, error_code, attempts, input_tokens,"
          + " output_tokens, usage, currency, price_version, quota_tokens, paid, owed,"
          + " client_request_id, trace_id, latency_ms, first_token_ms, weight, elsewhere";

  /** With what the table has beside the request. */
  static final String INSERTED = NAMES + ", stored_on, mark_files, mark_positions";

  private ClickHouseRows() {}

  /**
   * A row with its end.
   *
   * @param marks how far the spool is stored with it and those before it
   */
  static void write(
      StringBuilder out, SpoolEntry entry, String storedOn, Map<String, Integer> marks) {
    LoggedRequest request = entry.request();
    List<LoggedAttempt> attempts = request.attempts();
    Optional<LoggedRequest.Payer> payer = request.payer();
    Optional<LoggedRequest.Cost> cost = request.charge();
    UUID id = request.id().value();
    field(out, ClickHouseFilter.high(id));
    field(out, ClickHouseFilter.low(id));
    field(out, Long.toString(ClickHouseFilter.micros(request.arrivedAt())));
    text(out, Optional.of(request.route()));
    number(out, payer.map(each -> each.tenant().value()));
    number(out, payer.map(each -> each.user().value()));
    number(out, payer.map(each -> each.key().value()));
    number(out, attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast().account()));
    text(out, request.platform());
    text(out, request.model());
    text(out, request.upstreamModel());
    field(out, request.stream() ? "1" : "0");
    field(out, Integer.toString(request.status()));
    text(out, request.errorCode());
    text(out, Optional.of(AttemptText.write(attempts)));
    field(out, Long.toString(request.usage().input()));
    field(out, Long.toString(request.usage().output()));
    text(out, Optional.of(UsageText.write(request.usage())));
    text(out, cost.map(LoggedRequest.Cost::currency));
    text(out, cost.map(LoggedRequest.Cost::priceVersion));
    field(out, Long.toString(cost.map(LoggedRequest.Cost::quotaTokens).orElse(0L)));
    field(out, Long.toString(cost.map(LoggedRequest.Cost::paid).orElse(0L)));
    field(out, Long.toString(cost.map(LoggedRequest.Cost::owed).orElse(0L)));
    text(out, request.clientRequestId());
    text(out, request.traceId());
    field(out, Long.toString(request.latencyMs()));
    number(
        out,
        request.firstTokenMs().isPresent()
            ? Optional.of(request.firstTokenMs().getAsLong())
            : Optional.empty());
    field(out, Integer.toString(entry.weight()));
    field(out, entry.elsewhere() ? "1" : "0");
    field(out, storedOn);
    List<Map.Entry<String, Integer>> files = List.copyOf(marks.entrySet());
    field(out, array(files.stream().map(each -> "'" + each.getKey() + "'").toList()));
    out.append(array(files.stream().map(each -> String.valueOf(each.getValue())).toList()))
        .append('\n');
  }

  static LoggedRow read(String line) {
    Fields in = new Fields(line);
    ChargeId id =
        new ChargeId(
            new UUID(Long.parseUnsignedLong(in.next()), Long.parseUnsignedLong(in.next())));
    Instant arrived = instant(Long.parseLong(in.next()));
    String route = in.text().orElse("");
    OptionalLong tenant = in.number();
    OptionalLong user = in.number();
    OptionalLong key = in.number();
    OptionalLong unusedAccount = in.number();
    Optional<String> platform = in.text();
    Optional<String> model = in.text();
    Optional<String> upstream = in.text();
    boolean stream = in.next().equals("1");
    int status = Integer.parseInt(in.next());
    Optional<String> error = in.text();
    List<LoggedAttempt> attempts = AttemptText.read(in.text().orElse(""));
    String unusedInput = in.next();
    String unusedOutput = in.next();
    TokenUsage usage = UsageText.read(in.text().orElse(""));
    Optional<String> currency = in.text();
    String version = in.text().orElse("");
    long quota = Long.parseLong(in.next());
    long paid = Long.parseLong(in.next());
    long owed = Long.parseLong(in.next());
    Optional<String> client = in.text();
    Optional<String> trace = in.text();
    long latency = Long.parseLong(in.next());
    OptionalLong first = in.number();
    int weight = Integer.parseInt(in.next());
    boolean elsewhere = in.next().equals("1");
    return new LoggedRow(
        new LoggedRequest(
            id,
            arrived,
            route,
            tenant.isEmpty()
                ? Optional.empty()
                : Optional.of(
                    new LoggedRequest.Payer(
                        new TenantId(tenant.getAsLong()),
                        new UserId(user.orElseThrow()),
                        new ApiKeyId(key.orElseThrow()))),
            platform,
            model,
            upstream,
            stream,
            status,
            error,
            attempts,
            usage,
            currency.map(code -> new LoggedRequest.Cost(code, version, quota, paid, owed)),
            client,
            trace,
            latency,
            first),
        weight,
        elsewhere);
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }

  private static void field(StringBuilder out, String value) {
    out.append(value).append('\t');
  }

  private static void number(StringBuilder out, Optional<Long> value) {
    field(out, value.map(String::valueOf).orElse("\\N"));
  }

  private static void text(StringBuilder out, Optional<String> value) {
    if (value.isEmpty()) {
      out.append("\\N\t");
      return;
    }
    String given = value.get();
    for (int i = 0; i < given.length(); i++) {
      char c = given.charAt(i);
      switch (c) {
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\0' -> out.append("\\0");
        case '\\' -> out.append("\\\\");
        default -> out.append(c);
      }
    }
    out.append('\t');
  }

  private static String array(List<String> values) {
    return "[" + String.join(",", values) + "]";
  }

  /** Takes the fields of a line one after the other. */
  static final class Fields {
    private final String[] fields;
    private int at;

    Fields(String line) {
      fields = line.split("\t", -1);
    }

    String next() {
      return fields[at++];
    }

    OptionalLong number() {
      String field = next();
      return field.equals("\\N") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(field));
    }

    Optional<String> text() {
      String field = next();
      return field.equals("\\N") ? Optional.empty() : Optional.of(plain(field));
    }

    private static String plain(String field) {
      if (field.indexOf('\\') < 0) {
        return field;
      }
      StringBuilder text = new StringBuilder(field.length());
      for (int i = 0; i < field.length(); i++) {
        char c = field.charAt(i);
        if (c != '\\' || i + 1 == field.length()) {
          text.append(c);
          continue;
        }
        i++;
        char escaped = field.charAt(i);
        text.append(
            switch (escaped) {
              case 't' -> '\t';
              case 'n' -> '\n';
              case 'r' -> '\r';
              case '0' -> '\0';
              case 'b' -> '\b';
              case 'f' -> '\f';
              default -> escaped;
            });
      }
      return text.toString();
    }
  }
}
