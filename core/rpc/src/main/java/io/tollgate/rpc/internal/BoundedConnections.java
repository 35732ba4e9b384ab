package io.tollgate.rpc.internal;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the connections of a server where they are accepted, before anything is kept for one: the
 * gRPC server itself has no such bound. Those over it are closed at once. Safe for use by many
 * threads.
 */
public final class BoundedConnections {
  private final int max;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong refused = new AtomicLong();

  public BoundedConnections(int max) {
    this.max = max;
  }

  /** A channel that listens. */
  public ServerChannel listening() {
    return new Listening();
  }

  int open() {
    return open.get();
  }

  long refused() {
    return refused.get();
  }

  private final class Listening extends NioServerSocketChannel {
    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
      int before = accepted.size();
      int read = super.doReadMessages(accepted);
      for (int i = accepted.size() - 1; i >= before; i--) {
        Channel connection = (Channel) accepted.get(i);
        if (open.incrementAndGet() <= max) {
          var unused = connection.closeFuture().addListener(_ -> open.decrementAndGet());
        } else {
          open.decrementAndGet();
          refused.incrementAndGet();
          accepted.remove(i);
          connection.unsafe().closeForcibly();
        }
      }
      return read;
    }
  }
}
