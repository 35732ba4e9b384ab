package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.AdminRole;
import io.tollgate.identity.Admins;
import io.tollgate.identity.Principal;
import io.tollgate.web.BlockingRoute;
import io.tollgate.web.Request;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets administrators through, and nobody else. */
final class AdminGate {
  private final Admins admins;

  AdminGate(Admins admins) {
    this.admins = requireNonNull(admins, "admins is null");
  }

  /** The same route for administrators only. */
  BlockingRoute guard(BlockingRoute route) {
    return request -> {
      var unused = require(request);
      return route.handle(request);
    };
  }

  /** The same route for administrators of some roles only. */
  BlockingRoute guard(Set<AdminRole> roles, BlockingRoute route) {
    return request -> {
      AdminRole role = require(request).role();
      if (!roles.contains(role)) {
        throw new Refusal(
            ErrorCode.FORBIDDEN,
            "role: "
                + named(role)
                + " (expected: "
                + roles.stream().sorted().map(AdminGate::named).collect(Collectors.joining(" or "))
                + ")");
      }
      return route.handle(request);
    };
  }

  private static String named(AdminRole role) {
    return role.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Who calls.
   *
   * @throws Refusal {@code UNAUTHENTICATED} without an open session's token
   */
  Principal.OfAdmin require(Request request) {
    return request.bearerToken().flatMap(admins::identify).orElseThrow(AdminGate::refusal);
  }

  /** The token of an open session. */
  String token(Request request) {
    var unused = require(request);
    return request.bearerToken().orElseThrow(AdminGate::refusal);
  }

  private static Refusal refusal() {
    return new Refusal(
            ErrorCode.UNAUTHENTICATED,
            "session token missing, expired or not known (expected: Authorization: Bearer)")
        .withDetails("log in with POST /api/auth/login");
  }
}
