package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.LeaseAdmin;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/leases}: which processes hold money, and giving up those that are gone for good. */
final class LeaseRoutes implements Routes {
  private static final String PATH = "/api/leases";

  private final LeaseAdmin leases;
  private final AdminGate gate;

  LeaseRoutes(LeaseAdmin leases, AdminGate gate) {
    this.leases = requireNonNull(leases, "leases is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(HttpMethod.GET, PATH, ErrorForms.admin(), gate.guard(this::list));
    table.blocking(
        HttpMethod.POST,
        PATH + "/{incarnation}/lost",
        ErrorForms.admin(),
        gate.guard(AdminPermission.LEASES, this::lost));
  }

  private Response list(Request request) {
    return ListForm.whole(
        request, "leases", LeaseRow.class, leases.list().stream().map(LeaseRow::of).toList());
  }

  /** What was given up is free and may be spent twice: who does it types its name. */
  private Response lost(Request request) {
    JsonFields body = JsonFields.of(request.json());
    String typed = body.requireText("incarnation", "the incarnation of the path, typed again");
    String reason = MoneyFields.reason(body);
    String named = request.pathParam("incarnation");
    if (!typed.equals(named)) {
      throw GivenText.refused("incarnation", typed, "the one of the path, " + named);
    }
    UUID incarnation = incarnation(named);
    AdminId who = gate.require(request).admin();
    List<AtRiskRow> atRisk =
        leases.lost(incarnation, who, reason).stream().map(AtRiskRow::of).toList();
    return AnswerEnvelope.of(new LostAnswer(incarnation, reason, atRisk));
  }

  private static UUID incarnation(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(ErrorCode.NOT_FOUND, "there is no process " + GivenText.shown(text), e);
    }
  }

  /**
   * What one event loop of a process holds.
   *
   * @param settledAt null: nothing yet
   * @param units by the code of the asset, in its smallest units
   */
  private record LeaseRow(
      UUID log,
      UUID incarnation,
      int shard,
      String state,
      Instant openedAt,
      Instant heardAt,
      @Nullable Instant settledAt,
      long position,
      long accounts,
      Map<String, Long> units) {
    static LeaseRow of(LeaseAdmin.Held held) {
      return new LeaseRow(
          held.log(),
          held.incarnation(),
          held.shard(),
          held.state(),
          held.openedAt(),
          held.heardAt(),
          held.settledAt().orElse(null),
          held.position(),
          held.accounts(),
          new TreeMap<>(held.units()));
    }
  }

  /** What was given up of an account. */
  private record AtRiskRow(UUID log, long accountId, long units) {
    static AtRiskRow of(LeaseAdmin.AtRisk risk) {
      return new AtRiskRow(risk.log(), risk.account().value(), risk.units());
    }
  }

  /** What was given up. */
  private record LostAnswer(UUID incarnation, String reason, List<AtRiskRow> atRisk) {}
}
