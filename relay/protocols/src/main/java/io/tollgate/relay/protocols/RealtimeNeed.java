package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import java.util.OptionalLong;

/**
 * What a response of a realtime session is estimated to take. Immutable.
 *
 * @param input all that it reads, by kind; rather too much than too little
 * @param speaks whether it is told in sound
 * @param maxOutput most output tokens, where there is a limit
 */
public record RealtimeNeed(TokenUsage input, boolean speaks, OptionalLong maxOutput) {
  public RealtimeNeed {
    requireNonNull(input, "input is null");
    requireNonNull(maxOutput, "maxOutput is null");
  }
}
