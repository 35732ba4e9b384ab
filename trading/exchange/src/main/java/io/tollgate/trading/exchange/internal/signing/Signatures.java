package io.tollgate.trading.exchange.internal.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.trading.exchange.TradingKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** The signatures that exchanges ask for, over what is sent, byte by byte. */
public final class Signatures {
  private Signatures() {}

  /**
   * Binance: query and body one after the other, without anything between.
   *
   * @see <a href="https://developers.binance.com/docs/binance-spot-api-docs/rest-api">Request
   *     security</a>
   */
  public static String binance(TradingKey key, String query, String body) {
    return HexFormat.of()
        .formatHex(
            key.withSecret(
                secret -> Hmac.SHA256.of(secret, query.getBytes(UTF_8), body.getBytes(UTF_8))));
  }

  /**
   * OKX.
   *
   * @param timestamp ISO 8601 with milliseconds and {@code Z}; for a login, whole seconds
   * @param target path and query
   * @see <a href="https://www.okx.com/docs-v5/en/#overview-rest-authentication">REST
   *     authentication</a>
   */
  public static String okx(
      TradingKey key, String timestamp, String method, String target, String body) {
    byte[] head = (timestamp + method + target).getBytes(UTF_8);
    return Base64.getEncoder()
        .encodeToString(
            key.withSecret(secret -> Hmac.SHA256.of(secret, head, body.getBytes(UTF_8))));
  }

  /**
   * Gate.
   *
   * @param query without the question mark, as sent
   * @see <a href="https://www.gate.com/docs/developers/apiv4/en/#authentication">Authentication</a>
   */
  public static String gate(
      TradingKey key, String method, String path, String query, String body, long seconds) {
    String text = method + "\n" + path + "\n" + query + "\n" + hexSha512(body) + "\n" + seconds;
    return HexFormat.of()
        .formatHex(key.withSecret(secret -> Hmac.SHA512.of(secret, text.getBytes(UTF_8))));
  }

  /** Gate's subscription to a private channel of its WebSocket. */
  public static String gateChannel(TradingKey key, String channel, String event, long seconds) {
    String text = "channel=" + channel + "&event=" + event + "&time=" + seconds;
    return HexFormat.of()
        .formatHex(key.withSecret(secret -> Hmac.SHA512.of(secret, text.getBytes(UTF_8))));
  }

  private static String hexSha512(String body) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-512").digest(body.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no SHA-512 in this runtime", e);
    }
  }
}
