package io.tollgate.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the sandbox's payment channels are called with, and what they sign with. The same in every
 * sandbox, and known to everybody: they protect nothing. RSA keys are in DER (PKCS #8 and X.509),
 * in Base64.
 *
 * @param sandboxSecret signs both ways between us and the sandbox's own channel
 */
public record PaymentKeys(String sandboxSecret, Stripe stripe, Alipay alipay, Wechat wechat) {
  private static final String RESOURCE = "/sandbox/payment-keys.json";

  /** Those of Stripe's stand-in. */
  public record Stripe(String secretKey, String webhookSecret) {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "Stripe[demo]";
    }
  }

  /** Those of Alipay's stand-in: the merchant's app and the platform, a pair each. */
  public record Alipay(
      String appId,
      String appPrivateKey,
      String appPublicKey,
      String platformPrivateKey,
      String platformPublicKey) {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "Alipay[appId=" + appId + "]";
    }
  }

  /** Those of WeChat Pay's stand-in: the merchant and the platform, a pair each. */
  public record Wechat(
      String merchantId,
      String appId,
      String merchantSerial,
      String merchantPrivateKey,
      String merchantPublicKey,
      String platformKeyId,
      String platformPrivateKey,
      String platformPublicKey,
      String apiV3Key,
      List<Certificate> certificates) {
    public Wechat {
      certificates = List.copyOf(certificates);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
      return "Wechat[merchantId=" + merchantId + "]";
    }
  }

  /**
   * A platform certificate of WeChat Pay's stand-in.
   *
   * @param certificate in PEM
   */
  public record Certificate(String serial, String privateKey, String certificate) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Certificate[serial=" + serial + "]";
    }
  }

  /** Those of every sandbox. */
  public static PaymentKeys demo() {
    try (InputStream file =
        Objects.requireNonNull(PaymentKeys.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return read(JsonMapper.shared().readTree(file.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PaymentKeys read(JsonNode keys) {
    return new PaymentKeys(
        text(keys, "sandbox_secret"),
        new Stripe(text(keys, "stripe_secret_key"), text(keys, "stripe_webhook_secret")),
        new Alipay(
            text(keys, "alipay_app_id"),
            text(keys, "alipay_app_private_key"),
            text(keys, "alipay_app_public_key"),
            text(keys, "alipay_platform_private_key"),
            text(keys, "alipay_platform_public_key")),
        new Wechat(
            text(keys, "wechat_merchant_id"),
            text(keys, "wechat_app_id"),
            text(keys, "wechat_merchant_serial"),
            text(keys, "wechat_merchant_private_key"),
            text(keys, "wechat_merchant_public_key"),
            text(keys, "wechat_platform_key_id"),
            text(keys, "wechat_platform_private_key"),
            text(keys, "wechat_platform_public_key"),
            text(keys, "wechat_api_v3_key"),
            certificates(keys.required("wechat_platform_certificates"))));
  }

  private static List<Certificate> certificates(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(
            each ->
                new Certificate(
                    text(each, "serial"), text(each, "private_key"), text(each, "certificate")))
        .toList();
  }

  private static String text(JsonNode keys, String name) {
    return keys.required(name).asString();
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "PaymentKeys[demo]";
  }
}
