package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.trading.engine.SignalHistory;
import io.tollgate.trading.engine.SignalHistory.Event;
import io.tollgate.trading.engine.SignalHistory.EventFilter;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /api/signal-events}: what happened to signals, and on which accounts. */
final class SignalEventRoutes implements Routes {
  private static final String PATH = "/api/signal-events";
  private static final List<String> TYPES =
      List.of(
          "CREATED",
          "RISK_CHECK",
          "RISK_PASSED",
          "RISK_REJECTED",
          "DISPATCHED",
          "EXECUTED",
          "FAILED",
          "EXPIRED",
          "CANCELLED");
  private static final List<String> SOURCES =
      List.of(
          "signal-hub",
          "risk-control",
          "signal-monitor",
          "position-monitor",
          "execution-dispatcher");

  private final Transactions transactions;
  private final SignalHistory history;
  private final AdminGate gate;
  private final AdminList<EventFilter, Event> events;

  SignalEventRoutes(Transactions transactions, SignalHistory history, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.history = requireNonNull(history, "history is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.events =
        AdminList.counted(PATH, SignalEventRoutes::filter, history.events(), Row.class, Row::of)
            .withStats((transaction, _) -> history.stats(transaction));
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    events.declare(table, gate, transactions);
    table.blocking(
        HttpMethod.GET, PATH + "/strategies", ErrorForms.admin(), gate.guard(this::strategies));
  }

  private Response strategies(Request request) {
    return AnswerEnvelope.of(transactions.read(history::strategies));
  }

  private static EventFilter filter(Filters filters) {
    return new EventFilter(
        filters.tenant(),
        filters.number("account_id"),
        filters.text("signal_id"),
        filters.choice("event_type", TYPES, Function.identity()),
        filters.text("status"),
        filters.choice("source_service", SOURCES, Function.identity()),
        filters.text("strategy_code"),
        day(filters, "start_date", 0).or(() -> filters.time("start_time")),
        day(filters, "end_date", 1).or(() -> filters.time("end_time")));
  }

  /** The begin of a day in UTC, or of one after it. */
  private static Optional<Instant> day(Filters filters, String name, int after) {
    return filters
        .text(name)
        .map(
            given -> {
              try {
                return LocalDate.parse(given)
                    .plusDays(after)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
              } catch (DateTimeException _) {
                throw Filters.refusal(name, given, "a day as 2026-11-29");
              }
            });
  }

  private record Row(
      long id,
      String signalId,
      @Nullable String taskId,
      @Nullable Long accountId,
      String eventType,
      String status,
      String sourceService,
      JsonNode detail,
      @Nullable String errorCode,
      @Nullable String errorMessage,
      @Nullable String requestId,
      Instant createdAt) {
    static Row of(Event event) {
      return new Row(
          event.id(),
          event.signal(),
          event.task().orElse(null),
          event.account().isPresent() ? Long.valueOf(event.account().getAsLong()) : null,
          event.type(),
          event.status(),
          event.source(),
          JsonMapper.shared().readTree(event.detail()),
          event.errorCode().orElse(null),
          event.errorMessage().orElse(null),
          event.request().orElse(null),
          event.createdAt());
    }
  }
}
