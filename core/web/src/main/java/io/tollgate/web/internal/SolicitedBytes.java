package io.tollgate.web.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.UnpooledHttpClientConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection to an upstream on which bytes come that nobody asked for: the rest of an
 * answer that was longer than it said, or a second one. Kept open, the next request would take them
 * for its own answer. Confined to the connection's event loop.
 */
public final class SolicitedBytes extends ChannelDuplexHandler {
  private static final AttributeKey<SolicitedBytes> KEY =
      AttributeKey.valueOf(SolicitedBytes.class, "bytes");

  private boolean asked;
  private boolean answering;
  private int served;
  // what the codec is given just now
  private @Nullable ByteBuf reading;
  // bytes of the latest read that the codec could make nothing of
  private int leftOver;

  private SolicitedBytes() {}

  /** Watches a connection, above TLS where it is spoken and below the HTTP codec. */
  static SolicitedBytes watch(HttpConnection connection) {
    SolicitedBytes bytes = new SolicitedBytes();
    channel(connection)
        .ifPresent(
            channel -> {
              channel.attr(KEY).set(bytes);
              ChannelHandlerContext codec = channel.pipeline().context(HttpClientCodec.class);
              if (codec != null) {
                channel.pipeline().addBefore(codec.name(), "solicited", bytes);
              }
            });
    return bytes;
  }

  /** Whether an answer has come on it before, and not a byte since it was last asked. */
  public static boolean hasGrownStale(HttpConnection connection) {
    return channel(connection)
        .map(channel -> channel.attr(KEY).get())
        .filter(bytes -> bytes.served > 0 && !bytes.answering)
        .isPresent();
  }

  private static Optional<Channel> channel(HttpConnection connection) {
    Object inner =
        connection instanceof UnpooledHttpClientConnection outer ? outer.unwrap() : connection;
    return inner instanceof ConnectionBase base ? Optional.of(base.channel()) : Optional.empty();
  }

  /**
   * An answer has come to its end: nothing more is to come until something is asked. False when
   * more has come with it.
   */
  boolean answered() {
    asked = false;
    served++;
    return (reading == null ? leftOver : reading.readableBytes()) == 0;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (!asked) {
      asked = true;
      answering = false;
    }
    var unused = context.write(message, promise);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!asked) {
      ReferenceCountUtil.release(message);
      var unused = context.close();
      return;
    }
    answering = true;
    if (message instanceof ByteBuf bytes) {
      read(context, bytes);
    } else {
      context.fireChannelRead(message);
    }
  }

  /** Keeps the bytes while the codec reads them, to see what it leaves over. */
  private void read(ChannelHandlerContext context, ByteBuf bytes) {
    reading = bytes.retain();
    try {
      context.fireChannelRead(bytes);
      leftOver = bytes.readableBytes();
    } finally {
      reading = null;
      bytes.release();
    }
  }
}
