package io.tollgate.identity.internal;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;

/**
 * JWTs of sessions, for one purpose: HS256 (RFC 7518) under a key of their own, so that no other
 * token can pass for one. What was signed has one spelling, letter for letter: the header is ours
 * and names neither another algorithm nor a key, and each part is base64url as it is written, not
 * only as it could be read.
 */
public final class SignedTokens {
  private static final int LONGEST = 4_096;
  private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.HS256);
  private static final String HEADER_PART = HEADER.toBase64URL() + ".";

  private final SecretKey key;
  private final String audience;
  private final InstantSource clock;

  /**
   * @param key for this purpose only
   * @param audience who reads them, for people who look into one
   */
  public SignedTokens(SecretKey key, String audience, InstantSource clock) {
    this.key = requireNonNull(key, "key is null");
    this.audience = requireNonNull(audience, "audience is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** A token of a session. */
  public String sign(UUID session, String subject, Map<String, ?> claims, Instant expiresAt) {
    JWTClaimsSet.Builder builder =
        new JWTClaimsSet.Builder()
            .jwtID(session.toString())
            .audience(audience)
            .subject(subject)
            .issueTime(Date.from(clock.instant()))
            .expirationTime(Date.from(expiresAt));
    claims.forEach(builder::claim);
    SignedJWT token = new SignedJWT(HEADER, builder.build());
    try {
      token.sign(new MACSigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot sign a session token", e);
    }
    return token.serialize();
  }

  /** What a token says that we signed and that has not expired. */
  public Optional<Verified> verify(String token) {
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
          || !claims.getAudience().contains(audience)
          || !clock.instant().isBefore(expiresAt.toInstant())) {
        return Optional.empty();
      }
      return Optional.of(new Verified(UUID.fromString(session), claims));
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

  /** A token that is ours. */
  public record Verified(UUID session, JWTClaimsSet claims) {
    /** A whole number among its claims; -1 where there is none. */
    public long number(String claim) {
      return claims.getClaim(claim) instanceof Number number ? number.longValue() : -1;
    }
  }
}
