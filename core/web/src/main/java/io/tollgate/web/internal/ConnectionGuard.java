package io.tollgate.web.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.web.Response;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Watches one connection on the wire, below Vert.x, for what Vert.x does not: headers that never
 * end, bodies that do not come after their answer, callers that do not read, closing so that a
 * caller who still sends sees the answer, and the moment an answer is complete. Confined to the
 * connection's event loop.
 */
final class ConnectionGuard {
  private static final AttributeKey<ConnectionGuard> KEY =
      AttributeKey.valueOf(ConnectionGuard.class, "guard");

  private static final int FLUSHES_PER_TICK = 64;

  /** Time for a body that is on its way when the server stops. */
  private static final Duration LAST_BODY = Duration.ofSeconds(1);

  /**
   * What a caller of HTTP/2 is told in its own words (RFC 9113, sections 6.5 and 6.8): an empty
   * SETTINGS frame, and GOAWAY with HTTP_1_1_REQUIRED.
   */
  private static final byte[] GO_AWAY =
      ByteBufUtil.decodeHexDump("000000040000000000" + "000008070000000000" + "000000000000000d");

  private enum Phase {
    /** Between requests. */
    IDLE,
    /** Headers have begun, or the connection is new. */
    HEADERS,
    BODY,
    /** Answered for the last time; what arrives is thrown away. */
    LINGERING
  }

  private final Channel channel;
  private final CallerNetwork network;
  private final boolean proxied;
  private final ConnectionWatch watch;
  private Phase phase = Phase.HEADERS;
  private long deadlineNanos;
  private boolean writable = true;
  private long unwritableSinceNanos;
  private int owed;
  private boolean answering;
  private int status;
  private long bytes;
  private long drainable;
  private boolean closeAfterAnswer;
  private boolean stopping;
  private @Nullable HeldBytes held;
  private @Nullable RequestExchange exchange;
  private @Nullable String remoteAddress;
  private @Nullable ChannelHandlerContext wire;

  /**
   * @param network the other end's
   * @param proxied whether the other end is a trusted proxy, which has no share of its own
   */
  ConnectionGuard(Channel channel, CallerNetwork network, boolean proxied, ConnectionWatch watch) {
    this.channel = channel;
    this.network = network;
    this.proxied = proxied;
    this.watch = watch;
    expectWithin(watch.config().head().deadline());
  }

  static ConnectionGuard of(HttpServerRequest request) {
    return ((ConnectionBase) request.connection()).channel().attr(KEY).get();
  }

  CallerNetwork network() {
    return network;
  }

  /** The caller's address, without port; written once for all requests of a connection. */
  String remoteAddress(HttpServerRequest request) {
    String known = remoteAddress;
    if (known == null) {
      known = request.remoteAddress().hostAddress();
      remoteAddress = known;
    }
    return known;
  }

  void install() {
    channel.attr(KEY).set(this);
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.replace("httpDecoder", "httpDecoder", new StrictRequestDecoder(watch.config().head()));
    pipeline.addFirst("wire", new Wire());
    // one system call per loop tick for all that was written in it
    pipeline.addFirst("flushes", new FlushConsolidationHandler(FLUSHES_PER_TICK, true));
    pipeline.addBefore("handler", "guard", new Messages());
  }

  /** The request that is answered next. */
  void begin(RequestExchange next) {
    exchange = next;
    status = 0;
    bytes = 0;
  }

  /** The request that is being answered; null between requests. */
  @Nullable RequestExchange exchange() {
    return exchange;
  }

  /** What the current request's body takes of the memory. */
  HeldBytes held() {
    HeldBytes current = held;
    if (current == null) {
      current = new HeldBytes(watch.budget(), caller());
      held = current;
    }
    return current;
  }

  /** Whose share a body takes: behind a trusted proxy, that of whom the proxy names. */
  private CallerNetwork caller() {
    RequestExchange current = exchange;
    return proxied && current != null ? CallerNetwork.of(current.remoteAddress()) : network;
  }

  /** The same; from now on its receiver gives it back. */
  HeldBytes giveAwayHeld() {
    HeldBytes given = held();
    held = null;
    return given;
  }

  /** After the answer in progress: no more output, and input is thrown away for a while. */
  void closeAfterAnswer() {
    closeAfterAnswer = true;
  }

  void check(long now) {
    if (!writable
        && now - unwritableSinceNanos > watch.config().connections().writeStall().toNanos()) {
      cut();
      return;
    }
    if (now < deadlineNanos) {
      return;
    }
    switch (phase) {
      case LINGERING -> cut();
      case HEADERS -> {
        if (owed == 0) {
          refuse(
              408,
              new Refusal(
                  ErrorCode.REQUEST_TIMEOUT,
                  "the headers did not arrive within "
                      + watch.config().head().deadline().toMillis()
                      + " ms"));
        }
      }
      case IDLE -> {
        if (owed == 0) {
          cut();
        }
      }
      case BODY -> {
        if (owed == 0 || stopping) {
          cut();
        }
      }
    }
  }

  /** Waits for nothing more but the answer to a request that is whole, or soon will be. */
  void stop() {
    if (phase == Phase.LINGERING || owed == 0) {
      cut();
    } else if (phase == Phase.BODY) {
      stopping = true;
      expectWithin(LAST_BODY);
    }
  }

  /** Answers outside of any route, and closes. */
  void refuse(int refusalStatus, Refusal refusal) {
    if (phase == Phase.LINGERING) {
      return;
    }
    RequestExchange refused = exchange;
    Response response =
        refused == null ? watch.answer(refusalStatus, refusal) : refused.refusal(refusal);
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(HttpResponseStatus.valueOf(refusalStatus)).append("\r\n");
    response.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Content-Length: ").append(response.body().length).append("\r\n");
    head.append("Connection: close\r\n\r\n");
    linger(
        Unpooled.wrappedBuffer(
            head.toString().getBytes(StandardCharsets.ISO_8859_1), response.body()));
  }

  private void linger(ByteBuf last) {
    phase = Phase.LINGERING;
    drainable = (long) watch.config().connections().drainMib() << 20;
    expectWithin(watch.config().connections().drain());
    watch.leaving(this);
    ChannelHandlerContext context = wire;
    if (context == null) {
      last.release();
      cut();
      return;
    }
    context
        .writeAndFlush(last)
        .addListener(
            written -> {
              if (written.isSuccess() && channel instanceof DuplexChannel duplex) {
                var unused = duplex.shutdownOutput();
                channel.config().setAutoRead(true);
                channel.read();
              } else {
                cut();
              }
            });
  }

  /** Below Vert.x, whose own close waits for what is still to be written. */
  void cut() {
    ChannelHandlerContext context = wire;
    var unused = context == null ? channel.close() : context.close();
  }

  private void expectWithin(Duration time) {
    deadlineNanos = System.nanoTime() + time.toNanos();
  }

  private void ended(boolean whole) {
    HeldBytes taken = held;
    if (taken != null) {
      held = null;
      taken.release();
    }
    RequestExchange ending = exchange;
    exchange = null;
    if (ending != null) {
      ending.ended(status == 0 ? RequestExchange.CALLER_GONE : status, bytes, whole);
    }
  }

  /** Counts what comes after the answer; a caller who sends too much of it is cut off. */
  private void drained(int more) {
    drainable -= more;
    if (drainable < 0) {
      cut();
    }
  }

  /** Nearest to the socket: sees bytes. */
  private final class Wire extends ChannelInboundHandlerAdapter {
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      wire = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (phase == Phase.LINGERING) {
        int more = message instanceof ByteBuf some ? some.readableBytes() : 0;
        ReferenceCountUtil.release(message);
        drained(more);
        return;
      }
      if (phase == Phase.IDLE) {
        phase = Phase.HEADERS;
        expectWithin(watch.config().head().deadline());
      }
      context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      watch.closed(ConnectionGuard.this);
      ended(false);
      context.fireChannelInactive();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      writable = channel.isWritable();
      unwritableSinceNanos = System.nanoTime();
      context.fireChannelWritabilityChanged();
    }
  }

  /** Between the HTTP codec and Vert.x: sees messages. */
  private final class Messages extends ChannelDuplexHandler {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (phase == Phase.LINGERING) {
        ReferenceCountUtil.release(message);
        return;
      }
      if (message instanceof HttpRequest request) {
        if (request.decoderResult().cause() == BadHeadException.HTTP_2) {
          ReferenceCountUtil.release(message);
          linger(Unpooled.wrappedBuffer(GO_AWAY));
          return;
        }
        phase = Phase.BODY;
        owed++;
      } else if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
        ReferenceCountUtil.release(message);
        malformedBody();
        return;
      } else if (owed == 0 && message instanceof HttpContent part) {
        drained(part.content().readableBytes());
      }
      if (message instanceof LastHttpContent) {
        if (owed == 0) {
          watch.staying(ConnectionGuard.this);
        }
        phase = Phase.IDLE;
        expectWithin(watch.config().connections().idle());
      }
      context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      if (phase == Phase.LINGERING) {
        ReferenceCountUtil.release(message);
        promise.tryFailure(new ClosedChannelException());
        return;
      }
      if (message instanceof HttpResponse response && response.status().code() >= 200) {
        status = response.status().code();
        answering = true;
        RequestExchange answered = exchange;
        if (answered != null && answered.isForBrowser()) {
          BrowserAccess.expose(response.headers());
        }
      }
      if (answering && message instanceof HttpContent content) {
        bytes += content.content().readableBytes();
      }
      var unused = context.write(message, promise);
      if (answering && message instanceof LastHttpContent) {
        answered();
      }
    }

    private void answered() {
      answering = false;
      owed--;
      ended(true);
      if (closeAfterAnswer) {
        linger(Unpooled.EMPTY_BUFFER);
      } else if (phase == Phase.IDLE) {
        expectWithin(watch.config().connections().idle());
      } else if (phase == Phase.BODY && owed == 0) {
        drainable = LastAnswer.SHORT_BYTES;
        expectWithin(watch.config().connections().drain());
        watch.leaving(ConnectionGuard.this);
      }
    }

    private void malformedBody() {
      if (answering || owed != 1) {
        cut();
        return;
      }
      status = 400;
      owed = 0;
      refuse(
          400,
          new Refusal(
              ErrorCode.MALFORMED_BODY, "the body is malformed (expected: chunked encoding)"));
      // the route learns of it as of a caller who hung up, once the connection is closed
    }
  }
}
