package io.tollgate.billing.internal.rpc;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.BearerTokens;
import io.tollgate.identity.Principal;
import io.tollgate.identity.ServiceTokens;
import io.tollgate.rpc.RpcCall;
import java.util.Optional;

/**
 * Who calls: a tenant's backend by metadata {@code x-service-token}, or a user by {@code
 * authorization}. A backend reaches the users of its tenant, a user themselves only.
 */
public final class RpcCallers {
  private final ServiceTokens serviceTokens;
  private final BearerTokens bearers;

  public RpcCallers(ServiceTokens serviceTokens, BearerTokens bearers) {
    this.serviceTokens = requireNonNull(serviceTokens, "serviceTokens is null");
    this.bearers = requireNonNull(bearers, "bearers is null");
  }

  /** A user of a tenant, by external id. */
  public record Reached(TenantId tenant, String user) {}

  /**
   * The tenant whose backend calls.
   *
   * @throws Refusal {@code UNAUTHENTICATED}; {@code FORBIDDEN} when it is no backend
   */
  public TenantId backend() {
    return switch (principal()) {
      case Principal.OfService service -> service.tenant();
      case Principal.OfUser _, Principal.OfAdmin _ ->
          throw new Refusal(
              ErrorCode.FORBIDDEN, "the token is no backend's (expected: a service token)");
    };
  }

  /**
   * The user that the call is about.
   *
   * @param externalId as it was given; a user may leave it out
   * @throws Refusal {@code UNAUTHENTICATED}; {@code FORBIDDEN} when it is another user; {@code
   *     INVALID_REQUEST} when a backend names nobody
   */
  public Reached reach(String externalId) {
    return switch (principal()) {
      case Principal.OfService service -> {
        if (externalId.isEmpty()) {
          throw new Refusal(ErrorCode.INVALID_REQUEST, "userId: missing (expected: a user's id)");
        }
        yield new Reached(service.tenant(), externalId);
      }
      case Principal.OfUser user -> {
        if (!externalId.isEmpty() && !externalId.equals(user.externalId())) {
          throw new Refusal(
              ErrorCode.FORBIDDEN, "the token is another user's (expected: that of the user)");
        }
        yield new Reached(user.tenant(), user.externalId());
      }
      case Principal.OfAdmin _ ->
          throw new Refusal(
              ErrorCode.FORBIDDEN,
              "administrators may not call this (expected: the user's own token or a service"
                  + " token)");
    };
  }

  private Principal principal() {
    RpcCall call = RpcCall.current();
    Optional<String> service = call.serviceToken();
    Optional<Principal> found =
        service.isPresent()
            ? service.flatMap(serviceTokens::find).map(Principal.OfService::new)
            : call.bearerToken().flatMap(bearers::identify);
    return found.orElseThrow(
        () ->
            new Refusal(
                ErrorCode.UNAUTHENTICATED,
                "token missing or not known (expected: metadata x-service-token, or authorization"
                    + " with Bearer and a user's token)"));
  }
}
