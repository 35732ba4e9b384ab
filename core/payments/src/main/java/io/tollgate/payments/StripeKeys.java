package io.tollgate.payments;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.util.List;
import java.util.Optional;

/**
 * What Stripe is called with.
 *
 * @param url where its API is, without a slash at the end
 * @param secretKey signs in
 * @param webhookSecret signs webhooks
 */
public record StripeKeys(String url, String secretKey, String webhookSecret) {
  private static final Setting<String> URL =
      Setting.text("payments.stripe.url", "https://api.stripe.com", "Where Stripe's API is.");
  private static final Setting<String> SECRET_KEY =
      Setting.secret("payments.stripe.secret.key", "Secret key of the Stripe account.");
  private static final Setting<String> WEBHOOK_SECRET =
      Setting.secret(
          "payments.stripe.webhook.secret", "Signing secret of the Stripe webhook endpoint.");

  public StripeKeys {
    requireNonNull(url, "url is null");
    requireNonNull(secretKey, "secretKey is null");
    requireNonNull(webhookSecret, "webhookSecret is null");
  }

  static List<Setting<?>> settings() {
    return List.of(URL, SECRET_KEY, WEBHOOK_SECRET);
  }

  static Optional<StripeKeys> from(Settings settings) {
    Optional<String> key = settings.find(SECRET_KEY);
    return key.map(
        secret ->
            new StripeKeys(
                settings.get(URL),
                secret,
                ChannelSettings.require(settings, WEBHOOK_SECRET, SECRET_KEY)));
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "StripeKeys[url=" + url + "]";
  }
}
