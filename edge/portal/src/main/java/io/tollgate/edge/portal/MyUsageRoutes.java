package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListRequest;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.ApiKeyFilter;
import io.tollgate.identity.KeyRegister;
import io.tollgate.identity.Principal;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.UserChoices;
import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.LogHour;
import io.tollgate.insight.RequestList;
import io.tollgate.insight.RequestQuery;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/me/usage}: the user's requests by day or hour, and in each by model or key. Days
 * are those of the user's zone.
 */
final class MyUsageRoutes implements Routes {
  private static final int HOURS_MAX = 50_000;
  private static final int KEYS_MAX = 500;
  private static final Duration SPAN_MAX = Duration.ofDays(400);
  private static final Duration SPAN = Duration.ofDays(30);

  private final Transactions transactions;
  private final RequestList requests;
  private final Tenants tenants;
  private final UserChoices choices;
  private final KeyRegister keys;
  private final InstantSource clock;
  private final PortalGate gate;

  MyUsageRoutes(
      Transactions transactions,
      RequestList requests,
      Tenants tenants,
      UserChoices choices,
      KeyRegister keys,
      InstantSource clock,
      PortalGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.requests = requireNonNull(requests, "requests is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.choices = requireNonNull(choices, "choices is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(HttpMethod.GET, "/api/v1/me/usage", ErrorForms.standard(), this::show);
  }

  private Response show(Request request) {
    Principal.OfUser caller = gate.require(request).user();
    Filters given = new Filters(request);
    UsageDays.Unit unit =
        given
            .choice("unit", List.of(UsageDays.Unit.values()), RequestQuery::word)
            .orElse(UsageDays.Unit.DAY);
    LogGrouping by =
        given
            .choice(
                "by",
                List.of(LogGrouping.NONE, LogGrouping.MODEL, LogGrouping.KEY),
                RequestQuery::word)
            .orElse(LogGrouping.NONE);
    Instant end = given.time("end").orElseGet(clock::instant);
    Instant start = given.time("start").orElse(end.minus(SPAN));
    if (!start.isBefore(end) || start.isBefore(end.minus(SPAN_MAX))) {
      throw Filters.refusal("start", start.toString(), "before end, and at most 400 days before");
    }
    ZoneId zone = zone(caller);
    LogFilter filter = filter(caller, given, start, end);
    List<LogHour> hours = requests.hours(filter, by, HOURS_MAX + 1);
    if (hours.size() > HOURS_MAX) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, "start: too much in this time")
          .withDetails("ask for fewer days");
    }
    Map<String, String> names = by == LogGrouping.KEY ? names(caller) : Map.of();
    return PortalAnswer.of(
        new Usage(
            RequestQuery.word(unit),
            zone.getId(),
            start,
            end,
            UsageDays.of(hours, unit, zone).stream().map(row -> Row.of(row, names)).toList()));
  }

  private static LogFilter filter(
      Principal.OfUser caller, Filters given, Instant start, Instant end) {
    return new LogFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            LogFilter.ALL.tenant(),
            LogFilter.ALL.user(),
            given.number("key"),
            LogFilter.ALL.account(),
            given.text("model"),
            LogFilter.ALL.status(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(start),
            Optional.of(end))
        .ofUser(caller.tenant().value(), caller.user().value());
  }

  private ZoneId zone(Principal.OfUser caller) {
    return transactions.read(
        transaction ->
            choices
                .of(transaction, caller.user())
                .zone()
                .orElseGet(() -> tenants.find(transaction, caller.tenant()).orElseThrow().zone()));
  }

  private Map<String, String> names(Principal.OfUser caller) {
    ApiKeyFilter mine = ApiKeyFilter.ALL.of(caller.tenant()).of(caller.user());
    Map<String, String> names = new HashMap<>();
    transactions
        .read(transaction -> keys.list(transaction, mine, ListRequest.first(KEYS_MAX)))
        .rows()
        .forEach(key -> names.put(key.id().toString(), key.terms().name()));
    return names;
  }

  private record Usage(String unit, String zone, Instant start, Instant end, List<Row> rows) {}

  /**
   * What requests of one group have in common in a day or hour.
   *
   * @param at its beginning
   * @param group the model as it was asked for, or the key's number; null: not divided, or none
   * @param name of the key
   */
  private record Row(
      Instant at,
      @Nullable String group,
      @Nullable String name,
      long requests,
      long failed,
      long inputTokens,
      long outputTokens,
      @Nullable BigDecimal cost,
      @Nullable String currency) {
    static Row of(LogHour row, Map<String, String> names) {
      return new Row(
          row.hour(),
          row.group().filter(group -> !group.isEmpty()).orElse(null),
          row.group().map(names::get).orElse(null),
          row.requests(),
          row.failed(),
          row.inputTokens(),
          row.outputTokens(),
          row.currency()
              .map(code -> new Amount(Asset.money(code), row.cost()).toDecimal())
              .orElse(null),
          row.currency().orElse(null));
    }
  }
}
