package io.tollgate.app;

import io.tollgate.billing.BillingConfig;
import io.tollgate.data.DatabaseConfig;
import io.tollgate.ground.config.Setting;
import io.tollgate.identity.IdentityConfig;
import io.tollgate.metering.MeteringConfig;
import io.tollgate.relay.accounts.AccountsConfig;
import io.tollgate.relay.gateway.RelayConfig;
import io.tollgate.telemetry.LogConfig;
import io.tollgate.web.UpstreamConfig;
import io.tollgate.web.WebConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every setting there is, and those there were. */
final class KnownSettings {
  private KnownSettings() {}

  static List<Setting<?>> all() {
    return Stream.of(
            AppConfig.settings(),
            LogConfig.settings(),
            DatabaseConfig.settings(),
            WebConfig.settings(),
            UpstreamConfig.settings(),
            IdentityConfig.settings(),
            MeteringConfig.settings(),
            BillingConfig.settings(),
            AccountsConfig.settings(),
            RelayConfig.settings())
        .flatMap(List::stream)
        .toList();
  }

  /**
   * The environment without what has our prefix and is no setting: {@code TOLLGATE_CRASH_AT} makes
   * a test's process die at a named step, and is nothing to configure an installation with.
   */
  static Map<String, String> environment(Map<String, String> environment) {
    Map<String, String> settings = new HashMap<>(environment);
    settings.remove("TOLLGATE_CRASH_AT");
    return settings;
  }

  /** Names that are no longer used, each with what to use instead. */
  static Map<String, String> retired() {
    return Map.of(
        "metering.passages.most", "metering.passages.max",
        "metering.wallets.most", "metering.wallets.max",
        "metering.unsettled.most", "metering.unsettled.max",
        "relay.in.flight.most", "relay.in.flight.max",
        "relay.attempts.most", "relay.attempts.max");
  }
}
