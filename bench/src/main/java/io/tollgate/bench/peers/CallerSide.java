package io.tollgate.bench.peers;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.FastThreadLocal;
import io.tollgate.bench.load.NettySetup;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The passthrough's side towards a caller; one per connection, on its event loop. */
final class CallerSide extends SimpleChannelInboundHandler<FullHttpRequest> {
  /** Idle connections upstream of one event loop: never more than callers were there at once. */
  private static final FastThreadLocal<ArrayDeque<UpstreamSide>> IDLE =
      new FastThreadLocal<>() {
        @Override
        protected ArrayDeque<UpstreamSide> initialValue() {
          return new ArrayDeque<>();
        }
      };

  private final PassthroughServer all;
  private @Nullable UpstreamSide running;

  CallerSide(PassthroughServer all) {
    this.all = all;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    String key = request.headers().get("Authorization");
    if (key == null || !all.knows(key)) {
      refuse(context, HttpResponseStatus.UNAUTHORIZED);
      return;
    }
    if (PassthroughServer.model(request.content()).isEmpty()) {
      refuse(context, HttpResponseStatus.BAD_REQUEST);
      return;
    }
    var onward =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, request.method(), request.uri(), request.content().retain());
    onward
        .headers()
        .set(request.headers())
        .set("Authorization", "Bearer upstream-key")
        .set("Host", NettySetup.HOST);
    Channel caller = context.channel();
    UpstreamSide idle = IDLE.get().pollLast();
    if (idle != null) {
      running = idle;
      idle.send(caller, onward);
      return;
    }
    UpstreamSide back = new UpstreamSide(finished -> IDLE.get().addLast(finished));
    running = back;
    var unused =
        NettySetup.connect(
                caller.eventLoop(),
                all.upstream(),
                channel -> channel.pipeline().addLast(new HttpClientCodec(), back))
            .addListener(
                connected -> {
                  if (connected.isSuccess()) {
                    back.send(caller, onward);
                  } else {
                    onward.release();
                    refuse(context, HttpResponseStatus.BAD_GATEWAY);
                  }
                });
  }

  /** What comes from upstream waits while the caller does not read. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (running != null) {
      running.read(context.channel().isWritable());
    }
    context.fireChannelWritabilityChanged();
  }

  private static void refuse(ChannelHandlerContext context, HttpResponseStatus status) {
    var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
    answer.headers().setInt("Content-Length", 0);
    NettySetup.flush(context.channel(), answer);
  }
}
