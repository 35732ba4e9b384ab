package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

/**
 * What callers can ask of something that a provider keeps for them, by its id; it is passed on to
 * the account that has it, and costs nothing.
 *
 * @param method of HTTP: {@code GET}, {@code POST} or {@code DELETE}
 * @param path below the protocol's prefixes, with {@code {id}} where the id stands; the same below
 *     an account's base URL
 */
public record KeptRoute(String method, String path, Kind kind, Action action) {
  /** Name of the path's parameter. */
  public static final String ID = "id";

  public KeptRoute {
    requireNonNull(method, "method is null");
    requireNonNull(path, "path is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(action, "action is null");
  }

  /** What is kept. */
  public enum Kind {
    FILE,
    BATCH,
    RESPONSE
  }

  /** What is asked. */
  public enum Action {
    /** How it stands; it may have ended. */
    LOOK,
    /** Something else of it, which changes nothing. */
    READ,
    /** What is in it, of any size and kind. */
    CONTENT,
    /** To end it. */
    CANCEL,
    /** To keep it no longer. */
    DELETE
  }

  /** The path for one id. */
  public String pathOf(String id) {
    return path.replace("{" + ID + "}", id);
  }
}
