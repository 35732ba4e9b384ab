import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A client of Tollgate's merchant API, with nothing but Java's own library (17 or newer). Answers
 * are given as text; read them with the JSON library that you have.
 *
 * <pre>java Merchant.java http://127.0.0.1:18100 APP_KEY APP_SECRET</pre>
 */
public final class Merchant {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;
  private final String key;
  private final String secret;
  private final int version;

  public Merchant(String base, String key, String secret, int version) {
    this.base = base.replaceAll("/$", "");
    this.key = key;
    this.secret = secret;
    this.version = version;
  }

  public String get(String path, Map<String, String> parameters) throws Exception {
    String query = encoded(parameters);
    return call("GET", path + (query.isEmpty() ? "" : "?" + query), "", Map.of());
  }

  public String post(String path, Map<String, String> parameters, Map<String, String> headers)
      throws Exception {
    Map<String, String> all = new TreeMap<>(headers);
    all.put("Content-Type", "application/x-www-form-urlencoded");
    return call("POST", path, encoded(parameters), all);
  }

  /** The headers that sign a request. */
  public Map<String, String> sign(String method, String target, String body)
      throws GeneralSecurityException {
    String timestamp = Long.toString(Instant.now().getEpochSecond());
    Map<String, String> headers = new TreeMap<>(Map.of("X-App-Key", key, "X-Timestamp", timestamp));
    if (version == 1) {
      // signs neither path nor body; for old systems only
      headers.put("X-Sign", hash("MD5", key + timestamp + secret));
      return headers;
    }
    String nonce = random();
    String text = String.join("\n", method, target, timestamp, nonce, hash("SHA-256", body));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    headers.put("X-Sign-Version", "2");
    headers.put("X-Nonce", nonce);
    headers.put(
        "X-Sign",
        HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))));
    return headers;
  }

  private String call(String method, String target, String body, Map<String, String> headers)
      throws IOException, InterruptedException, GeneralSecurityException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + target))
            .timeout(Duration.ofSeconds(30))
            .header("Accept-Language", "en")
            .method(
                method,
                method.equals("POST") ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
    headers.forEach(request::header);
    sign(method, target, body).forEach(request::header);
    String envelope = http.send(request.build(), BodyHandlers.ofString()).body();
    if (!envelope.startsWith("{\"code\":0,")) {
      throw new IOException(envelope);
    }
    return envelope;
  }

  private static String encoded(Map<String, String> parameters) {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String hash(String algorithm, String text) throws GeneralSecurityException {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String random() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  public static void main(String[] arguments) throws Exception {
    Merchant merchant = new Merchant(arguments[0], arguments[1], arguments[2], 2);
    String email = "sample-" + random() + "@example.com";
    String made =
        merchant.post(
            "/merchant/user/create",
            Map.of("email", email, "password", "four words are enough"),
            Map.of());
    String given =
        merchant.post(
            "/merchant/user/recharge",
            Map.of("email", email, "amount", "2.5", "type", "2"),
            Map.of("Idempotency-Key", random()));
    String info = merchant.get("/merchant/user/info", Map.of("email", email));
    String old =
        new Merchant(arguments[0], arguments[1], arguments[2], 1)
            .get("/merchant/balance", Map.of());
    if (!made.contains(email)
        || !given.contains("\"member_after_total\":2.5")
        || !info.contains("\"point_card_gift\":2.5")) {
      throw new IllegalStateException("not as expected: " + made + given + info);
    }
    System.out.println("{\"email\":\"" + email + "\",\"gift\":2.5,\"old\":" + old + "}");
  }
}
