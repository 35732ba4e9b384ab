package io.tollgate.tests.crash;

import io.tollgate.tests.crash.CommitProxy.Ambiguity;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One session of a program with PostgreSQL through a {@link CommitProxy}. */
final class ProxiedSession {
  private static final String COMMIT = "COMMIT";
  private static final int QUERY = 'Q';
  private static final int PARSE = 'P';
  private static final int BIND = 'B';
  private static final int SYNC = 'S';
  private static final int COMPLETE = 'C';

  /** Longer than a program waits before it begins again. */
  private static final Duration LATE = Duration.ofMillis(400);

  private final Socket program;
  private final Socket database;
  private final Supplier<Optional<Ambiguity>> decide;
  private final Map<String, Boolean> commits = new HashMap<>();
  private volatile boolean answerIsLost;

  ProxiedSession(Socket program, Socket database, Supplier<Optional<Ambiguity>> decide) {
    this.program = program;
    this.database = database;
    this.decide = decide;
  }

  /** Passes on what the program says, until either has gone. */
  void requests() throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(program.getInputStream()));
    DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(database.getOutputStream()));
    try {
      Message.first(in).write(out);
      out.flush();
      while (true) {
        Message message = Message.read(in);
        Optional<Ambiguity> strike = isCommit(message) ? decide.get() : Optional.empty();
        if (strike.isPresent()) {
          commitUnseen(strike.get(), message, in, out);
          return;
        }
        message.write(out);
        if (in.available() == 0) {
          out.flush();
        }
      }
    } catch (EOFException e) {
      // the program has said all it had to say
      return;
    }
  }

  /** Passes on what the database answers, until either has gone. */
  void answers() {
    try (program;
        database) {
      DataInputStream in = new DataInputStream(new BufferedInputStream(database.getInputStream()));
      DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(program.getOutputStream()));
      while (true) {
        Message message = Message.read(in);
        if (answerIsLost && message.type() == COMPLETE && message.text(0).equals(COMMIT)) {
          return;
        }
        if (!answerIsLost) {
          message.write(out);
          if (in.available() == 0) {
            out.flush();
          }
        }
      }
    } catch (EOFException | SocketException e) {
      // one of the two has gone, and with it the session
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void commitUnseen(
      Ambiguity ambiguity, Message message, DataInputStream in, DataOutputStream out)
      throws IOException {
    switch (ambiguity) {
      case NOT_DONE -> out.flush();
      case DONE -> {
        answerIsLost = true;
        sendToSync(message, in, out);
        awaitAnswer();
      }
      case DONE_LATE -> {
        answerIsLost = true;
        out.flush();
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        sendToSync(message, in, new DataOutputStream(kept));
        program.close();
        CrashWorld.pass(LATE);
        out.write(kept.toByteArray());
        out.flush();
        awaitAnswer();
      }
    }
  }

  /** A commit is done once it is synchronised; a simple query is as it comes. */
  private static void sendToSync(Message message, DataInputStream in, DataOutputStream out)
      throws IOException {
    Message next = message;
    next.write(out);
    while (next.type() != SYNC && next.type() != QUERY) {
      next = Message.read(in);
      next.write(out);
    }
    out.flush();
  }

  /** The other direction closes the session when it has seen the answer. */
  private void awaitAnswer() {
    long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!database.isClosed() && System.nanoTime() < until) {
      CrashWorld.pass(Duration.ofMillis(5));
    }
  }

  private boolean isCommit(Message message) {
    return switch (message.type()) {
      case QUERY -> message.text(0).equals(COMMIT);
      case PARSE -> {
        commits.put(message.text(0), message.secondText().equals(COMMIT));
        yield false;
      }
      case BIND -> commits.getOrDefault(message.secondText(), false);
      default -> false;
    };
  }
}
