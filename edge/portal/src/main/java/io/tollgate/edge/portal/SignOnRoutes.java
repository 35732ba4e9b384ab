package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import io.tollgate.identity.SignOn;
import io.tollgate.identity.SignOn.Begun;
import io.tollgate.identity.SignOn.Returned;
import io.tollgate.identity.SignOn.UserEnd;
import io.tollgate.identity.SignOn.Wanted;
import io.tollgate.identity.SignOnProvider.Face;
import io.tollgate.identity.SignedIn;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Json;
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

/**
 * {@code /api/v1/auth/oidc}: users sign on by another provider. Begun and ended by a page of ours:
 * the provider sends the browser back to it, and it posts what came along.
 */
final class SignOnRoutes implements Routes {
  private static final String AUTH = "/api/v1/auth";
  private static final String PATH = AUTH + "/oidc/{provider}";
  private static final byte[] NOTHING = {'{', '}'};
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final SignOn signOn;
  private final SessionCookie browser;
  private final SessionAnswers answers;

  /**
   * @param browser keeps what tells the browser that began a sign-on from others
   */
  SignOnRoutes(SignOn signOn, SessionCookie browser, SessionAnswers answers) {
    this.signOn = requireNonNull(signOn, "signOn is null");
    this.browser = requireNonNull(browser, "browser is null");
    this.answers = requireNonNull(answers, "answers is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.blocking(HttpMethod.GET, AUTH + "/providers", errors, this::providers);
    table.blocking(HttpMethod.POST, PATH + "/start", errors, this::start);
    table.blocking(HttpMethod.POST, PATH + "/callback", errors, this::callback);
  }

  private Response providers(Request request) {
    return PortalAnswer.of(
        signOn.providers(Face.USERS).stream()
            .map(provider -> Map.of("name", provider.name(), "label", provider.label()))
            .toList());
  }

  private Response start(Request request) {
    JsonFields body =
        JsonFields.of(request.body().length == 0 ? Json.read(NOTHING) : request.json());
    Begun begun =
        signOn.begin(
            Face.USERS,
            new Wanted(
                request.pathParam("provider"),
                body.wholeNumber("tenant_id", 1, Long.MAX_VALUE).map(TenantId::new),
                PortalGate.host(request),
                body.text("return_to", "a path below /portal").orElse("")),
            PortalGate.origin(request));
    return PortalAnswer.of(Map.of("url", begun.url()))
        .withHeader("Set-Cookie", browser.set(begun.browser(), LIFE));
  }

  private Response callback(Request request) {
    answers.requireShelter(request);
    JsonFields body = JsonFields.of(request.json());
    SignedIn.Kind kind = answers.kind(request, body);
    UserEnd end =
        signOn.endOfUser(
            new Returned(
                request.pathParam("provider"),
                body.requireSecret("code"),
                body.requireSecret("state"),
                browser.value(request).orElse("")),
            kind,
            PortalGate.origin(request));
    return answers.opened(end.session(), kind, end.returnTo());
  }
}
