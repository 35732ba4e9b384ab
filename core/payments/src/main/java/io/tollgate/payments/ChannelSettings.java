package io.tollgate.payments;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.payments.internal.wire.Rsa;
import java.util.function.Function;

/** Settings that belong together: where one is given, the others must be. */
final class ChannelSettings {
  private ChannelSettings() {}

  static String require(Settings settings, Setting<String> needed, Setting<String> given) {
    return settings
        .find(needed)
        .orElseThrow(
            () ->
                new SettingsException(
                    needed.name()
                        + " is not set (expected beside "
                        + given.name()
                        + ": "
                        + needed.description()
                        + ")"));
  }

  /** A private key that is never shown, also not when it cannot be read. */
  static Setting<String> privateKey(String name, String description) {
    return new Setting<>(name, description, null, checked(Rsa::privateKey), true);
  }

  static Setting<String> publicKey(String name, String description) {
    return new Setting<>(name, description, null, checked(Rsa::publicKey), false);
  }

  private static Function<String, String> checked(Function<String, ?> reader) {
    return text -> {
      var _ = reader.apply(text);
      return text;
    };
  }
}
