package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What somebody registers with.
 *
 * @param email as it was written
 * @param host the host name of the request, without port
 */
public record Registration(
    String email,
    String password,
    Optional<String> inviteCode,
    String host,
    MailLanguage language) {
  public Registration {
    requireNonNull(email, "email is null");
    requireNonNull(password, "password is null");
    requireNonNull(inviteCode, "inviteCode is null");
    requireNonNull(host, "host is null");
    requireNonNull(language, "language is null");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "Registration[host=" + host + "]";
  }
}
