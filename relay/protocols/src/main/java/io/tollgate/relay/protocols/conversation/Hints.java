package io.tollgate.relay.protocols.conversation;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.List;
import java.util.Optional;

/**
 * What an upstream may be told, and may do without: no answer is wrong for lack of it.
 *
 * @param user whom the request is for, as the caller names them
 * @param cacheKey under which the provider is to look for what it has cached
 * @param others names of further hints that were given, as the caller's protocol writes them; they
 *     are left out in every translation
 */
public record Hints(Optional<JsonString> user, Optional<JsonString> cacheKey, List<String> others) {
  public static final Hints NONE = new Hints(Optional.empty(), Optional.empty(), List.of());

  public Hints {
    requireNonNull(user, "user is null");
    requireNonNull(cacheKey, "cacheKey is null");
    others = List.copyOf(others);
  }
}
