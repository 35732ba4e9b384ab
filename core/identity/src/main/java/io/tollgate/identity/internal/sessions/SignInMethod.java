package io.tollgate.identity.internal.sessions;

import java.util.Locale;

/** How a session was opened. */
public enum SignInMethod {
  PASSWORD,
  /** By what a mail brought. */
  MAIL,
  SIGN_ON;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
