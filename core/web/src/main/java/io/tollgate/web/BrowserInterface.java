package io.tollgate.web;

import io.tollgate.ground.config.Setting;

/** What browsers speak to: the console of administrators and the portal of users, on one port. */
public final class BrowserInterface {
  /** Its port as a role of its own. */
  public static final Setting<Integer> PORT =
      Setting.port("console.port", 8_026, "Port of the console as a role of its own.");

  /** The interface itself. */
  public static final HttpInterface CONSOLE =
      HttpInterface.open("console").withOwnPort(PORT).saying("ok");

  private BrowserInterface() {}
}
