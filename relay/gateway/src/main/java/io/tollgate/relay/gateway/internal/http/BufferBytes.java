package io.tollgate.relay.gateway.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * Turns Vert.x's buffers into the arrays that protocols read, and back, without a copy: what comes
 * from a connection has been copied once already, into an array of its own.
 */
public final class BufferBytes {
  private BufferBytes() {}

  /** What is in a buffer; not to be changed, and the buffer neither. */
  public static byte[] of(Buffer buffer) {
    ByteBuf bytes = ((BufferInternal) buffer).getByteBuf();
    if (bytes.hasArray()
        && bytes.arrayOffset() + bytes.readerIndex() == 0
        && bytes.readableBytes() == bytes.array().length) {
      return bytes.array();
    }
    return buffer.getBytes();
  }

  /** A buffer of bytes that do not change any more. */
  public static Buffer over(byte[] bytes) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
  }
}
