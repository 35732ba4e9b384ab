package io.tollgate.edge.bus;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the bus is.
 *
 * @param urls of the servers, with commas; nothing is published without
 * @param user name that is logged in with
 * @param password that user's
 * @param replicas of each stream
 * @param kept how long a stream keeps messages
 * @param usageService the service as whose call the usage of foreign gateways is charged
 */
record BusConfig(
    Optional<String> urls,
    Optional<String> user,
    Optional<String> password,
    int replicas,
    Duration kept,
    String usageService) {
  private static final Setting<String> URL =
      Setting.optionalText(
          "nats.url",
          "NATS servers with JetStream (nats://host:4222, several with commas) that events are"
              + " published to");
  private static final Setting<String> USER =
      Setting.optionalText("nats.user", "user that logs in at NATS");
  private static final Setting<String> PASSWORD =
      Setting.secret("nats.password", "that user's password");
  private static final Setting<Integer> REPLICAS =
      Setting.number("nats.replicas", 1, 1, 5, "replicas of the streams that are made");
  private static final Setting<Integer> KEPT_HOURS =
      Setting.number(
          "nats.kept.hours", 168, 1, 87_600, "hours for which streams keep what is published");
  private static final Setting<String> USAGE_SERVICE =
      Setting.text(
          "nats.usage.service",
          "usage",
          "service as whose call the usage of foreign gateways (billing.usage) is charged, at the"
              + " cost that it names");

  BusConfig {
    requireNonNull(urls, "urls is null");
    requireNonNull(user, "user is null");
    requireNonNull(password, "password is null");
    requireNonNull(kept, "kept is null");
    requireNonNull(usageService, "usageService is null");
  }

  static List<Setting<?>> settings() {
    return List.of(URL, USER, PASSWORD, REPLICAS, KEPT_HOURS, USAGE_SERVICE);
  }

  static BusConfig from(Settings settings) {
    return new BusConfig(
        settings.find(URL),
        settings.find(USER),
        settings.find(PASSWORD),
        settings.get(REPLICAS),
        Duration.ofHours(settings.get(KEPT_HOURS)),
        settings.get(USAGE_SERVICE));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "BusConfig[urls=" + urls.orElse("none") + ", replicas=" + replicas + "]";
  }
}
