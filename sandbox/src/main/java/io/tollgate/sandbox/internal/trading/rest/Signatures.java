package io.tollgate.sandbox.internal.trading.rest;

import io.tollgate.sandbox.internal.trading.book.Refusal;
import io.tollgate.sandbox.internal.trading.book.TradingAccount;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 over the bytes received, and the time within which they hold. */
public final class Signatures {
  private static final String NAME = "signature=";
  private static final long WINDOW = 5_000;
  private static final long MOST_WINDOW = 60_000;
  private static final long AHEAD = 1_000;

  private Signatures() {}

  /** Query and body without the signature, one after the other. */
  static String signed(String query, String body) {
    return without(query) + without(body);
  }

  private static String without(String text) {
    if (!text.contains(NAME)) {
      return text;
    }
    List<String> kept = new ArrayList<>();
    for (String pair : text.split("&", -1)) {
      if (!pair.startsWith(NAME)) {
        kept.add(pair);
      }
    }
    return String.join("&", kept);
  }

  /** The signature of a text, lower-case hexadecimal. */
  public static String of(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /**
   * Refuses what is not signed with an account's secret, or at another time.
   *
   * @param signed what was signed
   * @param serverTime milliseconds
   */
  public static void demand(TradingAccount account, Params params, String signed, long serverTime) {
    String given = params.demand("signature").toLowerCase(Locale.ROOT);
    OptionalLong timestamp = params.whole("timestamp");
    if (timestamp.isEmpty()) {
      throw Refusal.missing("timestamp");
    }
    String expected = of(account.apiSecret(), signed);
    if (!MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8))) {
      throw new Refusal(-1022, "Signature for this request is not valid.");
    }
    long window = params.whole("recvWindow").orElse(WINDOW);
    if (window > MOST_WINDOW) {
      throw new Refusal(-1131, "recvWindow must be less than 60000");
    }
    long behind = serverTime - timestamp.getAsLong();
    if (behind <= -AHEAD) {
      throw new Refusal(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");
    }
    if (behind > window) {
      throw new Refusal(-1021, "Timestamp for this request is outside of the recvWindow.");
    }
  }
}
