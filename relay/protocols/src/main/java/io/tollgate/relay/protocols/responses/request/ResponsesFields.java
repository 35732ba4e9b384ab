package io.tollgate.relay.protocols.responses.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.ProviderTool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a request, and where in the body it stands; filled by {@link
 * ResponsesRequestReader} only.
 */
final class ResponsesFields {
  @Nullable String model;
  boolean stream;
  // 0: not given
  long maxOutputTokens;
  // whether it names input that is not in the body
  boolean inputElsewhere;
  // ids of files that it names
  List<String> files = List.of();
  // those that the provider runs and bills by the call
  List<ProviderTool> tools = List.of();
  Optional<ServiceTier> tier = Optional.empty();
  Optional<String> previousResponseId = Optional.empty();
  // whether it goes on from a conversation or a prompt that the provider keeps
  boolean conversation;
  boolean prompt;
  boolean background;
  boolean store = true;

  /** Items that only another protocol's provider can read: where each is to be cut out. */
  final List<Cut> foreign = new ArrayList<>();

  // pairs: first byte of a parameter's value, byte after its last; -1 where it is not given
  private final int[] places = new int[2 * ResponsesParameter.values().length];

  ResponsesFields() {
    Arrays.fill(places, -1);
  }

  /** Bytes to be left out. */
  record Cut(int from, int to) {}

  String model() {
    return requireNonNull(model, "model is null");
  }

  /** A value lies there, quotes included. */
  void place(ResponsesParameter parameter, int from, int to) {
    places[2 * parameter.ordinal()] = from;
    places[2 * parameter.ordinal() + 1] = to;
  }

  boolean has(ResponsesParameter parameter) {
    return from(parameter) >= 0;
  }

  int from(ResponsesParameter parameter) {
    return places[2 * parameter.ordinal()];
  }

  int to(ResponsesParameter parameter) {
    return places[2 * parameter.ordinal() + 1];
  }

  /** Whether it goes on from what its provider has kept. */
  boolean goesOn() {
    return conversation || prompt || previousResponseId.isPresent();
  }
}
