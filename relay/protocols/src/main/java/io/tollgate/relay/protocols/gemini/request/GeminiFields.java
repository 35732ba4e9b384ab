package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.ProviderTool;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What was read of a request for content; filled by {@link GeminiRequestReader} and {@link
 * ContentsReader} only.
 */
final class GeminiFields {
  int choices = 1;
  // 0: not given
  long maxOutputTokens;
  // whether it names input that is not in the body
  boolean inputElsewhere;
  // those that the provider runs and bills by the call
  List<ProviderTool> tools = List.of();
  Optional<ServiceTier> tier = Optional.empty();
  // places of signatures that no Gemini has written, quotes not included: first byte, byte after
  private int[] foreign = new int[2];
  private int foreignUsed;

  void foreignSignature(int from, int to) {
    if (foreignUsed == foreign.length) {
      foreign = Arrays.copyOf(foreign, foreignUsed * 2);
    }
    foreign[foreignUsed++] = from;
    foreign[foreignUsed++] = to;
  }

  int foreignSignatures() {
    return foreignUsed / 2;
  }

  int foreignFrom(int index) {
    return foreign[2 * index];
  }

  int foreignTo(int index) {
    return foreign[2 * index + 1];
  }
}
