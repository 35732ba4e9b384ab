package io.tollgate.trading.exchange;

import static java.util.Objects.requireNonNull;

import io.vertx.core.net.ProxyOptions;
import java.util.Optional;

/**
 * How exchanges are reached. They count by the address that calls: each way has budgets of its own.
 *
 * @param localAddress from which of the machine's addresses calls come, where it is not left to the
 *     system; streams, which count little, leave as the system does it
 * @param proxy through which
 */
public record WayOut(Optional<String> localAddress, Optional<ProxyOptions> proxy) {
  /** As the system does it. */
  public static final WayOut DIRECT = new WayOut(Optional.empty(), Optional.empty());

  public WayOut {
    requireNonNull(localAddress, "localAddress is null");
    requireNonNull(proxy, "proxy is null");
  }

  /** Without who may use it. */
  @Override
  public String toString() {
    return localAddress.map(address -> " from " + address).orElse("")
        + proxy.map(options -> " by " + options.getHost() + ":" + options.getPort()).orElse("");
  }
}
