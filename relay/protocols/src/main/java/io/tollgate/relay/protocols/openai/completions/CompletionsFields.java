package io.tollgate.relay.protocols.openai.completions;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was read of a request, and where in the body it stands. */
final class CompletionsFields {
  @Nullable String model;
  // the value's place, quotes included
  int modelFrom;
  int modelTo;
  int prompts = 1;
  int n = 1;
  int bestOf = 1;
  boolean stream;
  boolean includeUsage;
  // 0: not given
  long maxTokens;
  // bytes of the longest prompt where it is told once more before what completes it
  int echoedBytes;
  Optional<ServiceTier> tier = Optional.empty();
  // first byte of the body's own object, after the brace
  int objectFrom;
  // the value of stream_options, and of include_usage in it; -1: not given
  int optionsFrom = -1;
  int optionsTo = -1;
  boolean options;
  boolean optionsEmpty;
  int flagFrom = -1;
  int flagTo = -1;

  String model() {
    return requireNonNull(model, "model is null");
  }
}
