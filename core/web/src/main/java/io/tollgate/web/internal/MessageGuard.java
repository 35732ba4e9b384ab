package io.tollgate.web.internal;

import static java.util.Objects.requireNonNull;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;

/** Tells a connection's guard of its messages; stands between the HTTP codec and Vert.x. */
final class MessageGuard extends ChannelDuplexHandler {
  private final ConnectionGuard guard;

  MessageGuard(ConnectionGuard guard) {
    this.guard = requireNonNull(guard, "guard is null");
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (guard.isLingering()) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest request) {
      if (request.decoderResult().cause() == BadHeadException.HTTP_2) {
        ReferenceCountUtil.release(message);
        guard.linger(WireAnswers.goAway());
        return;
      }
      guard.headCame();
    } else if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
      ReferenceCountUtil.release(message);
      guard.bodyIsMalformed();
      return;
    } else if (message instanceof HttpContent part && guard.owesNothing()) {
      guard.drained(part.content().readableBytes());
    }
    if (message instanceof LastHttpContent) {
      guard.requestCame();
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (guard.isLingering()) {
      ReferenceCountUtil.release(message);
      promise.tryFailure(new ClosedChannelException());
      return;
    }
    CurrentRequest current = guard.current();
    if (message instanceof HttpResponse response && response.status().code() >= 200) {
      current.answerBegins(response);
    }
    if (message instanceof HttpContent content) {
      current.answerGoesOn(content.content().readableBytes());
    }
    var unused = context.write(message, promise);
    if (message instanceof LastHttpContent && current.isAnswering()) {
      guard.answered();
    }
  }
}
