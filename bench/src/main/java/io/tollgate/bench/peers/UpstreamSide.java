package io.tollgate.bench.peers;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.tollgate.bench.load.NettySetup;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The passthrough's side towards the upstream; one per connection, serves callers in turn. */
final class UpstreamSide extends ChannelInboundHandlerAdapter {
  private static final byte[] INPUT = PassthroughServer.name("prompt_tokens");
  private static final byte[] OUTPUT = PassthroughServer.name("completion_tokens");

  private final Consumer<UpstreamSide> idle;
  private @Nullable Channel own;
  private @Nullable Channel caller;
  private long tokens;

  /**
   * @param idle told when an answer is through and the connection can serve again
   */
  UpstreamSide(Consumer<UpstreamSide> idle) {
    this.idle = idle;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    own = context.channel();
  }

  void send(Channel asking, FullHttpRequest request) {
    caller = asking;
    if (own == null) {
      throw new IllegalStateException("not connected (expected: connected before a request)");
    }
    NettySetup.flush(own, request);
  }

  void read(boolean wanted) {
    if (own != null) {
      own.config().setAutoRead(wanted);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Channel to = caller;
    if (to == null) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpContent piece) {
      long input = PassthroughServer.tokens(piece.content(), INPUT);
      if (input >= 0) {
        tokens += input + Math.max(0, PassthroughServer.tokens(piece.content(), OUTPUT));
      }
    }
    NettySetup.write(to, message);
    if (message instanceof LastHttpContent) {
      to.flush();
      caller = null;
      idle.accept(this);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (caller != null) {
      caller.flush();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (caller != null) {
      NettySetup.close(caller);
    }
  }

  /** Tokens seen on this connection so far. */
  long tokens() {
    return tokens;
  }
}
