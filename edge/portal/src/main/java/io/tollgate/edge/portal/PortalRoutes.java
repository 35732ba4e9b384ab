package io.tollgate.edge.portal;

import io.tollgate.data.Transactions;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.PassportModule;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.tollgate.web.SessionCookie;
import io.tollgate.web.SignInShelter;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;

/** What users do for themselves, for the public port. */
public final class PortalRoutes implements Routes {
  private final List<Routes> areas;

  /**
   * @param shelter what is asked of the way of a sign-in
   * @param keysMax keys of one user that have not ended
   */
  public PortalRoutes(
      Transactions transactions,
      IdentityModule identity,
      PassportModule passport,
      SignInShelter shelter,
      KeyFigures figures,
      InstantSource clock,
      int keysMax) {
    SessionCookie cookie = SessionCookie.ofUsers(passport.address().secure());
    PortalGate gate = new PortalGate(identity.userSessions(), cookie);
    SessionAnswers answers = new SessionAnswers(cookie, shelter, clock);
    this.areas =
        List.of(
            new SignInRoutes(passport.passports(), gate, answers),
            new SignOnRoutes(
                passport.signOn(),
                new SessionCookie("tg_sign_on", passport.address().secure()),
                answers),
            new MySignOnRoutes(
                passport.signOn(),
                new SessionCookie("tg_sign_on", passport.address().secure()),
                gate),
            new MeRoutes(
                transactions,
                identity.userProfiles(),
                identity.userChoices(),
                identity.tenants(),
                passport.secondFactors(),
                gate),
            new MySessionRoutes(identity.userSessions(), passport.passports(), gate),
            new MyFactorRoutes(transactions, identity.users(), passport.secondFactors(), gate),
            new MyKeyRoutes(transactions, identity.keyRegister(), figures, gate, clock, keysMax),
            new MyPlaygroundRoutes(identity.playgroundKeys(), gate));
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    areas.forEach(area -> area.declare(table, loop, vertx));
  }
}
