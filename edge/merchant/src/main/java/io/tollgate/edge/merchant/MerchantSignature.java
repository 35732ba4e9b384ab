package io.tollgate.edge.merchant;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.web.Request;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a request. By MD5 over key, time and secret, as existing clients sign, or by
 * HMAC-SHA256 over everything that is asked for.
 *
 * @param nonce of a signature of the second form
 */
record MerchantSignature(
    String appKey, String timestamp, String sign, Optional<String> nonce, Form form) {
  private static final long WINDOW_SECONDS = 300;

  /** Processes' clocks differ by less, and a second counts to its end. */
  private static final long DOUBT_SECONDS = 5;

  private static final int NONCE_LEAST = 16;
  private static final int NONCE_MOST = 64;
  private static final int LONGEST_TIMESTAMP = 12;

  /** What is signed. */
  enum Form {
    /** Key, time and secret; neither body nor path. */
    MD5,
    /** Method, path with query, time, nonce and body. */
    HMAC
  }

  /**
   * Reads it.
   *
   * @throws MerchantFault when a part of it is missing, or its time is not within five minutes
   */
  static MerchantSignature of(Request request, Instant now) {
    String appKey = require(request, "X-App-Key");
    String timestamp = require(request, "X-Timestamp");
    String sign = require(request, "X-Sign");
    Form form =
        switch (request.header("X-Sign-Version").orElse("1").strip()) {
          case "", "1" -> Form.MD5;
          case "2" -> Form.HMAC;
          default ->
              throw MerchantFault.unauthenticated(
                  "X-Sign-Version 无效（应为：1 或 2）", "X-Sign-Version is not known (expected: 1 or 2)");
        };
    requireFresh(timestamp, now);
    Optional<String> nonce = Optional.empty();
    if (form == Form.HMAC) {
      String given = require(request, "X-Nonce");
      if (given.length() < NONCE_LEAST || given.length() > NONCE_MOST) {
        throw MerchantFault.unauthenticated(
            "X-Nonce 长度为 " + given.length() + "（应为：16 至 64 个字符）",
            "X-Nonce has " + given.length() + " characters (expected: 16 to 64)");
      }
      nonce = Optional.of(given);
    }
    return new MerchantSignature(appKey, timestamp, sign, nonce, form);
  }

  /** When it is too old for every process. */
  Instant goodUntil() {
    return Instant.ofEpochSecond(Long.parseLong(timestamp) + WINDOW_SECONDS + DOUBT_SECONDS);
  }

  /** Whether it was made with this secret; takes as long whichever character differs. */
  boolean isBy(String secret, Request request) {
    return switch (form) {
      case MD5 -> same(md5(appKey + timestamp + secret), sign);
      case HMAC -> same(hmac(secret, signed(request)), sign.toLowerCase(Locale.ROOT));
    };
  }

  private String signed(Request request) {
    return request.method()
        + "\n"
        + target(request.uri())
        + "\n"
        + timestamp
        + "\n"
        + nonce.orElse("")
        + "\n"
        + HexFormat.of().formatHex(digest("SHA-256").digest(request.body()));
  }

  /**
   * The path and query as sent, without a question mark that nothing follows; a request through a
   * proxy names the host before them.
   */
  private static String target(String sent) {
    String uri = sent.endsWith("?") ? sent.substring(0, sent.length() - 1) : sent;
    if (uri.startsWith("/")) {
      return uri;
    }
    int scheme = uri.indexOf("://");
    int slash = scheme < 0 ? -1 : uri.indexOf('/', scheme + 3);
    return slash < 0 ? "/" : uri.substring(slash);
  }

  private static void requireFresh(String timestamp, Instant now) {
    boolean number =
        !timestamp.isEmpty()
            && timestamp.length() <= LONGEST_TIMESTAMP
            && timestamp.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!number) {
      throw MerchantFault.unauthenticated(
          "X-Timestamp 无效（应为：Unix 秒）", "X-Timestamp is no time (expected: Unix seconds)");
    }
    long apart = Math.abs(Long.parseLong(timestamp) - now.getEpochSecond());
    if (apart > WINDOW_SECONDS) {
      throw MerchantFault.unauthenticated(
          "X-Timestamp 与服务器时间相差 " + apart + " 秒（应为：5 分钟以内）",
          "X-Timestamp is " + apart + " seconds from now (expected: within 5 minutes)");
    }
  }

  private static String require(Request request, String header) {
    return request
        .header(header)
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () ->
                MerchantFault.unauthenticated(
                    "缺少请求头 " + header, header + " is missing (expected: in every request)"));
  }

  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
  }

  private static String md5(String text) {
    return HexFormat.of().formatHex(digest("MD5").digest(text.getBytes(UTF_8)));
  }

  private static String hmac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is missing from this Java", e);
    }
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(name + " is missing from this Java", e);
    }
  }

  /** Without the signature itself. */
  @Override
  public String toString() {
    return "MerchantSignature[appKey=" + appKey + ", form=" + form + "]";
  }
}
