package io.tollgate.tests.merchant;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.tests.installation.Demo;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests of a merchant's server. */
public final class MerchantSignature {
  private MerchantSignature() {}

  /** Headers, name and value by turns. */
  public static String[] of(Demo.Merchant by, String method, String target, String body) {
    String time = Long.toString(Instant.now().getEpochSecond());
    String nonce = UUID.randomUUID().toString();
    try {
      String hash =
          HexFormat.of()
              .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(UTF_8)));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(by.appSecret().getBytes(UTF_8), "HmacSHA256"));
      String text = String.join("\n", method, target, time, nonce, hash);
      return new String[] {
        "X-App-Key",
        by.appKey(),
        "X-Timestamp",
        time,
        "X-Sign-Version",
        "2",
        "X-Nonce",
        nonce,
        "X-Sign",
        HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)))
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
