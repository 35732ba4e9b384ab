package io.tollgate.web.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.web.Response;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
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
  private final ConnectionWatch watch;
  private final CurrentRequest current;
  private Phase phase = Phase.HEADERS;
  private long deadlineNanos;
  private boolean writable = true;
  private long unwritableSinceNanos;
  private int owed;
  private long drainable;
  private boolean closeAfterAnswer;
  private boolean stopping;
  private @Nullable String remoteAddress;
  private @Nullable ChannelHandlerContext wire;

  /**
   * @param network the other end's
   * @param proxied whether the other end is a trusted proxy, which has no share of its own
   */
  ConnectionGuard(Channel channel, CallerNetwork network, boolean proxied, ConnectionWatch watch) {
    this.channel = channel;
    this.network = network;
    this.watch = watch;
    current = new CurrentRequest(watch.budget(), network, proxied);
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
    ChannelHandlerContext tls = pipeline.context(SslHandler.class);
    if (tls == null) {
      pipeline.addFirst("wire", new ByteGuard(this));
    } else {
      // what it writes by itself is encrypted too
      pipeline.addAfter(tls.name(), "wire", new ByteGuard(this));
    }
    // one system call per loop tick for all that was written in it
    pipeline.addFirst("flushes", new FlushConsolidationHandler(FLUSHES_PER_TICK, true));
    pipeline.addBefore("handler", "guard", new MessageGuard(this));
  }

  /** The request that is being answered, or comes next. */
  CurrentRequest current() {
    return current;
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
    RequestExchange refused = current.exchange();
    Response response =
        refused == null ? watch.answer(refusalStatus, refusal) : refused.refusal(refusal);
    linger(WireAnswers.closing(refusalStatus, response));
  }

  /** Writes the last bytes; what still arrives is thrown away for a while. */
  void linger(ByteBuf last) {
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

  /** Counts what comes after the answer; a caller who sends too much of it is cut off. */
  void drained(int more) {
    drainable -= more;
    if (drainable < 0) {
      cut();
    }
  }

  /** Whether it was answered for the last time. */
  boolean isLingering() {
    return phase == Phase.LINGERING;
  }

  /** Whether every request that has begun is answered. */
  boolean owesNothing() {
    return owed == 0;
  }

  /** What is written there passes neither Vert.x nor the HTTP codec. */
  void writesTo(ChannelHandlerContext context) {
    wire = context;
  }

  /** Something arrived. */
  void bytesCame() {
    if (phase == Phase.IDLE) {
      phase = Phase.HEADERS;
      expectWithin(watch.config().head().deadline());
    }
  }

  void isWritable(boolean now) {
    writable = now;
    unwritableSinceNanos = System.nanoTime();
  }

  /** The other end is gone, or we closed it. */
  void closed() {
    watch.closed(this);
    current.end(false);
  }

  /** The head of a request is whole. */
  void headCame() {
    phase = Phase.BODY;
    owed++;
  }

  /** A request is whole. */
  void requestCame() {
    if (owed == 0) {
      watch.staying(this);
    }
    phase = Phase.IDLE;
    expectWithin(watch.config().connections().idle());
  }

  /** An answer is written whole. */
  void answered() {
    owed--;
    current.end(true);
    if (closeAfterAnswer) {
      linger(Unpooled.EMPTY_BUFFER);
    } else if (phase == Phase.IDLE) {
      expectWithin(watch.config().connections().idle());
    } else if (phase == Phase.BODY && owed == 0) {
      drainable = LastAnswer.SHORT_BYTES;
      expectWithin(watch.config().connections().drain());
      watch.leaving(this);
    }
  }

  void bodyIsMalformed() {
    if (current.isAnswering() || owed != 1) {
      cut();
      return;
    }
    current.answersWith(400);
    owed = 0;
    refuse(
        400,
        new Refusal(
            ErrorCode.MALFORMED_BODY, "the body is malformed (expected: chunked encoding)"));
    // the route learns of it as of a caller who hung up, once the connection is closed
  }
}
