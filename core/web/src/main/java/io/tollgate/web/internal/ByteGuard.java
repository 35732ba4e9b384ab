package io.tollgate.web.internal;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** Tells a connection's guard of its bytes; stands nearest to the socket, behind TLS. */
final class ByteGuard extends ChannelInboundHandlerAdapter {
  private final ConnectionGuard guard;

  ByteGuard(ConnectionGuard guard) {
    this.guard = requireNonNull(guard, "guard is null");
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    guard.writesTo(context);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (guard.isLingering()) {
      int more = message instanceof ByteBuf some ? some.readableBytes() : 0;
      ReferenceCountUtil.release(message);
      guard.drained(more);
      return;
    }
    guard.bytesCame();
    context.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    guard.closed();
    context.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    guard.isWritable(context.channel().isWritable());
    context.fireChannelWritabilityChanged();
  }
}
