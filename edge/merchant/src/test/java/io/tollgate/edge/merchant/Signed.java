package io.tollgate.edge.merchant;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests as the contract says, written apart from what is tested. */
final class Signed {
  private Signed() {}

  static Map<String, String> byMd5(String key, String secret, long time) {
    return headers(key, time, hex("MD5", (key + time + secret).getBytes(UTF_8)));
  }

  static Map<String, String> byHmac(
      String key, String secret, long time, String method, String target, byte[] body) {
    return byHmac(key, secret, time, UUID.randomUUID().toString(), method, target, body);
  }

  static Map<String, String> byHmac(
      String key,
      String secret,
      long time,
      String nonce,
      String method,
      String target,
      byte[] body) {
    String text = method + "\n" + target + "\n" + time + "\n" + nonce + "\n" + hex("SHA-256", body);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      Map<String, String> headers =
          headers(key, time, HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8))));
      headers.put("X-Sign-Version", "2");
      headers.put("X-Nonce", nonce);
      return headers;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Names and values, one behind another, as a query or a form. */
  static String encoded(String... fields) {
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      named.put(fields[i], fields[i + 1]);
    }
    return named.entrySet().stream()
        .map(
            each ->
                URLEncoder.encode(each.getKey(), UTF_8)
                    + "="
                    + URLEncoder.encode(each.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static Map<String, String> headers(String key, long time, String sign) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-App-Key", key);
    headers.put("X-Timestamp", Long.toString(time));
    headers.put("X-Sign", sign);
    return headers;
  }

  private static String hex(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
