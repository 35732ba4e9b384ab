package io.tollgate.identity.internal;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.tollgate.ground.AdminId;
import io.tollgate.identity.MasterKey;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;

/**
 * JWTs of administrators' sessions: HS256 (RFC 7518) under a key of their own, so that no other
 * token can pass for one. A session has one token, letter for letter: the header is ours and names
 * neither another algorithm nor a key, and each part is base64url as it is written, not only as it
 * could be read.
 */
public final class SessionTokens {
  private static final String AUDIENCE = "tollgate-admin";
  private static final int LONGEST = 4_096;
  private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.HS256);
  private static final String HEADER_PART = HEADER.toBase64URL() + ".";

  private final SecretKey key;
  private final InstantSource clock;

  public SessionTokens(MasterKey masterKey, InstantSource clock) {
    this.key = masterKey.derive("HmacSHA256", "admin session tokens");
    this.clock = clock;
  }

  String sign(UUID session, AdminId admin, String username, Instant expiresAt) {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .jwtID(session.toString())
            .audience(AUDIENCE)
            .subject(admin.toString())
            .claim("admin_id", admin.value())
            .claim("username", username)
            .issueTime(Date.from(clock.instant()))
            .expirationTime(Date.from(expiresAt))
            .build();
    SignedJWT token = new SignedJWT(HEADER, claims);
    try {
      token.sign(new MACSigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot sign a session token", e);
    }
    return token.serialize();
  }

  /** The session of a token that we signed and that has not expired. */
  Optional<UUID> verify(String token) {
    if (token.length() > LONGEST || !token.startsWith(HEADER_PART) || !isCanonical(token)) {
      return Optional.empty();
    }
    try {
      SignedJWT parsed = SignedJWT.parse(token);
      if (!parsed.verify(new MACVerifier(key))) {
        return Optional.empty();
      }
      JWTClaimsSet claims = parsed.getJWTClaimsSet();
      Date expiresAt = claims.getExpirationTime();
      String session = claims.getJWTID();
      if (expiresAt == null
          || session == null
          || !claims.getAudience().contains(AUDIENCE)
          || !clock.instant().isBefore(expiresAt.toInstant())) {
        return Optional.empty();
      }
      return Optional.of(UUID.fromString(session));
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The last letter of a part has bits that are not used: other ones in them are another text. */
  private static boolean isCanonical(String token) {
    for (String part : token.split("\\.", -1)) {
      try {
        byte[] decoded = Base64.getUrlDecoder().decode(part);
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(decoded).equals(part)) {
          return false;
        }
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
    return true;
  }
}
