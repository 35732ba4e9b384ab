package io.tollgate.identity.internal.signon;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyConverter;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.EmailAddress;
import io.tollgate.identity.SignOnProvider;
import java.security.Key;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an ID token and believes it where OpenID Connect Core 1.0, 3.1.3.7, says so: signed by a
 * public key of the provider with an algorithm for such keys, for us, of the sign-on that was
 * begun, and not over. What is not believed is told in a word, without anything of the token.
 */
final class IdToken {
  /** Signatures by public keys only: what anybody could make with a public key is none. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final Duration SKEW = Duration.ofMinutes(1);
  private static final int SUBJECT_MAX = 255;
  private static final int LONGEST = 64 << 10;

  private final SignOnProvider provider;
  private final Instant now;

  IdToken(SignOnProvider provider, Instant now) {
    this.provider = provider;
    this.now = now;
  }

  /** The provider's keys. */
  @FunctionalInterface
  interface KeySource {
    /**
     * @param again whether those at hand do not fit
     */
    JWKSet keys(boolean again);
  }

  Identity read(String token, String nonce, KeySource keys) {
    if (token.length() > LONGEST) {
      throw unbelieved("is too long");
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
        throw unbelieved("is signed with an algorithm that is not taken");
      }
      if (!isSigned(jwt, keys.keys(false)) && !isSigned(jwt, keys.keys(true))) {
        throw unbelieved("is not signed by the provider");
      }
      return identity(jwt.getJWTClaimsSet(), nonce);
    } catch (ParseException e) {
      throw new Refusal(ErrorCode.UPSTREAM_FAILED, "the ID token cannot be read", e);
    }
  }

  private Identity identity(JWTClaimsSet claims, String nonce) throws ParseException {
    if (!provider.issuer().toString().equals(claims.getIssuer())) {
      throw unbelieved("is another issuer's");
    }
    List<String> audience = claims.getAudience();
    String authorized = claims.getStringClaim("azp");
    if (!audience.contains(provider.clientId())
        || (audience.size() > 1 && authorized == null)
        || (authorized != null && !authorized.equals(provider.clientId()))) {
      throw unbelieved("is for another client");
    }
    Date end = claims.getExpirationTime();
    if (end == null || !now.minus(SKEW).isBefore(end.toInstant())) {
      throw unbelieved("is over");
    }
    Date begin = claims.getIssueTime();
    if (begin == null || begin.toInstant().isAfter(now.plus(SKEW))) {
      throw unbelieved("is of a time to come");
    }
    if (!nonce.equals(claims.getStringClaim("nonce"))) {
      throw unbelieved("is of another sign-on");
    }
    String subject = claims.getSubject();
    if (subject == null || subject.isEmpty() || subject.length() > SUBJECT_MAX) {
      throw unbelieved("names nobody");
    }
    Object verified = claims.getClaim("email_verified");
    Object email = claims.getClaim("email");
    return new Identity(
        claims.getIssuer(),
        subject,
        email instanceof String text && (Boolean.TRUE.equals(verified) || "true".equals(verified))
            ? EmailAddress.find(text)
            : Optional.empty());
  }

  private static boolean isSigned(SignedJWT jwt, JWKSet keys) {
    JWSHeader header = jwt.getHeader();
    JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
    if (matcher == null) {
      return false;
    }
    for (JWK candidate : new JWKSelector(matcher).select(keys)) {
      for (Key key : KeyConverter.toJavaKeys(List.of(candidate))) {
        if (key instanceof PublicKey && verifies(jwt, key)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean verifies(SignedJWT jwt, Key key) {
    try {
      return jwt.verify(new DefaultJWSVerifierFactory().createJWSVerifier(jwt.getHeader(), key));
    } catch (JOSEException _) {
      // a key that is not for this: not its signature
      return false;
    }
  }

  private static Refusal unbelieved(String why) {
    return new Refusal(ErrorCode.UPSTREAM_FAILED, "the provider's ID token " + why);
  }
}
