package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.identity.SignOn;
import io.tollgate.identity.SignOn.AdminEnd;
import io.tollgate.identity.SignOn.Begun;
import io.tollgate.identity.SignOn.Returned;
import io.tollgate.identity.SignOn.Wanted;
import io.tollgate.identity.SignOnProvider.Face;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.tollgate.web.SessionCookie;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** {@code /api/auth/oidc}: administrators sign on by another provider. */
final class AdminSignOnRoutes implements Routes {
  private static final String PATH = "/api/auth/oidc/{provider}";
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final SignOn signOn;
  private final SessionCookie browser;
  private final AdminLoginAnswers answers;

  AdminSignOnRoutes(SignOn signOn, SessionCookie browser, AdminLoginAnswers answers) {
    this.signOn = requireNonNull(signOn, "signOn is null");
    this.browser = requireNonNull(browser, "browser is null");
    this.answers = requireNonNull(answers, "answers is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    table.blocking(HttpMethod.GET, "/api/auth/providers", errors, this::providers);
    table.blocking(HttpMethod.POST, PATH + "/start", errors, this::start);
    table.blocking(HttpMethod.POST, PATH + "/callback", errors, this::callback);
  }

  private Response providers(Request request) {
    return AnswerEnvelope.of(
        signOn.providers(Face.ADMINS).stream()
            .map(provider -> Map.of("name", provider.name(), "label", provider.label()))
            .toList());
  }

  private Response start(Request request) {
    String returnTo =
        request.body().length == 0
            ? ""
            : JsonFields.of(request.json()).text("return_to", "a path below /console").orElse("");
    Begun begun =
        signOn.begin(
            Face.ADMINS,
            new Wanted(request.pathParam("provider"), Optional.empty(), "", returnTo),
            AdminGate.origin(request));
    return AnswerEnvelope.of(Map.of("url", begun.url()))
        .withHeader("Cache-Control", "no-store")
        .withHeader("Set-Cookie", browser.set(begun.browser(), LIFE));
  }

  private Response callback(Request request) {
    answers.requireShelter(request);
    JsonFields body = JsonFields.of(request.json());
    boolean inCookie = answers.wantsCookie(request, body);
    AdminEnd end =
        signOn.endOfAdmin(
            new Returned(
                request.pathParam("provider"),
                body.requireSecret("code"),
                body.requireSecret("state"),
                browser.value(request).orElse("")),
            AdminGate.origin(request));
    return answers.of(end.session(), inCookie, Map.of("return_to", end.returnTo()));
  }
}
