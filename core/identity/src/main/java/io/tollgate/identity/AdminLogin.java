package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What an administrator logs in with.
 *
 * @param code of the second factor, or a recovery code
 */
public record AdminLogin(String username, String password, Optional<String> code) {
  public AdminLogin {
    requireNonNull(username, "username is null");
    requireNonNull(password, "password is null");
    requireNonNull(code, "code is null");
  }

  /** Without any of it: callers write passwords into the wrong field. */
  @Override
  public String toString() {
    return "AdminLogin[]";
  }
}
