package io.tollgate.app;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.web.HttpInterface;
import io.tollgate.web.InterfaceRoutes;
import io.tollgate.web.ListeningPort;
import io.tollgate.web.Routes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The servers of this process, and which routes each has.
 *
 * @param own interfaces that have a server of their own
 * @param publicly routes of the public server; empty where there is none
 * @param together whether all interfaces share a public and a private server
 */
record ServerPlan(
    boolean together,
    Map<HttpInterface, List<Routes>> own,
    List<Routes> publicly,
    List<Routes> privately) {

  /** One public and one private server for everything. */
  static ServerPlan together(List<InterfaceRoutes> offered) {
    return new ServerPlan(
        true,
        Map.of(),
        offered.stream()
            .filter(o -> o.of().open() && !o.of().apartOnly())
            .map(InterfaceRoutes::routes)
            .toList(),
        offered.stream().filter(o -> o.of().internal()).map(InterfaceRoutes::routes).toList());
  }

  /** A server for each interface of these roles that has a port of its own. */
  static ServerPlan apart(List<InterfaceRoutes> offered, Set<String> roles) {
    Map<HttpInterface, List<Routes>> own = new LinkedHashMap<>();
    List<Routes> publicly = new ArrayList<>();
    List<Routes> privately = new ArrayList<>();
    for (InterfaceRoutes routes : offered) {
      HttpInterface face = routes.of();
      if (roles.contains(face.role())) {
        if (face.ownPort().isPresent()) {
          own.computeIfAbsent(face, _ -> new ArrayList<>()).add(routes.routes());
        } else if (face.open()) {
          publicly.add(routes.routes());
        }
        if (face.internal()) {
          privately.add(routes.routes());
        }
      }
    }
    return new ServerPlan(false, own, publicly, privately);
  }

  boolean hasPublic() {
    return together || !publicly.isEmpty();
  }

  static ListeningPort publicListener(AppConfig config) {
    return new ListeningPort("public", config.publicPort(), AppConfig.PORT.name());
  }

  static ListeningPort privateListener(AppConfig config) {
    return new ListeningPort("private", config.privatePort(), AppConfig.PRIVATE_PORT.name());
  }

  static ListeningPort listener(HttpInterface face, Settings settings) {
    Setting<Integer> port = face.ownPort().orElseThrow();
    return new ListeningPort(face.role(), settings.get(port), port.name());
  }
}
