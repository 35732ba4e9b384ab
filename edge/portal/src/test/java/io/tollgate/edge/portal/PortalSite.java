package io.tollgate.edge.portal;

import io.tollgate.billing.BillingModule;
import io.tollgate.billing.ChargesConfig;
import io.tollgate.billing.GrantLimits;
import io.tollgate.billing.ServicesConfig;
import io.tollgate.billing.ServicesModule;
import io.tollgate.billing.UserAlerts;
import io.tollgate.data.testing.TestSettings;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.MailConfig;
import io.tollgate.identity.NewUser;
import io.tollgate.identity.PassportConfig;
import io.tollgate.identity.PassportModule;
import io.tollgate.identity.SignOnConfig;
import io.tollgate.identity.User;
import io.tollgate.identity.UserNotices;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Ledgers;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.metering.Metering;
import io.tollgate.site.testing.ServedAnswer;
import io.tollgate.site.testing.ServedRoutes;
import io.tollgate.site.testing.TestSite;
import io.tollgate.web.PublicAddress;
import io.tollgate.web.Routes;
import io.tollgate.web.SessionCookie;
import io.tollgate.web.SignInShelter;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The users' interface served on a free port over a real database, with one user. */
final class PortalSite implements AutoCloseable {
  static final String EMAIL = "ann@a.example";
  static final String PASSWORD = "four words are enough";

  private final TestSite site = TestSite.create();
  final IdentityModule identity = site.identity();
  final TenantId tenant = site.tenant("Acme", 0).id();
  final UserId user;
  private final BillingModule billing =
      BillingModule.over(
          site.transactions(),
          site.ledger(),
          Ledgers.queries(),
          identity,
          GrantLimits.defaults(),
          site.clock());
  private final ServicesModule services;
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
    Settings defaults =
        TestSettings.defaults(
            Stream.of(ServicesConfig.settings(), ChargesConfig.settings())
                .<Setting<?>>flatMap(List::stream)
                .toList());
    services =
        ServicesModule.over(
            site.transactions(),
            site.ledger(),
            identity,
            billing,
            ServicesConfig.from(defaults),
            ChargesConfig.from(defaults),
            site.clock(),
            System::nanoTime,
            site.random());
    PortalGate gate = new PortalGate(identity.userSessions(), SessionCookie.ofUsers(false));
    served =
        ServedRoutes.behindProxy(
            all(
                new PortalRoutes(
                    site.transactions(), identity, passport, shelter, figures(), site.clock(), 3),
                new MySpendingRoutes(
                    site.transactions(),
                    identity.tenants(),
                    site.ledger(),
                    services.records(),
                    site.clock(),
                    gate),
                new MyStatementRoutes(site.transactions(), Ledgers.statements(), gate, 1_000),
                new MyAlertRoutes(
                    site.transactions(),
                    identity.tenants(),
                    billing.userAlerts(),
                    passport.notices(),
                    site.clock(),
                    gate)));
    user = user(tenant, EMAIL);
  }

  private KeyFigures figures() {
    return new KeyFigures(
        identity.tenants(), Metering.usageQueries(), billing.spendLimitSettings());
  }

  private static Routes all(Routes... areas) {
    return (table, loop, vertx) -> {
      for (Routes area : areas) {
        area.declare(table, loop, vertx);
      }
    };
  }

  /** Moves units into an account of a user from the outside; less than nothing takes them. */
  void post(String kind, UserId of, AccountKind account, long units, String reference) {
    Asset usd = Asset.money("USD");
    site.run(
        transaction -> {
          Ledger ledger = site.ledger();
          ledger.define(transaction, usd);
          AccountId world =
              ledger.open(
                  transaction,
                  AccountKey.world(tenant, AccountKind.WORLD_PAYMENTS, usd),
                  AccountTerms.PLAIN);
          AccountId theirs =
              ledger.open(
                  transaction, AccountKey.ofUser(tenant, of, account, usd), AccountTerms.PLAIN);
          var _ =
              ledger.post(
                  transaction,
                  new TransferRequest(
                      kind,
                      tenant,
                      "test",
                      kind + reference,
                      RequestHash.of(kind, reference),
                      reference,
                      site.clock().instant(),
                      List.of(new Leg(world, -units), new Leg(theirs, units)),
                      List.of()));
        });
  }

  /** Looks once for what users wanted to be told of, as is done again and again. */
  void lookForAlerts(UserNotices notices) {
    new AlertRun(
            site.transactions(),
            identity.tenants(),
            billing.userAlerts(),
            billing.standings(),
            notices,
            site.clock())
        .run();
  }

  void want(UserId of, UserAlerts.Wanted wanted) {
    site.run(tx -> billing.userAlerts().set(tx, tenant, of, wanted, site.clock().instant()));
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
    services.close();
    site.close();
  }
}
