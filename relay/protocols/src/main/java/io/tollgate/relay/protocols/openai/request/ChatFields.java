package io.tollgate.relay.protocols.openai.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.ProviderTool;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a chat request, and where in the body it stands; filled by {@link
 * ChatRequestReader} only.
 */
final class ChatFields {
  @Nullable String model;
  // the value's place, quotes included
  int modelFrom;
  int modelTo;
  boolean stream;
  boolean includeUsage;
  int choices = 1;
  // 0: not given
  long maxOutputTokens;
  // whether it names input that is not in the body
  boolean inputElsewhere;
  // ids of files that it names
  List<String> files = List.of();
  // those that the provider runs and bills by the call
  List<ProviderTool> tools = List.of();
  // whether the provider is to search the web before it answers
  boolean searches;
  // of prompt_cache_key; 0 where none is given
  long cacheKey;
  Optional<ServiceTier> tier = Optional.empty();
  // first byte of the body's own object, after the brace
  int objectFrom;
  StreamOptions streamOptions = StreamOptions.ABSENT;

  String model() {
    return requireNonNull(model, "model is null");
  }

  /**
   * Where {@code stream_options} lies.
   *
   * @param from first byte of its value; -1 when it is not given
   * @param object whether it is an object, else null
   * @param empty whether the object has no members
   * @param flagFrom first byte of the value of {@code include_usage}; -1 when it is not given
   */
  record StreamOptions(int from, int to, boolean object, boolean empty, int flagFrom, int flagTo) {
    static final StreamOptions ABSENT = new StreamOptions(-1, -1, false, false, -1, -1);

    boolean absent() {
      return from < 0;
    }
  }
}
