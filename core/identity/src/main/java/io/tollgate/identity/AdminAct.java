package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AdminId;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One call of the administrators' interface that may change something: what is called, from where,
 * and by whom as soon as that is known. Confined to the thread that answers the call.
 */
public final class AdminAct {
  private static final int ACTION_MAX = 200;
  private static final int PATH_MAX = 500;
  private static final int NAME_MAX = 64;
  private static final int ID_MAX = 200;

  private final String action;
  private final String path;
  private final String thingId;
  private final UUID requestId;
  private final SignInOrigin origin;
  private Optional<Principal.OfAdmin> admin = Optional.empty();

  /**
   * @param action method and pattern of the call
   * @param path as it was called
   * @param pathParams what the path names
   */
  public AdminAct(
      String action,
      String path,
      Map<String, String> pathParams,
      UUID requestId,
      SignInOrigin origin) {
    this.action = cut(action, ACTION_MAX);
    this.path = cut(path, PATH_MAX);
    this.thingId =
        cut(pathParams.values().stream().findFirst().orElse("").replace("\0", ""), ID_MAX);
    this.requestId = requireNonNull(requestId, "requestId is null");
    this.origin = requireNonNull(origin, "origin is null");
  }

  /** It is this administrator who calls. */
  public void by(Principal.OfAdmin caller) {
    admin = Optional.of(caller);
  }

  public String action() {
    return action;
  }

  public String path() {
    return path;
  }

  /** What the path names first; empty where it names nothing. */
  public String thingId() {
    return thingId;
  }

  public UUID requestId() {
    return requestId;
  }

  public SignInOrigin origin() {
    return origin;
  }

  /** Empty: not known, or not yet. */
  public Optional<AdminId> admin() {
    return admin.map(Principal.OfAdmin::admin);
  }

  /** The administrator's name; empty while they are not known. */
  public String username() {
    return cut(admin.map(Principal.OfAdmin::username).orElse(""), NAME_MAX);
  }

  private static String cut(String text, int max) {
    String readable = text.replace("\0", "");
    return readable.length() > max ? readable.substring(0, max) : readable;
  }
}
