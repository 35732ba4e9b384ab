package io.tollgate.edge.sync;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Notifications;
import io.tollgate.data.Transactions;
import io.tollgate.ground.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices of users, on whichever process they are connected. Those of this process are told to
 * the others by the database, soon, many at once; a process that has some says so again and again,
 * and those of one that says nothing any more are not counted. Safe for use by many threads.
 */
final class DeviceRegister implements Notifications.Listener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceRegister.class);

  /** What is to be told is gathered for so long. */
  private static final Duration GATHERED = Duration.ofMillis(100);

  /** Devices of one user that are listed. */
  private static final int MAX = 1_000;

  private final Transactions transactions;
  private final DeviceTable table;
  private final Duration beat;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<UserId, Map<SyncSocket, Known>> devices = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;

  /** What is to be told; nothing for a connection that is gone. */
  private Map<Long, Optional<DeviceTable.Row>> untold = new HashMap<>();

  private boolean closed;

  private record Known(long connection, Instant since) {}

  /**
   * @param beat how often this process says that it runs
   */
  DeviceRegister(Transactions transactions, DeviceTable table, Duration beat) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.table = requireNonNull(table, "table is null");
    this.beat = requireNonNull(beat, "beat is null");
    this.thread = Thread.ofVirtual().name("sync-devices").start(this::run);
  }

  /** A device is connected. */
  void known(SyncSocket device, Instant since) {
    Known known = new Known(numbers.incrementAndGet(), since);
    devices.computeIfAbsent(device.user(), _ -> new ConcurrentHashMap<>()).put(device, known);
    tell(known.connection(), Optional.of(row(device, known)));
  }

  /** A device has chosen other channels. */
  void changed(SyncSocket device) {
    Known known = devices.getOrDefault(device.user(), Map.of()).get(device);
    if (known != null) {
      tell(known.connection(), Optional.of(row(device, known)));
    }
  }

  void unknown(SyncSocket device) {
    var unused =
        devices.computeIfPresent(
            device.user(),
            (_, ofUser) -> {
              Known known = ofUser.remove(device);
              if (known != null) {
                tell(known.connection(), Optional.empty());
              }
              return ofUser.isEmpty() ? null : ofUser;
            });
  }

  /** The devices of a user that are connected anywhere, those first that are longest. Blocking. */
  List<ConnectedDevice> of(UserId user) {
    List<ConnectedDevice> others =
        transactions.read(transaction -> table.others(transaction, user, MAX));
    return Stream.concat(
            devices.getOrDefault(user, Map.of()).entrySet().stream()
                .map(each -> row(each.getKey(), each.getValue()).device()),
            others.stream())
        .sorted(Comparator.comparing(ConnectedDevice::connectedAt))
        .limit(MAX)
        .toList();
  }

  /** A connection of some process is to end. */
  @Override
  public void notified(String payload) {
    table
        .own(payload)
        .ifPresent(
            ended ->
                devices.getOrDefault(ended.user(), Map.of()).entrySet().stream()
                    .filter(each -> each.getValue().connection() == ended.number())
                    .forEach(each -> each.getKey().disconnect()));
  }

  /** Who wants a device to go sees that it is still there, and says so again. */
  @Override
  public void missed() {}

  private static DeviceTable.Row row(SyncSocket device, Known known) {
    return new DeviceTable.Row(
        known.connection(),
        device.user(),
        new ConnectedDevice(
            device.device(), known.since(), device.channels().stream().sorted().toList()));
  }

  private void tell(long connection, Optional<DeviceTable.Row> row) {
    lock.lock();
    try {
      untold.put(connection, row);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (awaitNews()) {
        Map<Long, Optional<DeviceTable.Row>> taken = take();
        try {
          write(taken);
        } catch (RuntimeException e) {
          LOG.atWarn().setCause(e).log("devices that are connected cannot be told to others now");
          putBack(taken);
        }
        rest();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for something to tell, or for the next beat of who has devices. False when closed. */
  private boolean awaitNews() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && untold.isEmpty()) {
        if (devices.isEmpty()) {
          changed.await();
        } else if (!changed.await(beat.toMillis(), TimeUnit.MILLISECONDS)) {
          break;
        }
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void rest() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = GATHERED.toNanos();
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private Map<Long, Optional<DeviceTable.Row>> take() {
    lock.lock();
    try {
      Map<Long, Optional<DeviceTable.Row>> taken = untold;
      untold = new HashMap<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** What has changed since then is newer. */
  private void putBack(Map<Long, Optional<DeviceTable.Row>> taken) {
    lock.lock();
    try {
      taken.forEach(untold::putIfAbsent);
    } finally {
      lock.unlock();
    }
  }

  private void write(Map<Long, Optional<DeviceTable.Row>> taken) {
    boolean unused =
        transactions.write(
            transaction -> {
              if (!table.alive(transaction)) {
                table.gone(transaction);
                table.born(transaction);
                table.write(transaction, all());
              }
              table.write(transaction, taken.values().stream().flatMap(Optional::stream).toList());
              table.remove(
                  transaction,
                  taken.entrySet().stream()
                      .filter(each -> each.getValue().isEmpty())
                      .map(Map.Entry::getKey)
                      .toList());
              return true;
            });
  }

  private List<DeviceTable.Row> all() {
    List<DeviceTable.Row> rows = new ArrayList<>();
    for (Map<SyncSocket, Known> ofUser : devices.values()) {
      ofUser.forEach((device, known) -> rows.add(row(device, known)));
    }
    return rows;
  }

  /** Tells the others that this process has no devices any more. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
      boolean unused =
          transactions.write(
              transaction -> {
                table.gone(transaction);
                return true;
              });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.atInfo().setCause(e).log("that devices are gone is not told; it is found out later");
    }
  }
}
