package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.metering.InDoubt;
import io.tollgate.metering.InDoubt.Decision;
import io.tollgate.metering.UsageQueries.Position;
import io.tollgate.metering.UsageRecord;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** {@code /api/in-doubt}: requests whose process died, and what they are charged. */
final class InDoubtRoutes implements Routes {
  private static final String EXPECTED = "\"input\", \"free\", or an object with token counts";

  private final Transactions transactions;
  private final InDoubt inDoubt;
  private final AdminList<Optional<TenantId>, InDoubt.Waiting> waiting;
  private final AdminList<Optional<TenantId>, InDoubt.Corrected> corrected;
  private final AdminGate gate;

  InDoubtRoutes(Transactions transactions, InDoubt inDoubt, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.inDoubt = requireNonNull(inDoubt, "inDoubt is null");
    this.waiting =
        AdminList.endless(
            "/api/in-doubt",
            Filters::tenant,
            new PositionQuery<>(
                inDoubt::list, inDoubt::count, row -> new Position(row.openedAt(), row.charge())),
            InDoubtRow.class,
            InDoubtRow::of);
    this.corrected =
        AdminList.endless(
            "/api/in-doubt/corrected",
            Filters::tenant,
            new PositionQuery<>(
                inDoubt::corrected,
                inDoubt::countCorrected,
                row -> new Position(row.decided().openedAt(), row.decided().charge())),
            CorrectedRow.class,
            CorrectedRow::of);
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    waiting.declare(table, gate, transactions);
    corrected.declare(table, gate, transactions);
    table.blocking(
        HttpMethod.POST,
        "/api/in-doubt/{request_id}/resolve",
        ErrorForms.admin(),
        gate.guard(AdminPermission.MONEY, this::resolve));
  }

  private Response resolve(Request request) {
    ChargeId charge = ChargeId.parse(request.pathParam("request_id"));
    Decision decision = decision(JsonFields.of(request.json()));
    UsageRecord record =
        transactions.write(transaction -> inDoubt.resolve(transaction, charge, decision));
    return AnswerEnvelope.of(RequestLogRow.of(record));
  }

  private static Decision decision(JsonFields body) {
    JsonNode charge = body.find("charge").orElseThrow(() -> JsonFields.missing("charge", EXPECTED));
    if (charge.isObject()) {
      return new Decision.Used(usage(charge));
    }
    return switch (charge.isString() ? charge.stringValue() : "") {
      case "input" -> new Decision.Input();
      case "free" -> new Decision.Free();
      default -> throw Filters.refusal("charge", charge.toString(), EXPECTED);
    };
  }

  private static TokenUsage usage(JsonNode charge) {
    if (charge.has("usage")) {
      if (charge.size() > 1) {
        throw Filters.refusal(
            "charge", charge.toString(), "usage by kind, or totals of tokens, not both");
      }
      return UsageByKind.read(charge.path("usage"));
    }
    return totals(JsonFields.of(charge));
  }

  private static TokenUsage totals(JsonFields charge) {
    try {
      return new TokenUsage(
          tokens(charge, "input_tokens"),
          tokens(charge, "cached_tokens"),
          tokens(charge, "cache_write_tokens"),
          tokens(charge, "output_tokens"),
          tokens(charge, "reasoning_tokens"));
    } catch (IllegalArgumentException e) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, String.valueOf(e.getMessage()), e);
    }
  }

  private static long tokens(JsonFields charge, String field) {
    return charge.wholeNumber(field, 0, Long.MAX_VALUE).orElse(0L);
  }
}
