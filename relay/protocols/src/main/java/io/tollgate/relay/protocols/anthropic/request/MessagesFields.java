package io.tollgate.relay.protocols.anthropic.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.ProviderTool;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a messages request, and where in the body it stands; filled by {@link
 * MessagesRequestReader} only.
 */
final class MessagesFields {
  @Nullable String model;
  // the value's place, quotes included
  int modelFrom;
  int modelTo;
  long maxTokens;
  boolean stream;
  // whether it names input that is not in the body
  boolean inputElsewhere;
  // ids of files that it names
  List<String> files = List.of();
  // those that the provider runs and bills by the call
  List<ProviderTool> tools = List.of();
  // whether it holds thinking that is not Anthropic's
  boolean foreignSignatures;
  Optional<ServiceTier> tier = Optional.empty();

  String model() {
    return requireNonNull(model, "model is null");
  }
}
