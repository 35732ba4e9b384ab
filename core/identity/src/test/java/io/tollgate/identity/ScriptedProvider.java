package io.tollgate.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * An OpenID provider over the wire that does what a test wants: it checks PKCE as a real one does,
 * and its ID tokens can be spoilt in any way.
 */
final class ScriptedProvider implements AutoCloseable {
  static final String CLIENT = "tollgate";
  static final String SECRET = "a client's secret";

  private final HttpServer server;
  private final InstantSource clock;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  // made once: it takes longer than all the rest
  private static final RSAKey FIRST_KEY = newKey();

  private volatile RSAKey key = FIRST_KEY;
  private volatile UnaryOperator<JWTClaimsSet.Builder> claims = UnaryOperator.identity();
  private volatile Signing signing = ScriptedProvider::signed;
  private volatile String calledItself = "";

  /** Makes a token of claims. */
  interface Signing {
    String token(JWTClaimsSet claims, RSAKey key) throws JOSEException;
  }

  ScriptedProvider(InstantSource clock) {
    this.clock = clock;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/.well-known/openid-configuration", this::describe);
    server.createContext("/keys", exchange -> answer(exchange, 200, keys()));
    server.createContext("/token", this::token);
    server.start();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The setting that names it. */
  String setting(String more) {
    return "[{\"name\":\"corp\",\"label\":\"Corp\",\"issuer\":\"%s\",\"client_id\":\"%s\",\"client_secret\":\"%s\"%s}]"
        .formatted(issuer(), CLIENT, SECRET, more);
  }

  void saying(UnaryOperator<JWTClaimsSet.Builder> change) {
    claims = change;
  }

  void signing(Signing other) {
    signing = other;
  }

  void callingItself(String issuer) {
    calledItself = issuer;
  }

  void changeKey() {
    key = newKey();
  }

  /** Signs on in a browser; the code that comes back. */
  String visit(String url) {
    Map<String, String> query = fields(URI.create(url).getRawQuery());
    String code = UUID.randomUUID().toString();
    codes.put(code, query);
    return code;
  }

  static Map<String, String> fields(String query) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      String[] sides = pair.split("=", 2);
      fields.put(URLDecoder.decode(sides[0], UTF_8), URLDecoder.decode(sides[1], UTF_8));
    }
    return fields;
  }

  static String signed(JWTClaimsSet claims, RSAKey key) throws JOSEException {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
    jwt.sign(new RSASSASigner(key));
    return jwt.serialize();
  }

  private void describe(HttpExchange exchange) throws IOException {
    Map<String, Object> said = new HashMap<>();
    said.put("issuer", calledItself.isEmpty() ? issuer() : calledItself);
    said.put("authorization_endpoint", issuer() + "/authorize?tenant=1");
    said.put("token_endpoint", issuer() + "/token");
    said.put("jwks_uri", issuer() + "/keys");
    answer(exchange, 200, JSONObjectUtils.toJSONString(said));
  }

  private String keys() {
    return JSONObjectUtils.toJSONString(new JWKSet(key.toPublicJWK()).toJSONObject());
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> form = fields(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
    String basic =
        "Basic "
            + Base64.getEncoder().encodeToString((CLIENT + ":a+client%27s+secret").getBytes(UTF_8));
    if (asked == null
        || !basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))
        || !field(asked, "redirect_uri").equals(field(form, "redirect_uri"))
        || !field(asked, "code_challenge").equals(challenge(field(form, "code_verifier")))) {
      answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
      return;
    }
    JWTClaimsSet.Builder said =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .audience(CLIENT)
            .subject("subject-1")
            .issueTime(Date.from(clock.instant()))
            .expirationTime(Date.from(clock.instant().plus(Duration.ofMinutes(5))))
            .claim("nonce", asked.get("nonce"))
            .claim("email", "Ann@A.example")
            .claim("email_verified", true);
    try {
      String token = signing.token(claims.apply(said).build(), key);
      answer(exchange, 200, "{\"access_token\":\"x\",\"id_token\":\"" + token + "\"}");
    } catch (JOSEException e) {
      throw new IOException(e);
    }
  }

  private static String field(Map<String, String> fields, String name) {
    return fields.getOrDefault(name, "");
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
