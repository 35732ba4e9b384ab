package io.tollgate.app;

import io.tollgate.web.Listener;

/**
 * The servers of this process and where they listen.
 *
 * @param together whether the public interfaces share one server
 */
record ServerPorts(boolean together, AppConfig config) {

  /** One public and one private server. */
  static ServerPorts together(AppConfig config) {
    return new ServerPorts(true, config);
  }

  /** A server for each role. */
  static ServerPorts apart(AppConfig config) {
    return new ServerPorts(false, config);
  }

  /** The server that callers of the gateway reach; the one for all when they are together. */
  Listener gateway() {
    return new Listener("public", config.publicPort(), AppConfig.PORT.name());
  }

  Listener sync() {
    return new Listener("sync", config.syncPort(), AppConfig.SYNC_PORT.name());
  }

  Listener console() {
    return new Listener("console", config.consolePort(), AppConfig.CONSOLE_PORT.name());
  }

  Listener privately() {
    return new Listener("private", config.privatePort(), AppConfig.PRIVATE_PORT.name());
  }
}
