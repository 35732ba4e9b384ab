package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.identity.Users;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.Map;

/** {@code /api/users/{id}/devices}: what a user has connected, and ending it. */
final class UserDeviceRoutes implements Routes {
  private static final String PATH = "/api/users/{id}/devices";

  private final Transactions transactions;
  private final Users users;
  private final UserDevices devices;
  private final AdminGate gate;

  UserDeviceRoutes(Transactions transactions, Users users, UserDevices devices, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.users = requireNonNull(users, "users is null");
    this.devices = requireNonNull(devices, "devices is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    table.blocking(HttpMethod.GET, PATH, errors, gate.guard(this::list));
    table.blocking(
        HttpMethod.DELETE,
        PATH + "/{device}",
        errors,
        gate.guard(AdminPermission.USERS, this::end));
  }

  private Response list(Request request) {
    return AnswerEnvelope.of(
        transactions.read(transaction -> devices.of(transaction, user(transaction, request))));
  }

  private Response end(Request request) {
    String device = request.pathParam("device");
    boolean ended =
        transactions.write(
            transaction -> devices.end(transaction, user(transaction, request), device));
    if (!ended) {
      throw new Refusal(
          ErrorCode.NOT_FOUND, "there is no connected device " + GivenText.shown(device));
    }
    return AnswerEnvelope.of(Map.of("message", "the device is disconnected"));
  }

  private UserId user(Transaction transaction, Request request) {
    return PathId.of(request, "id", UserId::new)
        .filter(id -> users.find(transaction, id).isPresent())
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.USER_NOT_FOUND,
                    "there is no user " + GivenText.shown(request.pathParam("id"))));
  }
}
