package io.tollgate.sandbox.internal.exchange;

import io.tollgate.sandbox.internal.served.Attempt;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** What goes out as an answer. */
public sealed interface Outgoing {
  /** A body known as a whole. */
  record Whole(String contentType, Buffer body) implements Outgoing {}

  /** A stream. */
  record Streamed(Frames frames) implements Outgoing {}

  /** A JSON document that is no answer yet: whoever makes that ends the attempt. */
  record Later(Buffer body, Consumer<Attempt> maker) implements Outgoing {}

  /** A JSON document. */
  static Outgoing json(String json) {
    return new Whole("application/json", Replies.bytes(json));
  }
}
