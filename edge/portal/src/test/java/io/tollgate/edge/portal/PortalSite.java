package io.tollgate.edge.portal;

import io.tollgate.data.testing.TestSettings;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.MailConfig;
import io.tollgate.identity.NewUser;
import io.tollgate.identity.PassportConfig;
import io.tollgate.identity.PassportModule;
import io.tollgate.identity.SignOnConfig;
import io.tollgate.identity.User;
import io.tollgate.site.testing.ServedAnswer;
import io.tollgate.site.testing.ServedRoutes;
import io.tollgate.site.testing.TestSite;
import io.tollgate.web.PublicAddress;
import io.tollgate.web.SignInShelter;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.OptionalLong;

/** The users' interface served on a free port over a real database, with one user. */
final class PortalSite implements AutoCloseable {
  static final String EMAIL = "ann@a.example";
  static final String PASSWORD = "four words are enough";

  private final TestSite site = TestSite.create();
  final IdentityModule identity = site.identity();
  final TenantId tenant = site.tenant("Acme", 0).id();
  final UserId user;
  private final ServedRoutes served;

  PortalSite() {
    this("http://127.0.0.1");
  }

  PortalSite(String publicUrl) {
    this(publicUrl, SignInShelter.open());
  }

  /** One where nobody signs in over plain HTTP from elsewhere; every caller is a trusted proxy. */
  static PortalSite sheltered() {
    return new PortalSite(
        "http://127.0.0.1",
        SignInShelter.of(
            PublicAddress.from(TestSettings.defaults(PublicAddress.settings()), true)));
  }

  private PortalSite(String publicUrl, SignInShelter shelter) {
    PassportModule passport =
        PassportModule.over(
            identity,
            PassportConfig.from(TestSettings.defaults(PassportConfig.settings())),
            MailConfig.from(TestSettings.defaults(MailConfig.settings())),
            SignOnConfig.from(TestSettings.defaults(SignOnConfig.settings())),
            () -> publicUrl);
    served =
        ServedRoutes.behindProxy(
            new PortalRoutes(site.transactions(), identity, passport, shelter, site.clock(), 3));
    user = user(tenant, EMAIL);
  }

  UserId user(TenantId of, String email) {
    NewUser wanted =
        new NewUser(
            of, Optional.empty(), Optional.of(email), Optional.of(PASSWORD), OptionalLong.empty());
    User made = site.write(tx -> identity.users().create(tx, wanted));
    return made.id();
  }

  TenantId tenant(String name) {
    return site.tenant(name, 0).id();
  }

  String login(String email) throws IOException, InterruptedException {
    ServedAnswer answer =
        post(
            "/api/v1/auth/login",
            "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, PASSWORD));
    return answer.data().required("token").asString();
  }

  ServedAnswer post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return send("POST", path, body, headers);
  }

  ServedAnswer send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    return ServedAnswer.of(raw(method, path, body, headers));
  }

  HttpResponse<byte[]> raw(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        served
            .to(path)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return served.send(request);
  }

  /** Where it is served, as a browser names it. */
  String origin() {
    java.net.URI uri = served.to("/").build().uri();
    return uri.getScheme() + "://" + uri.getAuthority();
  }

  @Override
  public void close() {
    served.close();
    site.close();
  }
}
