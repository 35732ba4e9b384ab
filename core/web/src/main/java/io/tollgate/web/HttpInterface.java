package io.tollgate.web;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import java.util.Optional;

/**
 * A group of routes that callers know as one interface, and where it is served. In one process with
 * everything it is on the shared public server, the private one, or both. In a process of chosen
 * roles it has a server of its own where it has a port for that, and stays on the private one.
 *
 * @param role in whose processes it is served
 * @param ownPort its port as a role of its own; empty: it stays on the public server
 * @param open whether it is for everybody, on the public server
 * @param internal whether it is for backends, on the private server
 * @param well what its health route says on a port of its own, as its clients expect
 * @param errors the form of errors of everything on a port of its own that no route answers
 * @param apartOnly whether it is served on a port of its own only, as another interface has the
 *     same routes on the shared server
 */
public record HttpInterface(
    String role,
    Optional<Setting<Integer>> ownPort,
    boolean open,
    boolean internal,
    String well,
    ErrorForm errors,
    boolean apartOnly) {
  public HttpInterface {
    requireNonNull(role, "role is null");
    requireNonNull(ownPort, "ownPort is null");
    requireNonNull(well, "well is null");
    requireNonNull(errors, "errors is null");
    if (ownPort.isPresent() && !open) {
      throw new IllegalArgumentException(
          role + " has a port of its own and is not open (expected: open)");
    }
  }

  /** For everybody, on the public server. */
  public static HttpInterface open(String role) {
    return new HttpInterface(
        role, Optional.empty(), true, false, "healthy", ErrorForms.standard(), false);
  }

  /** For backends, on the private server. */
  public static HttpInterface internal(String role) {
    return new HttpInterface(
        role, Optional.empty(), false, true, "healthy", ErrorForms.standard(), false);
  }

  /** The same, with a server of its own as a role of its own. */
  public HttpInterface withOwnPort(Setting<Integer> port) {
    return new HttpInterface(role, Optional.of(port), open, internal, well, errors, apartOnly);
  }

  /** The same, on the private server too. */
  public HttpInterface alsoInternal() {
    return new HttpInterface(role, ownPort, open, true, well, errors, apartOnly);
  }

  /** The same, with another word for good health on a port of its own. */
  public HttpInterface saying(String word) {
    return new HttpInterface(role, ownPort, open, internal, word, errors, apartOnly);
  }

  /** The same, with another form of errors on a port of its own. */
  public HttpInterface refusing(ErrorForm form) {
    return new HttpInterface(role, ownPort, open, internal, well, form, apartOnly);
  }

  /** The same, in a process of chosen roles only. */
  public HttpInterface apart() {
    return new HttpInterface(role, ownPort, open, internal, well, errors, true);
  }
}
