package io.tollgate.redis;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Settings of Redis.
 *
 * @param url where it is; empty: there is none, and everything works without
 * @param cluster whether the address is that of a node of a Redis Cluster
 * @param timeout how long a command may take
 */
public record RedisConfig(Optional<URI> url, boolean cluster, Duration timeout) {
  public static final Setting<String> URL =
      Setting.secret(
          "redis.url",
          "Redis, as redis://[user:password@]host:port[/database], or rediss:// with TLS; optional.");

  public static final Setting<Boolean> CLUSTER =
      Setting.flag("redis.cluster", false, "Whether redis.url is a node of a Redis Cluster.");

  public static final Setting<Integer> TIMEOUT_MS =
      Setting.number("redis.timeout.ms", 250, 10, 10_000, "How long a command to Redis may take.");

  private static final Set<String> SCHEMES = Set.of("redis", "rediss");

  public RedisConfig {
    requireNonNull(url, "url is null");
    requireNonNull(timeout, "timeout is null");
  }

  public static List<Setting<?>> settings() {
    return List.of(URL, CLUSTER, TIMEOUT_MS);
  }

  /**
   * @throws SettingsException when the address is none of Redis
   */
  public static RedisConfig from(Settings settings) {
    return new RedisConfig(
        settings.find(URL).map(RedisConfig::address),
        settings.get(CLUSTER),
        Duration.ofMillis(settings.get(TIMEOUT_MS)));
  }

  /** The address is not repeated: it may hold a password. */
  private static URI address(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getScheme() != null && SCHEMES.contains(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException _) {
      // falls through to the one message below
    }
    throw new SettingsException(
        URL.name() + ": no address of Redis (expected: redis://[user:password@]host:port)");
  }
}
