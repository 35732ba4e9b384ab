package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.EmailAddress;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.User;
import io.tollgate.identity.UserProfiles.UserProfile;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/tenants/{id}/root-user}: the user that is the tenant itself, and under which address
 * it signs in. Its password is set by a mail that is sent there.
 */
final class RootUserRoutes implements Routes {
  private static final String PATH = "/api/tenants/{id}/root-user";
  private static final String ADDRESS = "an address such as owner@example.com";

  private final Transactions transactions;
  private final IdentityModule identity;
  private final AdminGate gate;

  RootUserRoutes(Transactions transactions, IdentityModule identity, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    table.blocking(HttpMethod.GET, PATH, errors, gate.guard(this::show));
    table.blocking(HttpMethod.PUT, PATH, errors, gate.guard(AdminPermission.TENANTS, this::change));
  }

  private Response show(Request request) {
    return AnswerEnvelope.of(
        transactions.read(
            transaction -> {
              TenantId tenant =
                  PathId.of(request, "id", TenantId::new)
                      .filter(id -> identity.tenants().find(transaction, id).isPresent())
                      .orElseThrow(() -> unknown(request));
              return shown(transaction, identity.users().root(transaction, tenant));
            }));
  }

  private Response change(Request request) {
    String email = JsonFields.of(request.json()).requireText("email", ADDRESS);
    if (EmailAddress.find(email).isEmpty()) {
      throw GivenText.refused("email", email, ADDRESS);
    }
    TenantId tenant = PathId.of(request, "id", TenantId::new).orElseThrow(() -> unknown(request));
    return AnswerEnvelope.of(
        transactions.write(
            transaction ->
                shown(transaction, identity.rootUsers().setAddress(transaction, tenant, email))));
  }

  private RootShown shown(Transaction transaction, User root) {
    UserProfile profile = identity.userProfiles().find(transaction, root.id()).orElseThrow();
    return new RootShown(
        root.id().value(),
        root.email().orElse(null),
        profile.emailVerifiedAt().isPresent(),
        root.inviteCode(),
        profile.lastLoginAt().orElse(null),
        root.createdAt());
  }

  private static Refusal unknown(Request request) {
    return new Refusal(
        ErrorCode.NOT_FOUND, "there is no tenant " + GivenText.shown(request.pathParam("id")));
  }

  /**
   * The user that is the tenant itself.
   *
   * @param email one that ends with .invalid: nobody can sign in yet
   * @param emailVerified whether a password was set by a mail that went there
   */
  private record RootShown(
      long userId,
      @Nullable String email,
      boolean emailVerified,
      String inviteCode,
      @Nullable Instant lastLoginAt,
      Instant createdAt) {}
}
