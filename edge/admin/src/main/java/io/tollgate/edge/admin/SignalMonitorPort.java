package io.tollgate.edge.admin;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.AdminLogModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.PassportModule;
import io.tollgate.trading.engine.SignalMonitorModule;
import io.tollgate.web.CenterToken;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.HttpInterface;
import io.tollgate.web.InterfaceRoutes;
import io.tollgate.web.Request;
import io.tollgate.web.Routes;
import io.tollgate.web.WebConfig;
import java.util.List;
import java.util.function.Predicate;

/**
 * The signal monitor's own port, as a role of its own: for administrators, for who has the token of
 * centre and nodes, and, where that is set on a loopback address, for everybody.
 */
public final class SignalMonitorPort implements ProgramModule {
  private static final Setting<Integer> PORT =
      Setting.port(
          "signal.monitor.port", 8_020, "Port of the signal monitor as a role of its own.");
  private static final Setting<Boolean> AUTH =
      Setting.flag(
          "monitor.auth.enabled",
          true,
          "Whether the signal monitor's own port asks who calls; off only on a loopback address");
  private static final HttpInterface PORT_OF_ITS_OWN =
      HttpInterface.open(SignalMonitorModule.ROLE)
          .withOwnPort(PORT)
          .refusing(ErrorForms.admin())
          .apart();

  public static final ModuleEntry<SignalMonitorPort> ENTRY =
      ModuleEntry.of(SignalMonitorPort.class, SignalMonitorPort::new)
          .inRole(SignalMonitorModule.ROLE)
          .with(List.of(PORT, AUTH))
          .stating(HttpInterface.class, List.of(PORT_OF_ITS_OWN));

  private final Routes routes;

  private SignalMonitorPort(ModuleSite site) {
    AdminGate gate =
        AdminGate.of(site.module(IdentityModule.class), site.module(PassportModule.class))
            .letting(others(site));
    this.routes =
        new NotedRoutes(
            new MonitorAdmin(site, "/api", gate), site.module(AdminLogModule.class).changes());
  }

  private static Predicate<Request> others(ModuleSite site) {
    boolean loopback = WebConfig.from(site.settings()).isLoopback();
    if (!site.settings().get(AUTH)) {
      if (!loopback) {
        throw new SettingsException(
            "monitor.auth.enabled: false (expected: true, unless bind.address is a loopback"
                + " address: whoever reaches the port could start and stop trading)");
      }
      return _ -> true;
    }
    if (!site.settings().get(CenterToken.ENABLED)) {
      return _ -> false;
    }
    CenterToken token = CenterToken.from(site.settings(), loopback);
    return request -> hasToken(token, request);
  }

  private static boolean hasToken(CenterToken token, Request request) {
    if (token.secret().isEmpty() || request.header(CenterToken.HEADER).isEmpty()) {
      return false;
    }
    try {
      token.require(request);
      return true;
    } catch (Refusal e) {
      if (e.code() != ErrorCode.UNAUTHENTICATED) {
        throw e;
      }
      return false;
    }
  }

  @Override
  public Offers offers() {
    return Offers.of(InterfaceRoutes.class, new InterfaceRoutes(PORT_OF_ITS_OWN, routes));
  }
}
