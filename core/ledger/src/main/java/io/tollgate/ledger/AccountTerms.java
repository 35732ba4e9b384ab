package io.tollgate.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * Terms of an account, fixed when it is opened.
 *
 * @param expiresAt when what is available on a grant goes back; empty: never
 * @param priority among grants that expire together the lower one is used first
 */
public record AccountTerms(Optional<Instant> expiresAt, int priority) {
  public static final AccountTerms PLAIN = new AccountTerms(Optional.empty(), 0);
}
