package io.tollgate.bench;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The passthrough's side towards the upstream; one per connection, serves callers in turn. */
final class Back extends ChannelInboundHandlerAdapter {
  private static final byte[] INPUT = Passthrough.name("prompt_tokens");
  private static final byte[] OUTPUT = Passthrough.name("completion_tokens");

  private final Consumer<Back> idle;
  private @Nullable Channel own;
  private @Nullable Channel caller;
  private long tokens;

  /**
   * @param idle told when an answer is through and the connection can serve again
   */
  Back(Consumer<Back> idle) {
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
    Netty.flush(own, request);
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
      long input = Passthrough.tokens(piece.content(), INPUT);
      if (input >= 0) {
        tokens += input + Math.max(0, Passthrough.tokens(piece.content(), OUTPUT));
      }
    }
    Netty.write(to, message);
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
      Netty.close(caller);
    }
  }

  /** Tokens seen on this connection so far. */
  long tokens() {
    return tokens;
  }
}
