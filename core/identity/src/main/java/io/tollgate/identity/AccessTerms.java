package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

/**
 * What a user may ask for with all keys together. A key's own terms hold beside them: what either
 * refuses is refused.
 *
 * @param rates of all the user's keys together
 */
public record AccessTerms(AllowedModels models, KeyRates rates) {
  /** Whatever the keys may. */
  public static final AccessTerms ALL = new AccessTerms(AllowedModels.ALL, KeyRates.NONE);

  public AccessTerms {
    requireNonNull(models, "models is null");
    requireNonNull(rates, "rates is null");
  }
}
