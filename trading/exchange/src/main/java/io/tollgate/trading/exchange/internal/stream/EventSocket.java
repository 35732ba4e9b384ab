package io.tollgate.trading.exchange.internal.stream;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.AccountEvent;
import io.tollgate.trading.exchange.AccountEvent.Gap;
import io.tollgate.trading.exchange.EventStream;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.vertx.core.Future;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A private stream over WebSocket that is opened again and again until it is closed; each time, a
 * gap is told before anything else. From one connection to the next it waits longer each time, up
 * to half a minute, until something is told again. Events are told on a thread of its own, one
 * after the other; a listener that is too slow for what is coming, or that fails, costs the
 * connection, and so a gap.
 */
public final class EventSocket implements EventStream {
  private static final int MESSAGES = 10_000;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final WebSocketClient client;
  private final StreamProtocol protocol;
  private final Consumer<AccountEvent> listener;
  private final Thread thread;
  private volatile boolean closed;

  public EventSocket(
      WebSocketClient client,
      StreamProtocol protocol,
      Consumer<AccountEvent> listener,
      String name) {
    this.client = requireNonNull(client, "client is null");
    this.protocol = requireNonNull(protocol, "protocol is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.thread = Thread.ofVirtual().name("events of " + name).start(this::run);
  }

  private void run() {
    Duration wait = FIRST_WAIT;
    while (!closed) {
      try {
        if (connects()) {
          wait = FIRST_WAIT;
        }
        Thread.sleep(wait);
        wait = shorter(wait.multipliedBy(2), LONGEST_WAIT);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** One connection; what fails while a connection is made is a connection that failed. */
  private boolean connects() throws InterruptedException {
    try {
      return connection();
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** One connection, until it ends; whether anything was told over it. */
  private boolean connection() throws InterruptedException {
    if (!(protocol.prepare() instanceof Accepted<WebSocketConnectOptions>(var options))) {
      return false;
    }
    BlockingQueue<Optional<String>> messages = new ArrayBlockingQueue<>(MESSAGES);
    Future<WebSocket> connecting =
        client.connect(options).onSuccess(open -> listen(open, messages));
    WebSocket socket;
    try {
      socket =
          connecting
              .toCompletionStage()
              .toCompletableFuture()
              .get(CONNECT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return false;
    } catch (TimeoutException e) {
      connecting.onSuccess(WebSocket::close);
      return false;
    } catch (InterruptedException e) {
      connecting.onSuccess(WebSocket::close);
      throw e;
    }
    Telling telling = new Telling(socket);
    try {
      List<String> hello = protocol.hello();
      hello.forEach(socket::writeTextMessage);
      if (hello.isEmpty()) {
        telling.tell(new Gap("connected"));
      }
      telling.untilTheEnd(messages);
    } catch (RuntimeException e) {
      // unreadable, or the listener's: what it missed is in the gap of the next connection, and
      // where it is so each time, each one is waited for longer
      return false;
    } finally {
      socket.close();
    }
    return telling.any;
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

  /** What comes over one connection. */
  private final class Telling {
    private final WebSocket socket;
    private boolean any;

    private Telling(WebSocket socket) {
      this.socket = socket;
    }

    private void tell(AccountEvent event) {
      any = true;
      listener.accept(event);
    }

    private void untilTheEnd(BlockingQueue<Optional<String>> messages) throws InterruptedException {
      long renewedAt = System.nanoTime();
      long heardAt = renewedAt;
      while (!closed) {
        long now = System.nanoTime();
        long untilRenewal = protocol.renewEvery().toNanos() - (now - renewedAt);
        long silentFor = now - heardAt;
        long untilDead =
            protocol.longestSilence().map(most -> most.toNanos() - silentFor).orElse(untilRenewal);
        if (untilRenewal <= 0) {
          protocol.renew().forEach(socket::writeTextMessage);
          renewedAt = System.nanoTime();
          continue;
        }
        if (untilDead <= 0 && messages.isEmpty()) {
          return;
        }
        Optional<String> message =
            messages.poll(Math.max(0, Math.min(untilRenewal, untilDead)), TimeUnit.NANOSECONDS);
        if (message != null) {
          if (message.isEmpty()) {
            return;
          }
          heardAt = System.nanoTime();
          Heard heard = protocol.hear(message.get());
          heard.replies().forEach(socket::writeTextMessage);
          heard.events().forEach(this::tell);
        }
      }
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
