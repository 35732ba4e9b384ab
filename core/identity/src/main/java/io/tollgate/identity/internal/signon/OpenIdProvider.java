package io.tollgate.identity.internal.signon;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.SignOnProvider;
import java.net.URI;
import java.net.URLEncoder;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One provider over the wire: what it says of itself (OpenID Connect Discovery 1.0), its keys, and
 * the exchange of a code for tokens. What it says of itself is remembered for an hour, its keys for
 * as long as they fit the tokens; unknown keys are asked for again at most once a minute.
 */
final class OpenIdProvider {
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final Duration KEYS_AGAIN = Duration.ofMinutes(1);

  private final SignOnProvider provider;
  private final ProviderHttp http;
  private final InstantSource clock;
  private @Nullable Description description;
  private @Nullable Keys keys;

  OpenIdProvider(SignOnProvider provider, ProviderHttp http, InstantSource clock) {
    this.provider = provider;
    this.http = http;
    this.clock = clock;
  }

  SignOnProvider provider() {
    return provider;
  }

  /** Where a browser goes to sign on. */
  String authorization(String redirect, String state, String nonce, String challenge) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", provider.clientId());
    query.put("redirect_uri", redirect);
    query.put("scope", provider.scope());
    query.put("state", state);
    query.put("nonce", nonce);
    query.put("code_challenge", challenge);
    query.put("code_challenge_method", "S256");
    String endpoint = described().authorization().toString();
    return endpoint + (endpoint.contains("?") ? "&" : "?") + form(query);
  }

  /**
   * What the ID token says that a code is exchanged for.
   *
   * @throws Refusal {@code LINK_INVALID} when the provider does not take the code; {@code
   *     UPSTREAM_FAILED} when its token cannot be believed
   */
  Identity exchange(String code, String verifier, String redirect, String nonce) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "authorization_code");
    fields.put("code", code);
    fields.put("redirect_uri", redirect);
    fields.put("code_verifier", verifier);
    Map<String, String> headers = new LinkedHashMap<>();
    Description place = described();
    String secret = provider.clientSecret().orElse("");
    if (secret.isEmpty() || !place.basic()) {
      fields.put("client_id", provider.clientId());
    }
    if (!secret.isEmpty()) {
      if (place.basic()) {
        String pair = encoded(provider.clientId()) + ":" + encoded(secret);
        headers.put(
            "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
      } else {
        fields.put("client_secret", secret);
      }
    }
    ProviderHttp.Answer answer = http.post(place.token(), form(fields), headers);
    if (answer.status() >= 400 && answer.status() < 500) {
      throw new Refusal(
          ErrorCode.LINK_INVALID,
          "the provider did not take the code (expected: one that was given a moment ago)");
    }
    if (answer.status() != 200 || !(answer.json().get("id_token") instanceof String token)) {
      throw new Refusal(ErrorCode.UPSTREAM_FAILED, "the provider gave no ID token");
    }
    return new IdToken(provider, clock.instant()).read(token, nonce, this::keys);
  }

  /** Its keys; asked for again where those at hand do not fit. */
  private synchronized JWKSet keys(boolean again) {
    Instant now = clock.instant();
    Keys known = keys;
    boolean old = known == null || known.readAt().plus(REMEMBERED).isBefore(now);
    boolean mayAsk = known == null || known.readAt().plus(KEYS_AGAIN).isBefore(now);
    if (known == null || old || (again && mayAsk)) {
      try {
        known = new Keys(JWKSet.parse(http.get(described().keys())), now);
        keys = known;
      } catch (ParseException e) {
        throw new Refusal(ErrorCode.UPSTREAM_FAILED, "the provider's keys cannot be read", e);
      }
    }
    return known.set();
  }

  private synchronized Description described() {
    Instant now = clock.instant();
    Description known = description;
    if (known == null || known.readAt().plus(REMEMBERED).isBefore(now)) {
      known = read(now);
      description = known;
    }
    return known;
  }

  private Description read(Instant now) {
    String issuer = provider.issuer().toString();
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    Map<String, Object> json = http.get(URI.create(base + "/.well-known/openid-configuration"));
    try {
      if (!issuer.equals(JSONObjectUtils.getString(json, "issuer"))) {
        throw new Refusal(
            ErrorCode.UPSTREAM_FAILED,
            "the provider calls itself otherwise (expected: " + issuer + ")");
      }
      List<String> methods =
          JSONObjectUtils.getStringList(json, "token_endpoint_auth_methods_supported");
      return new Description(
          endpoint(json, "authorization_endpoint"),
          endpoint(json, "token_endpoint"),
          endpoint(json, "jwks_uri"),
          methods == null || methods.contains("client_secret_basic"),
          now);
    } catch (ParseException | IllegalArgumentException e) {
      throw new Refusal(
          ErrorCode.UPSTREAM_FAILED, "what the provider says of itself cannot be read", e);
    }
  }

  /** Over TLS, unless the provider itself is on this machine without. */
  private URI endpoint(Map<String, Object> json, String name) throws ParseException {
    URI endpoint = URI.create(JSONObjectUtils.getString(json, name));
    String scheme = String.valueOf(endpoint.getScheme());
    if (!scheme.equals("https") && !scheme.equals(provider.issuer().getScheme())) {
      throw new IllegalArgumentException(name + " is not over TLS");
    }
    return endpoint;
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /**
   * What a provider says of itself.
   *
   * @param basic whether it takes the client's secret by Basic authentication
   */
  private record Description(
      URI authorization, URI token, URI keys, boolean basic, Instant readAt) {}

  private record Keys(JWKSet set, Instant readAt) {}
}
