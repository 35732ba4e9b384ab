package io.tollgate.payments;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.util.List;
import java.util.Optional;

/**
 * What the sandbox's own channel is called with.
 *
 * @param url where it is served, without a slash at the end
 * @param secret signs both ways
 */
public record SandboxKeys(String url, String secret) {
  private static final Setting<String> URL =
      Setting.text(
          "payments.sandbox.url", "http://127.0.0.1:18190", "Where the sandbox channel is served.");
  private static final Setting<String> SECRET =
      Setting.secret("payments.sandbox.secret", "Shared secret of the sandbox channel.");

  public SandboxKeys {
    requireNonNull(url, "url is null");
    requireNonNull(secret, "secret is null");
  }

  static List<Setting<?>> settings() {
    return List.of(URL, SECRET);
  }

  static Optional<SandboxKeys> from(Settings settings) {
    return settings.find(SECRET).map(secret -> new SandboxKeys(settings.get(URL), secret));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "SandboxKeys[url=" + url + "]";
  }
}
