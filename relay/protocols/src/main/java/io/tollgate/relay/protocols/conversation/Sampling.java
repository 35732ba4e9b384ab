package io.tollgate.relay.protocols.conversation;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.json.JsonString;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the words of an answer are chosen. Numbers are as the caller wrote them; whether an upstream
 * takes them is for it to say.
 *
 * @param stop texts before which the answer ends
 */
public record Sampling(
    Optional<BigDecimal> temperature,
    Optional<BigDecimal> topP,
    OptionalLong topK,
    List<JsonString> stop,
    OptionalLong seed,
    Optional<BigDecimal> frequencyPenalty,
    Optional<BigDecimal> presencePenalty) {
  public static final Sampling UNSAID =
      new Sampling(
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          List.of(),
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty());

  public Sampling {
    requireNonNull(temperature, "temperature is null");
    requireNonNull(topP, "topP is null");
    requireNonNull(topK, "topK is null");
    stop = List.copyOf(stop);
    requireNonNull(seed, "seed is null");
    requireNonNull(frequencyPenalty, "frequencyPenalty is null");
    requireNonNull(presencePenalty, "presencePenalty is null");
  }
}
