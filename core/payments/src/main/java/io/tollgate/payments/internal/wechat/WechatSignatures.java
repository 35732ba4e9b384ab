package io.tollgate.payments.internal.wechat;

import static java.util.Objects.requireNonNull;

import io.tollgate.payments.internal.wire.Rsa;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What WeChat Pay's version 3 signs and encrypts: see <a
 * href="https://pay.weixin.qq.com/doc/v3/merchant/4012365342">signing requests</a>, <a
 * href="https://pay.weixin.qq.com/doc/v3/merchant/4013053249">verifying</a> and <a
 * href="https://pay.weixin.qq.com/doc/v3/merchant/4012071382">decrypting</a>.
 */
final class WechatSignatures {
  private static final int TAG_BITS = 128;
  private static final int NONCE_MAX = 64;

  private final WechatTerms terms;
  private final PrivateKey privateKey;

  WechatSignatures(WechatTerms terms) {
    this.terms = requireNonNull(terms, "terms is null");
    this.privateKey = Rsa.privateKey(terms.keys().privateKey());
  }

  /**
   * The header {@code Authorization} of a request.
   *
   * @param target path and query as they are sent
   */
  String authorization(String method, String target, byte[] body) {
    String nonce = nonce();
    String time = Long.toString(terms.clock().instant().getEpochSecond());
    byte[] message = message(method + "\n" + target + "\n" + time + "\n" + nonce + "\n", body);
    return "WECHATPAY2-SHA256-RSA2048 mchid=\""
        + terms.keys().merchantId()
        + "\",nonce_str=\""
        + nonce
        + "\",signature=\""
        + Rsa.sign(privateKey, message)
        + "\",timestamp=\""
        + time
        + "\",serial_no=\""
        + terms.keys().serial()
        + "\"";
  }

  /** Whether a key has signed an answer or notification. */
  boolean isSigned(PublicKey key, Function<String, Optional<String>> header, byte[] body) {
    String time = header.apply("Wechatpay-Timestamp").orElse("");
    String nonce = header.apply("Wechatpay-Nonce").orElse("");
    String signature = header.apply("Wechatpay-Signature").orElse("");
    return nonce.length() <= NONCE_MAX
        && Rsa.verify(key, message(time + "\n" + nonce + "\n", body), signature);
  }

  /** What was encrypted; nothing when it does not open. */
  Optional<byte[]> open(String ciphertext, String nonce, String associated) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(utf8(terms.keys().apiV3Key()), "AES"),
          new GCMParameterSpec(TAG_BITS, utf8(nonce)));
      cipher.updateAAD(utf8(associated));
      return Optional.of(cipher.doFinal(Base64.getDecoder().decode(ciphertext)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private String nonce() {
    byte[] bytes = new byte[24];
    terms.random().nextBytes(bytes);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(bytes)
        .replace('-', 'A')
        .replace('_', 'B');
  }

  private static byte[] message(String head, byte[] body) {
    byte[] start = utf8(head);
    byte[] message = new byte[start.length + body.length + 1];
    System.arraycopy(start, 0, message, 0, start.length);
    System.arraycopy(body, 0, message, start.length, body.length);
    message[message.length - 1] = '\n';
    return message;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
