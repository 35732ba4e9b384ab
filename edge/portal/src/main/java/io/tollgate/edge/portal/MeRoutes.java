package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.FactorOwner;
import io.tollgate.identity.MailLanguage;
import io.tollgate.identity.Passports;
import io.tollgate.identity.SecondFactors;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.UserProfiles;
import io.tollgate.identity.UserProfiles.UserProfile;
import io.tollgate.identity.UserSessions;
import io.tollgate.identity.UserSessions.InSession;
import io.tollgate.identity.UserSessions.OpenSession;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/me}: who a user is, their sessions and their password. */
final class MeRoutes implements Routes {
  private static final String PATH = "/api/v1/me";
  private static final List<String> FEATURES = List.of("relay", "billing");

  private final Transactions transactions;
  private final UserProfiles profiles;
  private final Tenants tenants;
  private final UserSessions sessions;
  private final Passports passports;
  private final SecondFactors factors;
  private final PortalGate gate;

  MeRoutes(
      Transactions transactions,
      UserProfiles profiles,
      Tenants tenants,
      UserSessions sessions,
      Passports passports,
      SecondFactors factors,
      PortalGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.profiles = requireNonNull(profiles, "profiles is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.sessions = requireNonNull(sessions, "sessions is null");
    this.passports = requireNonNull(passports, "passports is null");
    this.factors = requireNonNull(factors, "factors is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.fallback(PATH, errors);
    table.blocking(HttpMethod.GET, PATH, errors, this::me);
    table.blocking(HttpMethod.PUT, PATH, errors, this::change);
    table.blocking(HttpMethod.GET, PATH + "/sessions", errors, this::sessions);
    table.blocking(HttpMethod.DELETE, PATH + "/sessions/{id}", errors, this::endSession);
    table.blocking(HttpMethod.POST, PATH + "/sessions/end-others", errors, this::endOthers);
    table.blocking(HttpMethod.POST, PATH + "/password", errors, this::changePassword);
  }

  private Response me(Request request) {
    return shown(gate.require(request));
  }

  private Response shown(InSession caller) {
    boolean totp = factors.standing(new FactorOwner.OfUser(caller.user().user())).on();
    return transactions.read(
        transaction -> {
          UserProfile profile =
              profiles
                  .find(transaction, caller.user().user())
                  .orElseThrow(() -> new Refusal(ErrorCode.USER_NOT_FOUND, "the user is gone"));
          Tenant tenant = tenants.find(transaction, caller.user().tenant()).orElseThrow();
          return PortalAnswer.of(
              new Me(
                  profile.user().externalId(),
                  profile.user().email().orElse(null),
                  profile.emailVerifiedAt().isPresent(),
                  profile.language().map(MailLanguage::code).orElse(null),
                  profile.user().inviteCode(),
                  totp,
                  new MyTenant(
                      tenant.id().value(),
                      tenant.name(),
                      tenant.currency().code(),
                      tenant.zone().getId()),
                  FEATURES,
                  profile.user().createdAt()));
        });
  }

  private Response change(Request request) {
    InSession caller = gate.require(request);
    String code = JsonFields.of(request.json()).requireText("language", "en or zh");
    MailLanguage language =
        MailLanguage.find(code).orElseThrow(() -> GivenText.refused("language", code, "en or zh"));
    var _ =
        transactions.write(
            transaction -> {
              profiles.setLanguage(transaction, caller.user().user(), language);
              return language;
            });
    return shown(caller);
  }

  private Response sessions(Request request) {
    InSession caller = gate.require(request);
    List<OpenSession> open = sessions.list(caller.user().tenant(), caller.user().user());
    return PortalAnswer.of(
        open.stream().map(session -> SessionRow.of(session, caller.session())).toList());
  }

  private Response endSession(Request request) {
    InSession caller = gate.require(request);
    Optional<UUID> id = uuid(request.pathParam("id"));
    if (id.isEmpty() || !sessions.end(caller.user().tenant(), caller.user().user(), id.get())) {
      throw new Refusal(
          ErrorCode.NOT_FOUND,
          "there is no open session " + GivenText.shown(request.pathParam("id")));
    }
    return PortalAnswer.done("the session has ended");
  }

  private Response endOthers(Request request) {
    InSession caller = gate.require(request);
    int ended =
        sessions.endAll(
            caller.user().tenant(), caller.user().user(), Optional.of(caller.session()));
    return PortalAnswer.of(Map.of("ended", ended));
  }

  private Response changePassword(Request request) {
    InSession caller = gate.require(request);
    JsonFields body = JsonFields.of(request.json());
    passports.changePassword(
        caller,
        body.requireSecret("old_password"),
        body.requireSecret("new_password"),
        PortalGate.origin(request));
    return PortalAnswer.done("password changed; other sessions have ended");
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException _) {
      // as one that is not there
      return Optional.empty();
    }
  }

  /**
   * @param userId as sync, billing and the relay name the user
   * @param email null: a backend made the user
   * @param language null: not chosen
   * @param features what of the product is there
   */
  private record Me(
      String userId,
      @Nullable String email,
      boolean emailVerified,
      @Nullable String language,
      String inviteCode,
      boolean totp,
      MyTenant tenant,
      List<String> features,
      Instant createdAt) {}

  private record MyTenant(long id, String name, String currency, String zone) {}

  /**
   * @param current whether it is the one that asks
   */
  private record SessionRow(
      String id,
      boolean current,
      String method,
      String device,
      String address,
      Instant createdAt,
      Instant lastSeenAt,
      Instant expiresAt) {
    static SessionRow of(OpenSession session, UUID current) {
      return new SessionRow(
          session.id().toString(),
          session.id().equals(current),
          session.method(),
          session.device(),
          session.address(),
          session.createdAt(),
          session.lastSeenAt(),
          session.expiresAt());
    }
  }
}
