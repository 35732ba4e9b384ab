package io.tollgate.relay.accounts.internal;

import io.tollgate.redis.RedisStore;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other gateways through Redis of health that has changed here, and takes over what they
 * tell: sooner than through the database, and while that is away. The database stays what counts:
 * Redis keeps nothing, and what is missed there is learned from the database. Never blocks.
 */
final class HealthChannel implements AutoCloseable {
  static final String CHANNEL = "tollgate:account-health";

  private static final Logger log = LoggerFactory.getLogger(HealthChannel.class);
  private static final long TURN_MS = 20;
  private static final int MAX_LINE = 256;
  private static final char SENDER_END = ' ';

  private final String sender = UUID.randomUUID().toString();
  private final RedisStore redis;
  private final LongSupplier nanoTime;
  private final Set<Health> changed = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean misheard = new AtomicBoolean();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("relay-health").factory());

  HealthChannel(RedisStore redis, LongSupplier nanoTime) {
    this.redis = redis;
    this.nanoTime = nanoTime;
  }

  /**
   * Begins.
   *
   * @param learn takes what others tell; must not block
   */
  void start(Consumer<Collection<LearnedHealth>> learn) {
    redis.listen(CHANNEL, message -> heard(message, learn));
    var _ = timer.scheduleWithFixedDelay(this::tell, TURN_MS, TURN_MS, TimeUnit.MILLISECONDS);
  }

  /** Takes health that is to be told, a moment later and once, however often it changes. */
  void changed(Health health) {
    changed.add(health);
  }

  private void tell() {
    for (Health health : changed) {
      changed.remove(health);
      String line = ToldHealth.write(health.subject(), health.standing(), nanoTime.getAsLong());
      // where it does not arrive the database tells
      var unused = redis.publish(CHANNEL, sender + SENDER_END + line).exceptionally(_ -> 0L);
    }
  }

  private void heard(String message, Consumer<Collection<LearnedHealth>> learn) {
    int end = message.indexOf(SENDER_END);
    if (end > 0 && message.substring(0, end).equals(sender)) {
      return;
    }
    try {
      if (end < 0 || message.length() > MAX_LINE) {
        throw new IllegalArgumentException(
            "length: " + message.length() + " (expected: a sender and at most " + MAX_LINE + ")");
      }
      learn.accept(List.of(ToldHealth.read(message.substring(end + 1))));
    } catch (IllegalArgumentException e) {
      if (misheard.compareAndSet(false, true)) {
        log.atWarn()
            .setCause(e)
            .addKeyValue("channel", CHANNEL)
            .log("something else than health of accounts was told; it is ignored");
      }
    }
  }

  @Override
  public void close() {
    timer.shutdown();
  }
}
