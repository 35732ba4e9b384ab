package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import io.tollgate.identity.Admins.AdminSession;
import io.tollgate.identity.SignOnProvider.Face;
import java.util.List;
import java.util.Optional;

/**
 * Sign-on by other providers: OpenID Connect's authorization code flow with PKCE (RFC 7636), state
 * and nonce. Each begun sign-on ends once, in the browser that began it, within ten minutes. Who
 * somebody is at a provider is kept by issuer and subject. Blocking. Safe for use by many threads.
 */
public interface SignOn {
  /** The providers for these, in the order of the setting. */
  List<SignOnProvider> providers(Face face);

  /**
   * Begins one.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such provider; {@code
   *     INVALID_REQUEST} when the place to return to is not a path of ours; {@code UNAVAILABLE}
   *     when the provider does not answer
   */
  Begun begin(Face face, Wanted wanted, SignInOrigin origin);

  /**
   * Ends one of a user, who is then in a session.
   *
   * @throws io.tollgate.ground.Refusal {@code LINK_INVALID} when state, code or browser are not
   *     those of one that was begun; {@code UPSTREAM_FAILED} when what the provider says cannot be
   *     believed; {@code FORBIDDEN} when there is no account and none is made; {@code CONFLICT}
   *     when there is an account of the address that is not linked
   */
  UserEnd endOfUser(Returned returned, SignedIn.Kind kind, SignInOrigin origin);

  /** Ends one of an administrator, who must be there already; else as with users. */
  AdminEnd endOfAdmin(Returned returned, SignInOrigin origin);

  /**
   * What is wanted.
   *
   * @param host the host name of the request, without port
   * @param returnTo the page of ours that goes on afterwards
   */
  record Wanted(String provider, Optional<TenantId> tenant, String host, String returnTo) {
    public Wanted {
      requireNonNull(provider, "provider is null");
      requireNonNull(tenant, "tenant is null");
      requireNonNull(host, "host is null");
      requireNonNull(returnTo, "returnTo is null");
    }
  }

  /**
   * A sign-on that was begun.
   *
   * @param url where the browser goes
   * @param browser a secret that the browser keeps and brings back
   */
  record Begun(String url, String browser) {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "Begun[]";
    }
  }

  /** What the browser brings back. */
  record Returned(String provider, String code, String state, String browser) {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "Returned[provider=" + provider + "]";
    }
  }

  /** A user who has signed on, and where they go. */
  record UserEnd(SignedIn session, String returnTo) {}

  /** An administrator who has signed on, and where they go. */
  record AdminEnd(AdminSession session, String returnTo) {}
}
