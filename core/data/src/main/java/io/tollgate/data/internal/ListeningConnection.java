package io.tollgate.data.internal;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Notifications;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection that listens, made again whenever it breaks, on one thread. */
public final class ListeningConnection implements Notifications, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ListeningConnection.class);
  private static final Pattern CHANNEL = Pattern.compile("[a-z_]{1,60}");
  private static final int MAX_SUBSCRIPTIONS = 100;
  private static final int WAIT_MS = 100;
  private static final Duration ALIVE = Duration.ofSeconds(10);
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final DatabaseLogin login;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private final WakeSignal stop = new WakeSignal();
  private @Nullable Thread thread;

  public ListeningConnection(DatabaseLogin login) {
    this.login = requireNonNull(login, "login is null");
  }

  @Override
  public synchronized void subscribe(String channel, Listener listener) {
    if (!CHANNEL.matcher(channel).matches()) {
      throw new IllegalArgumentException(
          "channel: " + channel + " (expected: lower case letters and underscores)");
    }
    if (subscriptions.size() == MAX_SUBSCRIPTIONS || stop.isClosed()) {
      throw new IllegalStateException(
          "subscription to " + channel + " (expected: at most " + MAX_SUBSCRIPTIONS + ", open)");
    }
    subscriptions.add(new Subscription(channel, requireNonNull(listener, "listener is null")));
    if (thread == null) {
      thread = Thread.ofPlatform().daemon().name("notifications").start(this::run);
    }
  }

  private void run() {
    while (!stop.isClosed()) {
      try (Connection connection = login.connect()) {
        try {
          listen(connection);
        } finally {
          subscriptions.forEach(subscription -> tell(subscription, Listener::lost));
        }
      } catch (SQLException e) {
        if (!stop.isClosed()) {
          LOG.info("not listening to the database: {}; trying again", e.getMessage());
          stop.await(stop.count(), AGAIN);
        }
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    PGConnection driver = connection.unwrap(PGConnection.class);
    int listening = 0;
    long aliveAt = System.nanoTime();
    while (!stop.isClosed()) {
      List<Subscription> all = List.copyOf(subscriptions);
      for (Subscription fresh : all.subList(listening, all.size())) {
        execute(connection, "LISTEN " + fresh.channel);
        tell(fresh, Listener::missed);
      }
      listening = all.size();
      PGNotification[] heard = driver.getNotifications(WAIT_MS);
      if (heard != null && heard.length > 0) {
        deliver(all, heard);
        aliveAt = System.nanoTime();
      } else if (System.nanoTime() - aliveAt > ALIVE.toNanos()) {
        execute(connection, "SELECT 1");
        aliveAt = System.nanoTime();
      }
    }
  }

  private static void deliver(List<Subscription> all, PGNotification[] heard) {
    for (PGNotification notification : heard) {
      for (Subscription subscription : all) {
        if (subscription.channel.equals(notification.getName())) {
          tell(subscription, listener -> listener.notified(notification.getParameter()));
        }
      }
    }
  }

  private static void tell(Subscription subscription, Consumer<Listener> what) {
    try {
      what.accept(subscription.listener);
    } catch (RuntimeException e) {
      LOG.error("a listener to {} failed", subscription.channel, e);
    }
  }

  private static void execute(Connection connection, String statementText) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(statementText);
    }
  }

  /** Ends the thread, within about a tenth of a second, and its connection. */
  @Override
  public void close() {
    stop.close();
    Thread running;
    synchronized (this) {
      running = thread;
    }
    if (running != null) {
      try {
        running.join(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private record Subscription(String channel, Listener listener) {}
}
