package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.GrantRevocation;
import io.tollgate.billing.Grants;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.util.UUID;

/** {@code POST /api/grants/{transfer_id}/revoke}: takes back what is unspent of a grant. */
final class GrantRoutes implements Routes {
  private static final String PATH = "/api/grants/{transfer_id}/revoke";

  private final Transactions transactions;
  private final Grants grants;
  private final AdminGate gate;

  GrantRoutes(Transactions transactions, Grants grants, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.grants = requireNonNull(grants, "grants is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(
        HttpMethod.POST, PATH, ErrorForms.admin(), gate.guard(AdminPermission.MONEY, this::revoke));
  }

  private Response revoke(Request request) {
    UUID grant = id(request.pathParam("transfer_id"));
    AdminId admin = gate.require(request).admin();
    String reason = JsonFields.of(request.json()).requireText("reason", "1 to 200 characters");
    GrantRevocation revoked =
        transactions.write(transaction -> grants.revoke(transaction, grant, admin, reason));
    return AnswerEnvelope.of(RevocationRow.of(revoked));
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(ErrorCode.NOT_FOUND, "there is no grant " + GivenText.shown(text), e);
    }
  }

  /**
   * What has been taken back, in whole units of the asset.
   *
   * @param taken in all
   * @param takenNow by this call
   * @param inFlight what is held, and may be taken by a later call
   */
  private record RevocationRow(
      UUID transferId,
      long tenantId,
      long userId,
      String asset,
      BigDecimal given,
      BigDecimal taken,
      BigDecimal takenNow,
      BigDecimal inFlight) {
    static RevocationRow of(GrantRevocation revoked) {
      return new RevocationRow(
          revoked.grant(),
          revoked.tenant().value(),
          revoked.user().value(),
          revoked.given().asset().code(),
          revoked.given().toDecimal(),
          revoked.taken().toDecimal(),
          revoked.takenNow().toDecimal(),
          revoked.inFlight().toDecimal());
    }
  }
}
