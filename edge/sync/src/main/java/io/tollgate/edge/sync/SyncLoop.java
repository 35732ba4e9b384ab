package io.tollgate.edge.sync;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.UserId;
import io.tollgate.identity.Principal;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop, by user, and the clock that they share: heartbeats, and looks
 * whether tokens are still good. Confined to the loop but for {@link #committed}.
 */
final class SyncLoop {
  /** Heartbeats and checks are spread over so many steps of their interval. */
  private static final int STEPS = 10;

  private final SyncHub hub;
  private final Context context;
  private final Map<UserId, Feed> feeds = new HashMap<>();
  private int beat;
  private int check;

  /** A user's connections, and their numbers as far as they are known. */
  private static final class Feed {
    private final Set<SyncConnection> connections = new LinkedHashSet<>();
    private @Nullable UserNumbers numbers;
  }

  SyncLoop(SyncHub hub, Vertx vertx) {
    this.hub = requireNonNull(hub, "hub is null");
    this.context = vertx.getOrCreateContext();
    long beatMs = Math.max(1, hub.config().heartbeat().toMillis() / STEPS);
    long checkMs = Math.max(1, hub.config().tokenCheck().toMillis() / STEPS);
    long _ = vertx.setPeriodic(beatMs, _ -> heartbeats());
    long _ = vertx.setPeriodic(checkMs, _ -> checkTokens());
  }

  Context context() {
    return context;
  }

  SyncConfig config() {
    return hub.config();
  }

  SyncReads reads() {
    return hub.reads();
  }

  SyncMeters meters() {
    return hub.meters();
  }

  <T> void read(Callable<T> work, Consumer<T> done, Consumer<Throwable> failed) {
    hub.work().run(context, work, done, failed);
  }

  /** Adds a connection that the hub has admitted. */
  void add(SyncConnection connection) {
    feeds.computeIfAbsent(connection.user().user(), _ -> new Feed()).connections.add(connection);
  }

  void remove(SyncConnection connection) {
    UserId user = connection.user().user();
    Feed feed = feeds.get(user);
    if (feed != null && feed.connections.remove(connection)) {
      if (feed.connections.isEmpty()) {
        feeds.remove(user);
      }
      hub.left(user, connection.client().transport());
    }
  }

  /** The numbers of a user were read. */
  void learn(SyncUser user, UserNumbers numbers) {
    Feed feed = feeds.get(user.user());
    if (feed != null && (feed.numbers == null || feed.numbers.version() <= numbers.version())) {
      feed.numbers = numbers;
    }
  }

  /** From any thread: events were committed. */
  void committed(List<SyncEvent> events) {
    context.runOnContext(_ -> events.forEach(this::pass));
  }

  private void pass(SyncEvent event) {
    Feed feed = feeds.get(event.user());
    if (feed == null) {
      return;
    }
    if (feed.numbers != null) {
      feed.numbers = feed.numbers.after(event);
    }
    for (SyncConnection connection : List.copyOf(feed.connections)) {
      connection.committed(event);
    }
  }

  private void heartbeats() {
    int now = beat++ % STEPS;
    for (Map.Entry<UserId, Feed> entry : List.copyOf(feeds.entrySet())) {
      UserNumbers numbers = entry.getValue().numbers;
      if (step(entry.getKey()) == now && numbers != null) {
        for (SyncConnection connection : List.copyOf(entry.getValue().connections)) {
          connection.client().heartbeat(numbers);
        }
      }
    }
  }

  /** Each token once, however many connections were opened with it; many of them together. */
  private void checkTokens() {
    int now = check++ % STEPS;
    Map<String, Principal> tokens = new HashMap<>();
    List<SyncConnection> connections = new ArrayList<>();
    feeds.forEach(
        (user, feed) -> {
          if (step(user) == now) {
            for (SyncConnection connection : feed.connections) {
              connections.add(connection);
              tokens.put(connection.token(), connection.principal());
            }
          }
        });
    if (tokens.isEmpty()) {
      return;
    }
    read(
        () -> hub.ended(tokens),
        ended -> {
          for (SyncConnection connection : connections) {
            if (ended.contains(connection.token())) {
              connection.end(SyncEnd.REVOKED);
            }
          }
        },
        _ -> {});
  }

  private static int step(UserId user) {
    return Math.floorMod(user.value(), STEPS);
  }
}
