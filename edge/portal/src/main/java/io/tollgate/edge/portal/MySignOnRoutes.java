package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.identity.Principal;
import io.tollgate.identity.SignOn;
import io.tollgate.identity.SignOn.Begun;
import io.tollgate.identity.SignOn.Returned;
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
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/me/sign-ons}: providers that the user who calls signs on by. One is linked as a
 * sign-on goes: begun here, and ended with what the browser brings back.
 */
final class MySignOnRoutes implements Routes {
  private static final String PATH = "/api/v1/me/sign-ons";
  private static final String ONE = PATH + "/{provider}";
  private static final byte[] NOTHING = {'{', '}'};
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final SignOn signOn;
  private final SessionCookie browser;
  private final PortalGate gate;

  /**
   * @param browser keeps what tells the browser that began a sign-on from others
   */
  MySignOnRoutes(SignOn signOn, SessionCookie browser, PortalGate gate) {
    this.signOn = requireNonNull(signOn, "signOn is null");
    this.browser = requireNonNull(browser, "browser is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.blocking(HttpMethod.GET, PATH, errors, this::list);
    table.blocking(HttpMethod.DELETE, ONE, errors, this::unlink);
    table.blocking(HttpMethod.POST, ONE + "/start", errors, this::start);
    table.blocking(HttpMethod.POST, ONE + "/callback", errors, this::callback);
  }

  private Response list(Request request) {
    Principal.OfUser user = gate.require(request).user();
    return PortalAnswer.of(signOn.linked(user).stream().map(Row::of).toList());
  }

  private Response start(Request request) {
    Principal.OfUser user = gate.require(request).user();
    JsonFields body =
        JsonFields.of(request.body().length == 0 ? Json.read(NOTHING) : request.json());
    Begun begun =
        signOn.beginLink(
            user,
            request.pathParam("provider"),
            PortalGate.host(request),
            body.text("return_to", "a path below /portal").orElse(""),
            PortalGate.origin(request));
    return PortalAnswer.of(Map.of("url", begun.url()))
        .withHeader("Set-Cookie", browser.set(begun.browser(), LIFE));
  }

  private Response callback(Request request) {
    Principal.OfUser user = gate.require(request).user();
    JsonFields body = JsonFields.of(request.json());
    String returnTo =
        signOn.endLink(
            user,
            new Returned(
                request.pathParam("provider"),
                body.requireSecret("code"),
                body.requireSecret("state"),
                browser.value(request).orElse("")),
            PortalGate.origin(request));
    return PortalAnswer.of(Map.of("return_to", returnTo));
  }

  private Response unlink(Request request) {
    Principal.OfUser user = gate.require(request).user();
    signOn.unlink(user, request.pathParam("provider"));
    return PortalAnswer.of(Map.of("message", "the provider is not linked"));
  }

  /**
   * A provider as its user sees it.
   *
   * @param linkedAt null: it is not linked
   */
  private record Row(String provider, String label, @Nullable Instant linkedAt) {
    static Row of(SignOn.Linked linked) {
      return new Row(linked.provider(), linked.label(), linked.since().orElse(null));
    }
  }
}
