package io.tollgate.bench.load;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.tollgate.bench.program.KeyList;
import io.tollgate.bench.report.LatencyCurve;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Fixed connections, each asking again once it has the whole answer, each time with a key drawn at
 * random. On one event loop, so that counting needs no locks. Says {@code begin} and {@code end}
 * around the measured stretch, then {@code result REQUESTS ERRORS NANOS P50 P99 P999} and {@code
 * curve} with one latency for each of {@link LatencyCurve#SHARES}, all in nanoseconds.
 */
public final class LoadProcess {
  private static final int OK = 200;

  private final EventLoop loop;
  private final int port;
  private final RequestTexts requests;
  private final SplittableRandom random = new SplittableRandom(1);
  private LatencyHistogram latencies = new LatencyHistogram();
  private long errors;
  private boolean over;

  private LoadProcess(EventLoop loop, int port, RequestTexts requests) {
    this.loop = loop;
    this.port = port;
    this.requests = requests;
  }

  /** {@code PORT FORM CONNECTIONS WARM_SECONDS SECONDS KEY|@FILE_OF_KEYS}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    EventLoopGroup loops = NettySetup.loops(1);
    LoadProcess load =
        new LoadProcess(
            loops.next(),
            Integer.parseInt(arguments[0]),
            new RequestTexts(RequestForm.valueOf(arguments[1]), KeyList.read(arguments[5])));
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
    latencies = new LatencyHistogram();
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
    StringBuilder curve = new StringBuilder("curve");
    LatencyCurve.SHARES.forEach(share -> curve.append(' ').append(latencies.quantile(share)));
    System.out.println(curve);
  }

  private void open() {
    var unused =
        NettySetup.connect(
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

  private final class Connection extends ChannelInboundHandlerAdapter {
    private long asked;
    private boolean good;

    @Override
    public void channelActive(ChannelHandlerContext context) {
      ask(context.channel());
    }

    private void ask(Channel channel) {
      asked = System.nanoTime();
      NettySetup.flush(channel, requests.get(random.nextInt(requests.size())));
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
      NettySetup.close(context.channel());
    }
  }
}
