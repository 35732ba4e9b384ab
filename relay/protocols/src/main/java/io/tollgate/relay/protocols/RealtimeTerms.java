package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a realtime session is set to, as far as money depends on it. Immutable.
 *
 * @param startsByItself whether the provider begins responses when somebody has stopped speaking
 * @param speaks whether responses are told in sound
 * @param maxOutput most output tokens of a response, where there is a limit
 * @param inputSound bytes of sound that are sent for a second of it
 * @param outputSound bytes of sound that come back for a second of it
 * @param transcription the model that writes down what is said to the session, if one does
 * @param promptBytes bytes of what each response reads first: instructions and tools
 */
public record RealtimeTerms(
    boolean startsByItself,
    boolean speaks,
    OptionalLong maxOutput,
    int inputSound,
    int outputSound,
    Optional<String> transcription,
    long promptBytes) {
  /** 24,000 samples of two bytes. */
  public static final int LINEAR_SOUND = 48_000;

  /** 8,000 samples of a byte, as telephones have it. */
  public static final int TELEPHONE_SOUND = 8_000;

  /** Of a session of which nothing is known yet. */
  public static final RealtimeTerms UNKNOWN =
      new RealtimeTerms(
          false, true, OptionalLong.empty(), LINEAR_SOUND, LINEAR_SOUND, Optional.empty(), 0);

  public RealtimeTerms {
    requireNonNull(maxOutput, "maxOutput is null");
    requireNonNull(transcription, "transcription is null");
    if (inputSound < 1 || outputSound < 1) {
      throw new IllegalArgumentException(
          "bytes a second: " + inputSound + ", " + outputSound + " (expected: >= 1)");
    }
  }
}
