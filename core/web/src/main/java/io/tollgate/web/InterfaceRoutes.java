package io.tollgate.web;

import static java.util.Objects.requireNonNull;

/** Routes that a module offers, with the interface that they belong to. */
public record InterfaceRoutes(HttpInterface of, Routes routes) {
  public InterfaceRoutes {
    requireNonNull(of, "of is null");
    requireNonNull(routes, "routes is null");
  }
}
