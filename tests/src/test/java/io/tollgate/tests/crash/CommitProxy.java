package io.tollgate.tests.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a program and PostgreSQL, and now and then leaves the program in the dark about a
 * commit. Speaks as much of the protocol as is needed to see one
 * (https://www.postgresql.org/docs/18/protocol-message-formats.html); connections must not be
 * encrypted.
 */
final class CommitProxy implements AutoCloseable {
  private final int databasePort;
  private final ServerSocket listener;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong struck = new AtomicLong();
  private final AtomicLong held = new AtomicLong();
  private final Gate gate = new Gate();
  private volatile Plan plan = new Plan(Ambiguity.NOT_DONE, Long.MAX_VALUE);

  /** What becomes of a commit of which the program gets no answer. */
  enum Ambiguity {
    /** It never reaches the database. */
    NOT_DONE,
    /** It is done; the answer is lost. */
    DONE,
    /** The program is cut off at once; the commit is done some time after it has begun again. */
    DONE_LATE
  }

  private record Plan(Ambiguity ambiguity, long every) {}

  CommitProxy(int databasePort) {
    this.databasePort = databasePort;
    try {
      listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    gate.open();
    executor.execute(this::accept);
  }

  /** Where a program finds a database through it. */
  String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable&gssEncMode=disable"
        .formatted(listener.getLocalPort(), database);
  }

  /** From now on no commit goes through, nor what follows it in its session. */
  void hold() {
    gate.shut();
  }

  /** What was held goes on. */
  void letGo() {
    gate.open();
  }

  /** Commits that are held now. */
  long held() {
    return held.get();
  }

  /** From now on every so many commits one is struck. */
  void strike(Ambiguity ambiguity, long every) {
    plan = new Plan(ambiguity, every);
  }

  /** From now on nothing is in the way. */
  void calm() {
    strike(Ambiguity.NOT_DONE, Long.MAX_VALUE);
  }

  /** Commits of which the program got no answer. */
  long struck() {
    return struck.get();
  }

  @Override
  public void close() throws IOException {
    gate.end();
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
    executor.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket program = listener.accept();
        open.add(program);
        executor.execute(() -> connect(program));
      }
    } catch (IOException e) {
      // closed
      return;
    }
  }

  private void connect(Socket program) {
    Socket database = new Socket();
    open.add(database);
    try (program;
        database) {
      database.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), databasePort));
      program.setTcpNoDelay(true);
      database.setTcpNoDelay(true);
      ProxiedSession session = new ProxiedSession(program, database, this::decide);
      executor.execute(session::answers);
      session.requests();
    } catch (SocketException e) {
      // one of the two has gone, and with it the session
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      open.remove(program);
      open.remove(database);
    }
  }

  /** Asked at each commit that a program sends; it waits for the answer. */
  private Optional<Ambiguity> decide() {
    held.incrementAndGet();
    try {
      boolean _ = gate.pass();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      held.decrementAndGet();
    }
    Plan now = plan;
    if (commits.incrementAndGet() % now.every() != 0) {
      return Optional.empty();
    }
    struck.incrementAndGet();
    return Optional.of(now.ambiguity());
  }
}
