package io.tollgate.relay.gateway.internal;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.openai.OpenAiStream;
import io.tollgate.relay.protocols.openai.StreamIdentity;
import io.tollgate.relay.protocols.openai.StreamTap;
import java.util.Optional;

/** The last piece of a stream whose caller cannot pay for more. */
final class StreamCut {
  private static final String CODE = "insufficient_quota";
  private static final String MESSAGE =
      "balance and quota are used up; the answer was ended here and charged as far as it came";

  private StreamCut() {}

  /**
   * @param usage what is charged, for the usage chunk where the caller asked for one
   */
  static byte[] bytes(ChatCall call, StreamTap tap, TokenUsage usage) {
    StreamIdentity identity =
        tap.identity()
            .orElseGet(
                () ->
                    new StreamIdentity(
                        "chatcmpl-" + call.context().requestId(),
                        call.context().arrivedAt().getEpochSecond(),
                        call.chat().model()));
    byte[] cut = OpenAiStream.cutShort(identity, tap.openChoices(), CODE, MESSAGE);
    byte[] end =
        OpenAiStream.end(
            identity, call.chat().includeUsage() ? Optional.of(usage) : Optional.empty());
    byte[] both = new byte[cut.length + end.length];
    System.arraycopy(cut, 0, both, 0, cut.length);
    System.arraycopy(end, 0, both, cut.length, end.length);
    return both;
  }
}
