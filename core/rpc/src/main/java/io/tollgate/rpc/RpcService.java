package io.tollgate.rpc;

import static java.util.Objects.requireNonNull;

import io.grpc.ServerServiceDefinition;
import io.tollgate.ground.config.Setting;
import java.util.Optional;

/**
 * A service that a module offers over gRPC, and where it is served. In one process with everything
 * it is on the shared gRPC server; in a process of chosen roles too, unless its role has a port of
 * its own.
 *
 * @param role in whose processes it is served
 * @param ownPort its port as a role of its own; empty: it stays on the shared server
 */
public record RpcService(
    String role, Optional<Setting<Integer>> ownPort, ServerServiceDefinition definition) {
  public RpcService {
    requireNonNull(role, "role is null");
    requireNonNull(ownPort, "ownPort is null");
    requireNonNull(definition, "definition is null");
  }

  /** On the shared server. */
  public static RpcService of(String role, ServerServiceDefinition definition) {
    return new RpcService(role, Optional.empty(), definition);
  }

  /** The same, with a server of its own as a role of its own. */
  public RpcService withOwnPort(Setting<Integer> port) {
    return new RpcService(role, Optional.of(port), definition);
  }
}
