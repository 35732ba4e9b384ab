package io.tollgate.identity.internal.admins;

import io.tollgate.ground.AdminId;
import io.tollgate.identity.MasterKey;
import io.tollgate.identity.internal.SignedTokens;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** JWTs of administrators' sessions; see {@link SignedTokens}. */
public final class SessionTokens {
  private final SignedTokens tokens;

  public SessionTokens(MasterKey masterKey, InstantSource clock) {
    this.tokens =
        new SignedTokens(
            masterKey.derive("HmacSHA256", "admin session tokens"), "tollgate-admin", clock);
  }

  String sign(UUID session, AdminId admin, String username, Instant expiresAt) {
    return tokens.sign(
        session,
        admin.toString(),
        Map.of("admin_id", admin.value(), "username", username),
        expiresAt);
  }

  /** The session of a token that we signed and that has not expired. */
  Optional<UUID> verify(String token) {
    return tokens.verify(token).map(SignedTokens.Verified::session);
  }
}
