package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a request has to do with what its provider keeps.
 *
 * @param previous id of the answer that it goes on from; only the account that made that has it
 * @param background whether the answer is made while nobody waits for it, and asked for later
 * @param stored whether the provider keeps the answer under an id, to be asked for later
 */
public record KeptUse(Optional<String> previous, boolean background, boolean stored) {
  /** Nothing: what most protocols' requests have. */
  public static final KeptUse NONE = new KeptUse(Optional.empty(), false, false);

  public KeptUse {
    requireNonNull(previous, "previous is null");
  }
}
