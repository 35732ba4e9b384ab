package io.tollgate.sandbox.internal.trading.record;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.book.AccountState;
import io.tollgate.sandbox.internal.trading.book.Changes;
import io.tollgate.sandbox.internal.trading.book.TradingAccount;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file from which the exchange is made again after a kill: one line of JSON for each thing that
 * happened, which the operating system has before anybody is answered. A line that a kill tore is
 * passed over: nobody was told of it. (Not forced to the disk: the machine losing power may lose
 * lines.) Confined to the event loop; held by one process at a time.
 */
public final class OrderLog implements AutoCloseable {
  private final FileChannel channel;
  private final Witness witness;
  private final AccountState state;
  private boolean torn;

  private OrderLog(FileChannel channel, Witness witness, AccountState state) {
    this.channel = channel;
    this.witness = witness;
    this.state = state;
  }

  /** Told of what a file has, in its order. */
  public interface Reader {
    /** An account was opened. */
    TradingAccount account(long number, String apiKey, String apiSecret, long at);

    /** The exchange was steered. */
    void steered(String what, JsonNode how);
  }

  /**
   * Opens the file, makes it when missing, and tells what it has.
   *
   * @throws IOException when it cannot be had, or another process has it
   */
  public static OrderLog open(Path file, Witness witness, AccountState state, Reader reader)
      throws IOException {
    Files.createDirectories(
        file.toAbsolutePath().getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      lock(channel);
      OrderLog log = new OrderLog(channel, witness, state);
      log.read(file, reader);
      return log;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void lock(FileChannel channel) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      throw new IOException("held by another sandbox of this process", e);
    }
    if (lock == null) {
      throw new IOException("held by another sandbox process (expected: one per data directory)");
    }
  }

  private void read(Path file, Reader reader) throws IOException {
    Map<String, TradingAccount> accounts = new HashMap<>();
    try (BufferedReader lines = text(file)) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        Optional<JsonNode> line = parsed(text);
        line.ifPresent(json -> read(json, accounts, reader));
      }
    }
    torn = Files.size(file) > 0 && lastByte(file) != '\n';
  }

  /** Bytes that a kill tore apart are no error. */
  private static BufferedReader text(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
  }

  private static Optional<JsonNode> parsed(String text) {
    try {
      return Optional.of(JsonBody.tree(text)).filter(JsonNode::isObject);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static byte lastByte(Path file) throws IOException {
    try (FileChannel bytes = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      int read = bytes.read(last, bytes.size() - 1);
      return read == 1 ? last.get(0) : 0;
    }
  }

  private void read(JsonNode line, Map<String, TradingAccount> accounts, Reader reader) {
    JsonNode opened = line.path("account");
    if (opened.isObject()) {
      String key = opened.path("key").stringValue();
      accounts.put(
          key,
          reader.account(
              opened.path("number").longValue(),
              key,
              opened.path("secret").stringValue(),
              opened.path("at").longValue()));
    }
    JsonNode step = line.path("step");
    if (step.isObject()) {
      TradingAccount account = accounts.get(step.path("key").stringValue());
      if (account != null) {
        state.read(account, step);
      }
    }
    if (line.path("attempt").isObject()) {
      witness.count(Attempt.read(line.path("attempt")));
    }
    line.path("steered")
        .propertyStream()
        .forEach(one -> reader.steered(one.getKey(), one.getValue()));
  }

  /** An account with what it has at first. */
  public void opened(Changes first) {
    TradingAccount account = first.account();
    ObjectNode line = JsonBody.object();
    ObjectNode opened = line.putObject("account");
    opened.put("number", account.number());
    opened.put("key", account.apiKey());
    opened.put("secret", account.apiSecret());
    opened.put("at", first.at());
    line.set("step", state.write(first));
    write(line);
  }

  /** What was done to an account. */
  public void step(Changes changes) {
    write(JsonBody.object().set("step", state.write(changes)));
  }

  /** A try that was accepted, with what it did. */
  public void accepted(Attempt attempt, Changes changes) {
    ObjectNode line = JsonBody.object();
    line.set("attempt", attempt.write());
    line.set("step", state.write(changes));
    write(line);
    witness.count(attempt);
  }

  /** A try that did nothing. */
  public void attempt(Attempt attempt) {
    write(JsonBody.object().set("attempt", attempt.write()));
    witness.count(attempt);
  }

  /** That the exchange was steered. */
  public void steered(String what, JsonNode how) {
    ObjectNode line = JsonBody.object();
    line.putObject("steered").set(what, how);
    write(line);
  }

  private void write(JsonNode line) {
    String text = (torn ? "\n" : "") + line + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    torn = true;
    try {
      while (bytes.hasRemaining()) {
        int unused = channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("orders.log cannot be written: " + e.getMessage(), e);
    }
    torn = false;
  }

  /** Lets the file go; only after the event loop has stopped. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
