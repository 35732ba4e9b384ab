package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.GivenText;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.LoginAttempt;
import io.tollgate.identity.MailLanguage;
import io.tollgate.identity.NamedAccount;
import io.tollgate.identity.Passports;
import io.tollgate.identity.Registration;
import io.tollgate.identity.SignedIn;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.Optional;

/** {@code /api/v1/auth}: users register, log in, refresh, and get their passwords back. */
final class SignInRoutes implements Routes {
  private static final String PATH = "/api/v1/auth";
  private static final long BODY_MAX = 64 << 10;
  private static final String ASKED =
      "if the address can be used for this, a mail is on its way to it";

  private final Passports passports;
  private final PortalGate gate;
  private final SessionAnswers answers;

  SignInRoutes(Passports passports, PortalGate gate, SessionAnswers answers) {
    this.passports = requireNonNull(passports, "passports is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.answers = requireNonNull(answers, "answers is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.fallback(PATH, errors);
    table.blocking(HttpMethod.POST, PATH + "/register", errors, BODY_MAX, this::register);
    table.blocking(HttpMethod.POST, PATH + "/verify", errors, BODY_MAX, this::verify);
    table.blocking(HttpMethod.POST, PATH + "/resend", errors, BODY_MAX, this::resend);
    table.blocking(HttpMethod.POST, PATH + "/login", errors, BODY_MAX, this::login);
    table.blocking(HttpMethod.POST, PATH + "/refresh", errors, BODY_MAX, this::refresh);
    table.blocking(HttpMethod.POST, PATH + "/logout", errors, BODY_MAX, this::logout);
    table.blocking(HttpMethod.POST, PATH + "/forgot", errors, BODY_MAX, this::forgot);
    table.blocking(HttpMethod.POST, PATH + "/reset", errors, BODY_MAX, this::reset);
  }

  private Response register(Request request) {
    answers.requireShelter(request);
    JsonFields body = JsonFields.of(request.json());
    passports.register(
        new Registration(
            body.requireText("email", "an address"),
            body.requireSecret("password"),
            body.text("invite_code", "the code of a user").filter(code -> !code.isBlank()),
            PortalGate.host(request),
            language(request, body)),
        PortalGate.origin(request));
    return PortalAnswer.of(Map.of("verification", passports.verifies() ? "mail" : "none"));
  }

  private Response verify(Request request) {
    answers.requireShelter(request);
    JsonFields body = JsonFields.of(request.json());
    SignedIn.Kind kind = answers.kind(request, body);
    return answers.opened(
        passports.verify(body.requireSecret("token"), kind, PortalGate.origin(request)), kind);
  }

  private Response resend(Request request) {
    JsonFields body = JsonFields.of(request.json());
    passports.resend(account(request, body), language(request, body), PortalGate.origin(request));
    return PortalAnswer.done(ASKED);
  }

  private Response login(Request request) {
    answers.requireShelter(request);
    JsonFields body = JsonFields.of(request.json());
    SignedIn.Kind kind = answers.kind(request, body);
    Optional<String> code =
        body.find("totp").isPresent()
            ? Optional.of(body.requireSecret("totp")).filter(text -> !text.isBlank())
            : Optional.empty();
    return answers.opened(
        passports.login(
            new LoginAttempt(account(request, body), body.requireSecret("password"), code, kind),
            PortalGate.origin(request)),
        kind);
  }

  /** By a refresh token: the next two; by the cookie: in the cookie again. */
  private Response refresh(Request request) {
    answers.requireShelter(request);
    Optional<String> cookie =
        request.body().length == 0 ? gate.cookie().token(request) : Optional.empty();
    if (cookie.isPresent()) {
      return answers.opened(
          passports.renew(cookie.get(), PortalGate.origin(request)), SignedIn.Kind.COOKIE);
    }
    JsonFields body = JsonFields.of(request.json());
    return answers.opened(
        passports.refresh(body.requireSecret("refresh_token"), PortalGate.origin(request)),
        SignedIn.Kind.BEARER);
  }

  private Response logout(Request request) {
    gate.token(request).ifPresent(passports::logout);
    if (request.body().length > 0) {
      JsonFields body = JsonFields.of(request.json());
      if (body.find("refresh_token").isPresent()) {
        passports.logout(body.requireSecret("refresh_token"));
      }
    }
    return PortalAnswer.done("goodbye").withHeader("Set-Cookie", gate.cookie().clear());
  }

  private Response forgot(Request request) {
    JsonFields body = JsonFields.of(request.json());
    passports.forgot(account(request, body), language(request, body), PortalGate.origin(request));
    return PortalAnswer.done(ASKED);
  }

  private Response reset(Request request) {
    answers.requireShelter(request);
    JsonFields body = JsonFields.of(request.json());
    passports.reset(
        body.requireSecret("token"), body.requireSecret("password"), PortalGate.origin(request));
    return PortalAnswer.done("password changed; every session has ended");
  }

  private static NamedAccount account(Request request, JsonFields body) {
    return new NamedAccount(
        body.requireText("email", "an address"),
        body.wholeNumber("tenant_id", 1, Long.MAX_VALUE).map(TenantId::new),
        PortalGate.host(request));
  }

  /** As the body says, else as the browser does. */
  private static MailLanguage language(Request request, JsonFields body) {
    return body.text("language", "en or zh")
        .map(
            code ->
                MailLanguage.find(code)
                    .orElseThrow(() -> GivenText.refused("language", code, "en or zh")))
        .orElseGet(() -> MailLanguage.accepted(request.header("Accept-Language").orElse("")));
  }
}
