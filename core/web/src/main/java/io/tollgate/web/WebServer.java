package io.tollgate.web;

import io.tollgate.web.internal.LoopServer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening server, on all event loops. Opened by {@link WebEdge#listen}. */
public final class WebServer {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  private final ListeningPort listener;
  private final List<LoopServer> loops;

  WebServer(ListeningPort listener, List<LoopServer> loops) {
    this.listener = listener;
    this.loops = List.copyOf(loops);
  }

  public String name() {
    return listener.name();
  }

  /** The port in fact, also where 0 was asked for. */
  public int port() {
    return loops.getFirst().port();
  }

  /**
   * Stops accepting, closes connections without a request, and waits for the requests in progress;
   * what has not finished by then is cut off. Blocks; not to be called on an event loop.
   */
  public void stop(Duration grace) {
    Future<?> stopped = Future.join(loops.stream().map(loop -> loop.shutdown(grace)).toList());
    try {
      stopped
          .toCompletionStage()
          .toCompletableFuture()
          .get(grace.toMillis() + 5000, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.atWarn().setCause(e).addKeyValue("server", name()).log("server did not stop cleanly");
    }
  }
}
