package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.identity.Admins;
import io.tollgate.identity.Admins.InSession;
import io.tollgate.identity.FactorOwner;
import io.tollgate.identity.SecondFactors;
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
import java.util.Map;

/** {@code /api/auth/totp}: an administrator's own second factor. */
final class AdminFactorRoutes implements Routes {
  private static final String PATH = "/api/auth/totp";

  private final Admins admins;
  private final SecondFactors factors;
  private final AdminGate gate;

  AdminFactorRoutes(Admins admins, SecondFactors factors, AdminGate gate) {
    this.admins = requireNonNull(admins, "admins is null");
    this.factors = requireNonNull(factors, "factors is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    table.blocking(HttpMethod.GET, PATH, errors, this::standing);
    table.blocking(HttpMethod.POST, PATH, errors, this::begin);
    table.blocking(HttpMethod.POST, PATH + "/confirm", errors, this::confirm);
    table.blocking(HttpMethod.POST, PATH + "/off", errors, this::off);
    table.blocking(HttpMethod.POST, PATH + "/recovery-codes", errors, this::renew);
  }

  private Response standing(Request request) {
    SecondFactors.Standing standing = factors.standing(owner(gate.requireAny(request)));
    return AnswerEnvelope.of(new Standing(standing.on(), standing.recoveryLeft()));
  }

  private Response begin(Request request) {
    InSession session = gate.requireAny(request);
    SecondFactors.SetUp setUp = factors.begin(owner(session), session.admin().username());
    return secret(new SetUp(setUp.secret(), setUp.url()));
  }

  private Response confirm(Request request) {
    InSession session = gate.requireAny(request);
    List<String> codes = factors.confirm(owner(session), code(request));
    admins.complete(session.session());
    return secret(new Codes(codes));
  }

  private Response off(Request request) {
    InSession session = gate.requireAny(request);
    factors.remove(owner(session), code(request));
    return AnswerEnvelope.of(Map.of("message", "the second factor is off"));
  }

  private Response renew(Request request) {
    InSession session = gate.requireAny(request);
    return secret(new Codes(factors.renewRecovery(owner(session), code(request))));
  }

  private static FactorOwner owner(InSession session) {
    return new FactorOwner.OfAdmin(session.admin().admin());
  }

  private static String code(Request request) {
    return JsonFields.of(request.json()).requireSecret("code");
  }

  private static Response secret(Object shown) {
    return AnswerEnvelope.of(shown).withHeader("Cache-Control", "no-store");
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
