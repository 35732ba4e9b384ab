package io.tollgate.trading.exchange.internal.wire;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.AccountEvent;
import io.tollgate.trading.exchange.AccountEvent.Gap;
import io.tollgate.trading.exchange.EventStream;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A private stream over WebSocket that is opened again and again until it is closed; each time, a
 * gap is told before anything else. Events are told on a thread of its own, one after the other; a
 * listener that is too slow for what is coming, or that fails, costs the connection, and so a gap.
 */
public final class EventSocket implements EventStream {
  private static final int MESSAGES = 10_000;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** How an exchange's stream is opened and read. */
  public interface Protocol {
    /** Where to connect to now. */
    Outcome<WebSocketConnectOptions> prepare();

    /** What is to be sent first; empty when the address alone subscribes. */
    Optional<String> hello();

    /**
     * What a message tells; a {@link Gap} when it says that the subscription stands.
     *
     * @throws UnreadableAnswer when it ends the stream
     */
    Optional<AccountEvent> read(String message);

    /** How often the subscription is to be kept alive. */
    Duration renewEvery();

    /** Whether it lives on. */
    boolean renew();
  }

  private final WebSocketClient client;
  private final Protocol protocol;
  private final Consumer<AccountEvent> listener;
  private final Thread thread;
  private volatile boolean closed;

  public EventSocket(
      WebSocketClient client, Protocol protocol, Consumer<AccountEvent> listener, String name) {
    this.client = requireNonNull(client, "client is null");
    this.protocol = requireNonNull(protocol, "protocol is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.thread = Thread.ofVirtual().name("events of " + name).start(this::run);
  }

  private void run() {
    Duration wait = FIRST_WAIT;
    while (!closed) {
      try {
        if (connection()) {
          wait = FIRST_WAIT;
        }
        Thread.sleep(wait);
        wait =
            wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** One connection, until it ends; whether anything was told over it. */
  private boolean connection() throws InterruptedException {
    if (!(protocol.prepare() instanceof Accepted<WebSocketConnectOptions>(var options))) {
      return false;
    }
    WebSocket socket;
    BlockingQueue<Optional<String>> messages = new ArrayBlockingQueue<>(MESSAGES);
    try {
      socket =
          client
              .connect(options)
              .onSuccess(open -> listen(open, messages))
              .toCompletionStage()
              .toCompletableFuture()
              .get(CONNECT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
    try {
      Optional<String> hello = protocol.hello();
      hello.ifPresentOrElse(socket::writeTextMessage, () -> listener.accept(new Gap("connected")));
      return told(messages);
    } catch (RuntimeException e) {
      // unreadable, or the listener's: what it missed is in the gap of the next connection
      return false;
    } finally {
      socket.close();
    }
  }

  private static void listen(WebSocket socket, BlockingQueue<Optional<String>> messages) {
    socket.textMessageHandler(
        text -> {
          if (!messages.offer(Optional.of(text))) {
            socket.close();
          }
        });
    socket.closeHandler(_ -> end(messages));
    socket.exceptionHandler(_ -> socket.close());
  }

  private static void end(BlockingQueue<Optional<String>> messages) {
    if (!messages.offer(Optional.empty())) {
      messages.clear();
      messages.add(Optional.empty());
    }
  }

  private boolean told(BlockingQueue<Optional<String>> messages) throws InterruptedException {
    long renewedAt = System.nanoTime();
    boolean any = false;
    while (!closed) {
      long left = protocol.renewEvery().toNanos() - (System.nanoTime() - renewedAt);
      Optional<String> message = left > 0 ? messages.poll(left, TimeUnit.NANOSECONDS) : null;
      if (message == null) {
        if (!protocol.renew()) {
          return any;
        }
        renewedAt = System.nanoTime();
      } else if (message.isEmpty()) {
        return any;
      } else {
        protocol.read(message.get()).ifPresent(listener);
        any = true;
      }
    }
    return any;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
