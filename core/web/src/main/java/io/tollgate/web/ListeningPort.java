package io.tollgate.web;

import static java.util.Objects.requireNonNull;

/**
 * A port to listen on, and what its server is called.
 *
 * @param name what it is called in metrics and messages, e.g. {@code public}
 * @param port TCP port; 0 lets the system choose a free one
 * @param portSetting name of the setting that the port comes from, for messages
 */
public record ListeningPort(String name, int port, String portSetting) {
  public ListeningPort {
    requireNonNull(name, "name is null");
    requireNonNull(portSetting, "portSetting is null");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
    }
  }
}
