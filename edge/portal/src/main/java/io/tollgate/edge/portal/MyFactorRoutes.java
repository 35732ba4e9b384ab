package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.identity.FactorOwner;
import io.tollgate.identity.Principal;
import io.tollgate.identity.SecondFactors;
import io.tollgate.identity.User;
import io.tollgate.identity.Users;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** {@code /api/v1/me/totp}: a user's second factor. */
final class MyFactorRoutes implements Routes {
  private static final String PATH = "/api/v1/me/totp";

  private final Transactions transactions;
  private final Users users;
  private final SecondFactors factors;
  private final PortalGate gate;

  MyFactorRoutes(Transactions transactions, Users users, SecondFactors factors, PortalGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.users = requireNonNull(users, "users is null");
    this.factors = requireNonNull(factors, "factors is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.blocking(HttpMethod.GET, PATH, errors, this::standing);
    table.blocking(HttpMethod.POST, PATH, errors, this::begin);
    table.blocking(HttpMethod.POST, PATH + "/confirm", errors, this::confirm);
    table.blocking(HttpMethod.POST, PATH + "/off", errors, this::off);
    table.blocking(HttpMethod.POST, PATH + "/recovery-codes", errors, this::renew);
  }

  private Response standing(Request request) {
    SecondFactors.Standing standing = factors.standing(owner(request));
    return PortalAnswer.of(new Standing(standing.on(), standing.recoveryLeft()));
  }

  private Response begin(Request request) {
    Principal.OfUser caller = gate.require(request).user();
    String label =
        transactions
            .read(transaction -> users.find(transaction, caller.user()))
            .flatMap(User::email)
            .orElse(caller.externalId());
    SecondFactors.SetUp setUp = factors.begin(new FactorOwner.OfUser(caller.user()), label);
    return PortalAnswer.of(new SetUp(setUp.secret(), setUp.url()));
  }

  private Response confirm(Request request) {
    FactorOwner owner = owner(request);
    return PortalAnswer.of(new Codes(factors.confirm(owner, code(request))));
  }

  private Response off(Request request) {
    FactorOwner owner = owner(request);
    factors.remove(owner, code(request));
    return PortalAnswer.done("the second factor is off");
  }

  private Response renew(Request request) {
    FactorOwner owner = owner(request);
    return PortalAnswer.of(new Codes(factors.renewRecovery(owner, code(request))));
  }

  private FactorOwner owner(Request request) {
    return new FactorOwner.OfUser(gate.require(request).user().user());
  }

  private static String code(Request request) {
    return JsonFields.of(request.json()).requireSecret("code");
  }

  private record Standing(boolean on, int recoveryCodesLeft) {}

  private record SetUp(String secret, String otpauthUrl) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "SetUp[]";
    }
  }

  private record Codes(List<String> recoveryCodes) {
    /** Without the codes. */
    @Override
    public String toString() {
      return "Codes[]";
    }
  }
}
