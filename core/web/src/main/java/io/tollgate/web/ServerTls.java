package io.tollgate.web;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a server proves who it is, and whether its callers have to. All files are PEM, read when the
 * server begins to listen.
 *
 * @param certificate of the server, with those that vouch for it behind it
 * @param key of the certificate, PKCS #8 without a password
 * @param callers certificates that vouch for callers: without one from them no connection is made;
 *     empty where callers need none
 */
public record ServerTls(Path certificate, Path key, Optional<Path> callers) {
  public ServerTls {
    requireNonNull(certificate, "certificate is null");
    requireNonNull(key, "key is null");
    requireNonNull(callers, "callers is null");
  }
}
