package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import io.tollgate.identity.Admins.AdminSession;
import io.tollgate.identity.SignOnProvider.Face;
import java.time.Instant;
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

  /**
   * Begins one that links a provider to the account of a user who is in a session.
   *
   * @throws io.tollgate.ground.Refusal as {@link #begin}
   */
  Begun beginLink(
      Principal.OfUser user, String provider, String host, String returnTo, SignInOrigin origin);

  /**
   * Ends one that links; who signs on there is this user from then on. The same again is nothing.
   *
   * @return the page of ours that goes on
   * @throws io.tollgate.ground.Refusal {@code LINK_INVALID} when it was not begun by this user in
   *     this browser; {@code UPSTREAM_FAILED}; {@code CONFLICT} when the sign-on is another user's,
   *     or the user has another one of that provider
   */
  String endLink(Principal.OfUser user, Returned returned, SignInOrigin origin);

  /** The providers that users can sign on by, and which of them are linked to a user. */
  List<Linked> linked(Principal.OfUser user);

  /**
   * Takes a provider from a user's account; one that is not linked is left alone.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such provider; {@code
   *     CONFLICT} when it is the user's only way in
   */
  void unlink(Principal.OfUser user, String provider);

  /**
   * A provider, as a user sees it.
   *
   * @param since when it was linked; empty: it is not
   */
  record Linked(String provider, String label, Optional<Instant> since) {}

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
