package io.tollgate.billing.internal.callers;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.BearerTokens;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.Principal;
import io.tollgate.identity.ServiceTokens;
import io.tollgate.identity.UserSessions;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.SessionCookie;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Tells who calls, and whether they may reach a user: a user's own token reaches that user, a
 * service token its tenant's users, an administrator's nobody here. Safe for use by many threads.
 */
public final class BillingCallers {
  private final BearerTokens bearers;
  private final ServiceTokens serviceTokens;
  private final UserSessions sessions;
  private final SessionCookie cookie;

  /**
   * @param cookie in which browsers keep sessions of users
   */
  public BillingCallers(IdentityModule identity, SessionCookie cookie) {
    this.bearers = identity.bearers();
    this.serviceTokens = identity.serviceTokens();
    this.sessions = identity.userSessions();
    this.cookie = requireNonNull(cookie, "cookie is null");
  }

  /**
   * Whose data is asked for.
   *
   * @param externalId as the tenant calls the user
   */
  public record Reached(TenantId tenant, String externalId) {
    public Reached {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(externalId, "externalId is null");
    }
  }

  /**
   * Who calls the interfaces for users.
   *
   * @throws Refusal {@code UNAUTHENTICATED} without a good token; {@code FORBIDDEN} with an
   *     administrator's; {@code CSRF} when a cookie comes from another page
   */
  public Caller caller(Request request) {
    Principal principal =
        request
            .bearerToken()
            .flatMap(bearers::identify)
            .or(() -> inCookie(request))
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.UNAUTHENTICATED,
                        "token missing or not known (expected: Authorization: Bearer with the"
                            + " user's API key or session, or a service token)"));
    return switch (principal) {
      case Principal.OfUser user -> new Caller(user.tenant(), Optional.of(user.externalId()));
      case Principal.OfService service -> new Caller(service.tenant(), Optional.empty());
      case Principal.OfAdmin admin ->
          throw new Refusal(
              ErrorCode.FORBIDDEN,
              "administrator "
                  + admin.username()
                  + " may not do this (expected: the user's own token or a service token)");
    };
  }

  /** In a cookie there is a session of a user and nothing else; a bad token is not made up for. */
  private Optional<Principal> inCookie(Request request) {
    return request.header("Authorization").isPresent()
        ? Optional.empty()
        : cookie.token(request).flatMap(sessions::identify).map(UserSessions.InSession::user);
  }

  /**
   * A caller.
   *
   * @param user who they are, where they are a user
   */
  public record Caller(TenantId tenant, Optional<String> user) {
    public Caller {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
    }

    /**
     * The same, if they may reach that user.
     *
     * @throws Refusal {@code FORBIDDEN} when the user is another
     */
    public Reached reaching(String externalId) {
      user.filter(own -> !own.equals(externalId))
          .ifPresent(
              own -> {
                throw new Refusal(
                    ErrorCode.FORBIDDEN,
                    "the token is another user's (expected: that of "
                        + GivenText.shown(externalId)
                        + ")");
              });
      return new Reached(tenant, externalId);
    }
  }

  /**
   * The tenant whose backend calls.
   *
   * @throws Refusal {@code UNAUTHENTICATED} without a good service token
   */
  public TenantId backend(Request request) {
    return request
        .header("X-Service-Token")
        .flatMap(serviceTokens::find)
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.UNAUTHENTICATED,
                    "service token missing or not known (expected: header X-Service-Token)"));
  }

  /** The user of a body, as a text or a number. */
  public static String userId(JsonFields body) {
    Optional<JsonNode> number = body.find("user_id").filter(JsonNode::isIntegralNumber);
    return number.isPresent()
        ? number.get().asString()
        : body.requireText("user_id", "a text or a number");
  }
}
