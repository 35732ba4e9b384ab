package io.tollgate.relay.gateway.internal.upstream;

import io.tollgate.relay.gateway.internal.loop.DeadlineWatch;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.vertx.core.http.HttpClientResponse;
import java.util.concurrent.TimeUnit;

/**
 * Reads what still comes after a stream's last event, usually its end in a packet of its own, for
 * two seconds at most, so that the connection can be used again.
 */
final class StreamLeftover implements DeadlineWatch.Watched {
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final RelayLoop loop;
  private final HttpClientResponse response;
  private final long deadline = System.nanoTime() + WAIT_NANOS;

  private StreamLeftover(RelayLoop loop, HttpClientResponse response) {
    this.loop = loop;
    this.response = response;
  }

  static void letGo(RelayLoop loop, HttpClientResponse response) {
    StreamLeftover leftover = new StreamLeftover(loop, response);
    loop.watch().add(leftover);
    response.handler(_ -> {});
    response.exceptionHandler(_ -> loop.watch().remove(leftover));
    response.endHandler(_ -> loop.watch().remove(leftover));
    response.resume();
  }

  @Override
  public void tick(long now) {
    if (now - deadline > 0) {
      loop.watch().remove(this);
      var unused = response.request().reset();
    }
  }
}
