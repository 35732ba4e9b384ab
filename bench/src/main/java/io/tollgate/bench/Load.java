package io.tollgate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Fixed connections, each asking again once it has the whole answer. On one event loop, so that
 * counting needs no locks. Says {@code begin} and {@code end} around the measured stretch, then
 * {@code result REQUESTS ERRORS NANOS P50 P99 P999} with latencies in nanoseconds.
 */
public final class Load {
  private static final int OK = 200;

  private final EventLoop loop;
  private final int port;
  private final ByteBuf request;
  private Histogram latencies = new Histogram();
  private long errors;
  private boolean over;

  private Load(EventLoop loop, int port, ByteBuf request) {
    this.loop = loop;
    this.port = port;
    this.request = request;
  }

  /** {@code PORT json|stream CONNECTIONS WARM_SECONDS SECONDS KEY}. */
  public static void main(String[] arguments) throws InterruptedException {
    EventLoopGroup loops = Netty.loops(1);
    boolean stream = arguments[1].equals("stream");
    Load load =
        new Load(loops.next(), Integer.parseInt(arguments[0]), request(stream, arguments[5]));
    load.run(
        Integer.parseInt(arguments[2]),
        Integer.parseInt(arguments[3]),
        Integer.parseInt(arguments[4]));
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
  }

  private void run(int connections, int warmSeconds, int seconds) throws InterruptedException {
    for (int i = 0; i < connections; i++) {
      open();
    }
    TimeUnit.SECONDS.sleep(warmSeconds);
    long began = loop.submit(this::begin).syncUninterruptibly().getNow();
    TimeUnit.SECONDS.sleep(seconds);
    loop.submit(() -> end(began)).sync();
  }

  private long begin() {
    latencies = new Histogram();
    errors = 0;
    System.out.println("begin");
    return System.nanoTime();
  }

  private void end(long began) {
    over = true;
    long nanos = System.nanoTime() - began;
    System.out.println("end");
    System.out.println(
        "result "
            + latencies.total()
            + " "
            + errors
            + " "
            + nanos
            + " "
            + latencies.quantile(0.5)
            + " "
            + latencies.quantile(0.99)
            + " "
            + latencies.quantile(0.999));
  }

  private void open() {
    var unused =
        Netty.connect(
                loop,
                port,
                channel -> channel.pipeline().addLast(new HttpResponseDecoder(), new Connection()))
            .addListener(
                connected -> {
                  if (!connected.isSuccess()) {
                    errors++;
                    retry();
                  }
                });
  }

  private void retry() {
    if (!over) {
      var unused = loop.schedule(this::open, 20, TimeUnit.MILLISECONDS);
    }
  }

  private static ByteBuf request(boolean stream, String key) {
    String body =
        "{\"model\":\"gpt-4o-mini\",\"max_tokens\":64,"
            + (stream ? "\"stream\":true,\"stream_options\":{\"include_usage\":true}," : "")
            + "\"messages\":[{\"role\":\"user\",\"content\":\""
            + "A question that is asked at some length, as questions are. ".repeat(15)
            + "\"}]}";
    String head =
        "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
            + key
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    return Unpooled.unreleasableBuffer(
        Unpooled.directBuffer().writeBytes((head + body).getBytes(UTF_8)).asReadOnly());
  }

  private final class Connection extends ChannelInboundHandlerAdapter {
    private long asked;
    private boolean good;

    @Override
    public void channelActive(ChannelHandlerContext context) {
      ask(context.channel());
    }

    private void ask(Channel channel) {
      asked = System.nanoTime();
      Netty.flush(channel, request.duplicate());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpResponse head) {
        good = head.status().code() == OK;
      }
      boolean last = message instanceof LastHttpContent;
      boolean whole = last && ((LastHttpContent) message).decoderResult().isSuccess();
      ReferenceCountUtil.release(message);
      if (!last) {
        return;
      }
      if (good && whole) {
        latencies.record(System.nanoTime() - asked);
      } else {
        errors++;
      }
      if (!over) {
        ask(context.channel());
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (!over) {
        errors++;
        retry();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      Netty.close(context.channel());
    }
  }
}
