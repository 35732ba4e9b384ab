package io.tollgate.payments;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What WeChat Pay is called with.
 *
 * @param url where its API is, without a slash at the end
 * @param serial of the merchant's certificate
 * @param privateKey the merchant's, PKCS #8 in PEM or Base64
 * @param apiV3Key decrypts notifications, 32 bytes
 * @param platformKey what WeChat Pay signs with; empty: its platform certificates, which are
 *     fetched. These are fetched beside a key, too, while WeChat Pay signs with both
 */
public record WechatKeys(
    String url,
    String merchantId,
    String appId,
    String serial,
    String privateKey,
    String apiV3Key,
    Optional<PlatformKey> platformKey) {
  /**
   * A key of WeChat Pay's.
   *
   * @param id {@code PUB_KEY_ID_…}, or a certificate's serial number
   * @param publicKey in PEM or Base64, or its certificate in PEM
   */
  public record PlatformKey(String id, String publicKey) {
    public PlatformKey {
      requireNonNull(id, "id is null");
      requireNonNull(publicKey, "publicKey is null");
    }
  }

  private static final int KEY_BYTES = 32;

  private static final Setting<String> URL =
      Setting.text(
          "payments.wechat.url", "https://api.mch.weixin.qq.com", "Where WeChat Pay's API is.");
  private static final Setting<String> MERCHANT_ID =
      Setting.optionalText("payments.wechat.merchant.id", "Merchant number at WeChat Pay.");
  private static final Setting<String> APP_ID =
      Setting.optionalText("payments.wechat.app.id", "App id that payments belong to.");
  private static final Setting<String> SERIAL =
      Setting.optionalText(
          "payments.wechat.serial", "Serial number of the merchant's certificate at WeChat Pay.");
  private static final Setting<String> PRIVATE_KEY =
      ChannelSettings.privateKey(
          "payments.wechat.private.key", "The merchant's private key at WeChat Pay, PKCS #8.");
  private static final Setting<String> API_V3_KEY =
      new Setting<>(
          "payments.wechat.api.v3.key",
          "API v3 key of the merchant at WeChat Pay, 32 bytes.",
          null,
          WechatKeys::parseKey,
          true);
  private static final Setting<String> PUBLIC_KEY =
      ChannelSettings.publicKey(
          "payments.wechat.public.key",
          "WeChat Pay's public key, or a platform certificate; without it platform certificates are"
              + " fetched.");
  private static final Setting<String> PUBLIC_KEY_ID =
      Setting.optionalText(
          "payments.wechat.public.key.id",
          "Id of that key (PUB_KEY_ID_…), or the platform certificate's serial number.");

  public WechatKeys {
    requireNonNull(url, "url is null");
    requireNonNull(merchantId, "merchantId is null");
    requireNonNull(appId, "appId is null");
    requireNonNull(serial, "serial is null");
    requireNonNull(privateKey, "privateKey is null");
    requireNonNull(apiV3Key, "apiV3Key is null");
    requireNonNull(platformKey, "platformKey is null");
  }

  static List<Setting<?>> settings() {
    return List.of(
        URL, MERCHANT_ID, APP_ID, SERIAL, PRIVATE_KEY, API_V3_KEY, PUBLIC_KEY, PUBLIC_KEY_ID);
  }

  static Optional<WechatKeys> from(Settings settings) {
    return settings
        .find(MERCHANT_ID)
        .map(
            merchant ->
                new WechatKeys(
                    settings.get(URL),
                    merchant,
                    ChannelSettings.require(settings, APP_ID, MERCHANT_ID),
                    ChannelSettings.require(settings, SERIAL, MERCHANT_ID),
                    ChannelSettings.require(settings, PRIVATE_KEY, MERCHANT_ID),
                    ChannelSettings.require(settings, API_V3_KEY, MERCHANT_ID),
                    platformKey(settings)));
  }

  private static Optional<PlatformKey> platformKey(Settings settings) {
    if (settings.find(PUBLIC_KEY).isEmpty() && settings.find(PUBLIC_KEY_ID).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new PlatformKey(
            ChannelSettings.require(settings, PUBLIC_KEY_ID, PUBLIC_KEY),
            ChannelSettings.require(settings, PUBLIC_KEY, PUBLIC_KEY_ID)));
  }

  private static String parseKey(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length != KEY_BYTES) {
      throw new IllegalArgumentException(KEY_BYTES + " bytes");
    }
    return text;
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "WechatKeys[url=" + url + ", merchantId=" + merchantId + "]";
  }
}
