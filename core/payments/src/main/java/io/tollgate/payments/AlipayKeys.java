package io.tollgate.payments;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.util.List;
import java.util.Optional;

/**
 * What Alipay is called with.
 *
 * @param url its gateway
 * @param privateKey the app's, PKCS #8 in PEM or Base64
 * @param publicKey Alipay's, in PEM or Base64
 */
public record AlipayKeys(String url, String appId, String privateKey, String publicKey) {
  private static final Setting<String> URL =
      Setting.text(
          "payments.alipay.url", "https://openapi.alipay.com/gateway.do", "Alipay's gateway.");
  private static final Setting<String> APP_ID =
      Setting.optionalText("payments.alipay.app.id", "App id at Alipay.");
  private static final Setting<String> PRIVATE_KEY =
      ChannelSettings.privateKey(
          "payments.alipay.private.key", "The app's private key at Alipay, PKCS #8.");
  private static final Setting<String> PUBLIC_KEY =
      ChannelSettings.publicKey("payments.alipay.public.key", "Alipay's public key.");

  public AlipayKeys {
    requireNonNull(url, "url is null");
    requireNonNull(appId, "appId is null");
    requireNonNull(privateKey, "privateKey is null");
    requireNonNull(publicKey, "publicKey is null");
  }

  static List<Setting<?>> settings() {
    return List.of(URL, APP_ID, PRIVATE_KEY, PUBLIC_KEY);
  }

  static Optional<AlipayKeys> from(Settings settings) {
    return settings
        .find(APP_ID)
        .map(
            app ->
                new AlipayKeys(
                    settings.get(URL),
                    app,
                    ChannelSettings.require(settings, PRIVATE_KEY, APP_ID),
                    ChannelSettings.require(settings, PUBLIC_KEY, APP_ID)));
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "AlipayKeys[url=" + url + ", appId=" + appId + "]";
  }
}
