package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.identity.PlaygroundKeys;
import io.tollgate.identity.PlaygroundKeys.PlaygroundKey;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;

/** {@code /api/v1/me/playground-key}: a key for the page on which models are tried. */
final class MyPlaygroundRoutes implements Routes {
  private final PlaygroundKeys keys;
  private final PortalGate gate;

  MyPlaygroundRoutes(PlaygroundKeys keys, PortalGate gate) {
    this.keys = requireNonNull(keys, "keys is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(
        HttpMethod.POST, "/api/v1/me/playground-key", ErrorForms.standard(), this::issue);
  }

  private Response issue(Request request) {
    PlaygroundKey issued = keys.issue(gate.require(request));
    return PortalAnswer.of(
        new Shown(issued.key().secret(), issued.key().id().value(), issued.expiresAt()));
  }

  /** A key with its secret, which is shown this once. */
  private record Shown(String secret, long keyId, Instant expiresAt) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Shown[keyId=" + keyId + "]";
    }
  }
}
