package io.tollgate.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.function.Consumer;

/** How all processes of the benchmark use Netty: epoll, no delay, this machine only. */
public final class NettySetup {
  public static final String HOST = "127.0.0.1";

  private NettySetup() {}

  public static EventLoopGroup loops(int threads) {
    return new MultiThreadIoEventLoopGroup(threads, EpollIoHandler.newFactory());
  }

  /** Listens and says {@code ready PORT}; returns when the process is asked to end. */
  public static void serve(EventLoopGroup loops, int port, Consumer<Channel> pipeline)
      throws InterruptedException {
    Channel server =
        new ServerBootstrap()
            .group(loops)
            .channel(EpollServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(initializer(pipeline))
            .bind(HOST, port)
            .sync()
            .channel();
    System.out.println("ready " + port);
    server.closeFuture().sync();
  }

  public static ChannelFuture connect(EventLoop loop, int port, Consumer<Channel> pipeline) {
    return new Bootstrap()
        .group(loop)
        .channel(EpollSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(initializer(pipeline))
        .connect(HOST, port);
  }

  /** Writes; a failed write shows as a closed channel. */
  public static void write(Channel channel, Object message) {
    var unused = channel.write(message);
  }

  public static void flush(Channel channel, Object message) {
    var unused = channel.writeAndFlush(message);
  }

  public static void close(Channel channel) {
    var unused = channel.close();
  }

  private static ChannelInitializer<Channel> initializer(Consumer<Channel> pipeline) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        pipeline.accept(channel);
      }
    };
  }
}
