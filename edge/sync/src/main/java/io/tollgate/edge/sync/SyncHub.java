package io.tollgate.edge.sync;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.DeliveredEvent;
import io.tollgate.data.LiveEvents;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.identity.Principal;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All clients of this process that follow numbers: how many there are, and who is told what. Safe
 * for use by many threads.
 */
final class SyncHub implements LiveEvents.Listener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SyncHub.class);

  private final SyncConfig config;
  private final SyncReads reads;
  private final SyncAccess access;
  private final SyncMeters meters;
  private final DeviceRegister devices;
  private final SyncWork work = new SyncWork();
  private final List<SyncLoop> loops = new CopyOnWriteArrayList<>();
  private final AtomicInteger open = new AtomicInteger();

  /** How many connections each user has; nobody has none. */
  private final Map<UserId, Integer> users = new ConcurrentHashMap<>();

  SyncHub(
      SyncConfig config,
      SyncReads reads,
      SyncAccess access,
      SyncMeters meters,
      DeviceRegister devices) {
    this.config = requireNonNull(config, "config is null");
    this.reads = requireNonNull(reads, "reads is null");
    this.access = requireNonNull(access, "access is null");
    this.meters = requireNonNull(meters, "meters is null");
    this.devices = requireNonNull(devices, "devices is null");
  }

  /** Makes the part of one event loop; to be called on it. */
  SyncLoop loop(Vertx vertx) {
    SyncLoop loop = new SyncLoop(this, vertx);
    loops.add(loop);
    return loop;
  }

  SyncConfig config() {
    return config;
  }

  SyncReads reads() {
    return reads;
  }

  SyncAccess access() {
    return access;
  }

  SyncMeters meters() {
    return meters;
  }

  DeviceRegister devices() {
    return devices;
  }

  SyncWork work() {
    return work;
  }

  /**
   * Counts a connection in, before it is added to its loop.
   *
   * @throws Refusal {@code UNAVAILABLE} or {@code RATE_LIMITED} when there are too many
   */
  void enter(UserId user, String transport) {
    if (open.incrementAndGet() > config.connectionsMax()) {
      open.decrementAndGet();
      meters.refused("all");
      throw new Refusal(ErrorCode.UNAVAILABLE, "too many clients are connected")
          .withRetryAfter(Duration.ofSeconds(5));
    }
    int ofUser = users.merge(user, 1, Integer::sum);
    if (ofUser > config.userConnectionsMax()) {
      forget(user);
      meters.refused("user");
      throw new Refusal(
              ErrorCode.RATE_LIMITED,
              "connections of this user: "
                  + ofUser
                  + " (expected: at most "
                  + config.userConnectionsMax()
                  + ")")
          .withRetryAfter(Duration.ofSeconds(5));
    }
    meters.opened(transport);
  }

  /** One that was counted in is gone. */
  void left(UserId user, String transport) {
    meters.closed(transport);
    forget(user);
  }

  private void forget(UserId user) {
    open.decrementAndGet();
    var unused = users.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
  }

  /** Which of these tokens stand for nobody any more; none of them when nobody can tell now. */
  Set<String> ended(Map<String, Principal> tokens) {
    try {
      return access.ended(tokens);
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("tokens of open connections cannot be looked at now");
      return Set.of();
    }
  }

  @Override
  public boolean wants() {
    return open.get() > 0;
  }

  @Override
  public void committed(List<DeliveredEvent> events) {
    List<SyncEvent> wanted =
        events.stream()
            .filter(event -> event.event().user().filter(users::containsKey).isPresent())
            .map(SyncEvent::new)
            .toList();
    if (!wanted.isEmpty()) {
      meters.heard(wanted);
      loops.forEach(loop -> loop.committed(wanted));
    }
  }

  @Override
  public void close() {
    devices.close();
    work.close();
  }
}
