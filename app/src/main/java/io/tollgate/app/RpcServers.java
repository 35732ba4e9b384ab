package io.tollgate.app;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.rpc.RpcConfig;
import io.tollgate.rpc.RpcServer;
import io.tollgate.rpc.RpcService;
import io.tollgate.web.ListeningPort;
import io.tollgate.web.PortUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The gRPC servers of this process, and which services each has. */
record RpcServers(Map<ListeningPort, List<RpcService>> planned) {
  private static final String SHARED = "grpc";

  /** One server for everything. */
  static RpcServers together(AppConfig config, List<RpcService> offered) {
    return new RpcServers(Map.of(shared(config), List.copyOf(offered)));
  }

  /** Services of these roles: on the shared server, or on one of their own. */
  static RpcServers apart(
      AppConfig config, Settings settings, List<RpcService> offered, Set<String> roles) {
    Map<ListeningPort, List<RpcService>> planned = new LinkedHashMap<>();
    for (RpcService service : offered) {
      if (roles.contains(service.role())) {
        ListeningPort port =
            service
                .ownPort()
                .map(own -> own(service.role(), own, settings))
                .orElseGet(() -> shared(config));
        planned.computeIfAbsent(port, _ -> new ArrayList<>()).add(service);
      }
    }
    return new RpcServers(planned);
  }

  private static ListeningPort shared(AppConfig config) {
    return new ListeningPort(SHARED, config.grpcPort(), AppConfig.GRPC_PORT.name());
  }

  private static ListeningPort own(String role, Setting<Integer> port, Settings settings) {
    return new ListeningPort(role + "-grpc", settings.get(port), port.name());
  }

  /** Opens one of them. */
  static RpcServer open(
      RpcConfig config,
      ListeningPort port,
      List<RpcService> services,
      RpcServer.Surroundings surroundings) {
    try {
      return RpcServer.open(config, port.name(), port.port(), services, surroundings);
    } catch (IOException e) {
      Throwable cause = e.getCause();
      throw new PortUnavailableException(port, config.bindAddress(), cause == null ? e : cause);
    }
  }
}
