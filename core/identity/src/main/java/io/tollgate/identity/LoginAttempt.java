package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What somebody logs in with.
 *
 * @param account which account it is
 * @param code of the second factor, or a recovery code
 */
public record LoginAttempt(
    NamedAccount account, String password, Optional<String> code, SignedIn.Kind kind) {
  public LoginAttempt {
    requireNonNull(account, "account is null");
    requireNonNull(password, "password is null");
    requireNonNull(code, "code is null");
    requireNonNull(kind, "kind is null");
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "LoginAttempt[kind=" + kind + "]";
  }
}
