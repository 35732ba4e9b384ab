package io.tollgate.identity;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Tells who a token stands for, whatever kind of token it is. Blocking; compares in constant time.
 */
public interface BearerTokens {
  /**
   * The principal of an API key, session JWT, admin JWT or service token; nothing when it is bad.
   */
  Optional<Principal> identify(String token);

  /**
   * The principals of many tokens, users' sessions among them read together; those that are bad are
   * left out.
   */
  Map<String, Principal> identify(Collection<String> tokens);
}
