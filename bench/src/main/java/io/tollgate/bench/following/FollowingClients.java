package io.tollgate.bench.following;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tollgate.bench.load.LatencyHistogram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Clients of server-sent events, one for each user, on one thread with one buffer: they count the
 * events that have an id, and take the time since their user was charged.
 */
final class FollowingClients implements AutoCloseable {
  private static final byte[] ID = "\nid: ".getBytes(ISO_8859_1);

  /** Where an answer's status begins. */
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  /** How many of them share an address, so that ports suffice. */
  private static final int OF_ADDRESS = 20_000;

  /** How many may be connecting at one time. */
  private static final int AT_ONCE = 200;

  /** Each has addresses of its own: the ports of those before it are not free for a minute. */
  private static final AtomicInteger NETWORKS = new AtomicInteger();

  private final int port;
  private final int network;
  private final String serviceToken;
  private final Selector selector = Selector.open();
  private final List<SocketChannel> channels = new ArrayList<>();
  private final Queue<Integer> refused = new ConcurrentLinkedQueue<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
  private final AtomicLongArray chargedAt;
  private final Thread thread = new Thread(this::run, "following");
  private LatencyHistogram times = new LatencyHistogram();
  private long events;
  private int begun;
  private long lost;
  private volatile boolean closed;

  /** One client: how much of an id's line was seen last, and how many there were. */
  private static final class Following {
    private final int user;
    private int matched;
    private int ids;
    private boolean answered;

    Following(int user) {
      this.user = user;
    }
  }

  /**
   * @param chargedAt when each user's charge was sent that no event was seen of yet; else 0
   */
  FollowingClients(int port, String serviceToken, AtomicLongArray chargedAt) throws IOException {
    this.port = port;
    this.serviceToken = serviceToken;
    this.chargedAt = chargedAt;
    this.network = NETWORKS.getAndIncrement() % 250;
    thread.setDaemon(true);
    thread.start();
  }

  /** Connects so many, and waits until each of them has its numbers. */
  void open(int count) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(240);
    int opened = 0;
    while (begun() < count) {
      if (System.nanoTime() > deadline) {
        throw new IOException(begun() + " clients have their numbers (expected: " + count + ")");
      }
      Integer again = refused.poll();
      if (again != null) {
        connect(again);
      } else if (opened < count && opened - begun() < AT_ONCE) {
        connect(opened++);
      } else {
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
  }

  private void connect(int user) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.bind(new InetSocketAddress("127.0." + network + "." + (1 + user / OF_ADDRESS), 0));
    channel.connect(new InetSocketAddress("127.0.0.1", port));
    channel.write(ByteBuffer.wrap(request(user)));
    channel.configureBlocking(false);
    SelectionKey _ = channel.register(selector, SelectionKey.OP_READ, new Following(user));
    var _ = selector.wakeup();
    channels.add(channel);
  }

  private byte[] request(int user) {
    return ("GET /api/v1/billing/sync/"
            + FollowingBench.user(user)
            + "/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\nAuthorization:"
            + " Bearer "
            + serviceToken
            + "\r\n\r\n")
        .getBytes(ISO_8859_1);
  }

  private synchronized int begun() {
    return begun;
  }

  /** What was seen since it was asked last. */
  synchronized Seen seen() {
    Seen seen = new Seen(times, events, lost);
    times = new LatencyHistogram();
    events = 0;
    return seen;
  }

  /**
   * What clients have seen.
   *
   * @param lost connections that ended
   */
  record Seen(LatencyHistogram times, long events, long lost) {}

  private void run() {
    try {
      while (!closed) {
        int ready = selector.select(100);
        if (ready > 0) {
          long now = System.nanoTime();
          synchronized (this) {
            for (SelectionKey key : selector.selectedKeys()) {
              read(key, now);
            }
          }
          selector.selectedKeys().clear();
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void read(SelectionKey key, long now) throws IOException {
    buffer.clear();
    int count;
    try {
      count = ((SocketChannel) key.channel()).read(buffer);
    } catch (IOException e) {
      count = -1;
    }
    if (count < 0) {
      lost++;
      key.cancel();
      key.channel().close();
      return;
    }
    Following following = (Following) key.attachment();
    if (!following.answered && count > STATUS_AT) {
      following.answered = true;
      if (buffer.get(STATUS_AT) != '2') {
        // overloaded as so many came at once: comes again, as any client does
        refused.add(following.user);
        key.cancel();
        key.channel().close();
        return;
      }
    }
    for (int place = 0; place < count; place++) {
      byte read = buffer.get(place);
      following.matched =
          read == ID[following.matched] ? following.matched + 1 : read == ID[0] ? 1 : 0;
      if (following.matched == ID.length) {
        following.matched = 0;
        identified(following, now);
      }
    }
  }

  /** The first has the numbers, each later one is an event. */
  private void identified(Following following, long now) {
    if (following.ids++ == 0) {
      begun++;
      return;
    }
    events++;
    long sent = chargedAt.getAndSet(following.user, 0);
    if (sent != 0) {
      times.record(now - sent);
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    var _ = selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (SocketChannel channel : channels) {
      channel.close();
    }
    selector.close();
  }
}
