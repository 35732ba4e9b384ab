package io.tollgate.relay.gateway.internal.caller;

import io.tollgate.ground.Refusal;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.vertx.core.buffer.Buffer;

/** What the caller still gets, once the result is recorded. */
public sealed interface ResponseEnding {
  /** An answer that was held back whole. */
  record Whole(String contentType, Buffer body) implements ResponseEnding {}

  /** The last piece of a stream that came to its end. */
  record Last(byte[] piece) implements ResponseEnding {}

  /** The last piece of a stream that did not: after it the connection is closed. */
  record Broken(byte[] piece) implements ResponseEnding {}

  /** An error of ours; nothing was sent before. */
  record Refused(Refusal refusal) implements ResponseEnding {}

  /** An error of the upstream; nothing was sent before. */
  record Failed(UpstreamError error) implements ResponseEnding {}

  /** Nothing: the caller is gone. */
  record Nobody() implements ResponseEnding {}
}
