package io.tollgate.sandbox.internal.trading.record;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.book.AccountState;
import io.tollgate.sandbox.internal.trading.book.Changes;
import io.tollgate.sandbox.internal.trading.book.TradingAccount;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file from which the exchange is made again after a kill: one line of JSON for each thing that
 * happened, which the operating system has before anybody is answered. A line that a kill tore is
 * passed over: nobody was told of it. One that is whole and lacks what it must have is passed over
 * too, and told of by its number, as what is in the books then may be less than was answered. (Not
 * forced to the disk: the machine losing power may lose lines.) When the file has become large, the
 * state that it tells of takes its place. Confined to the event loop; held by one process at a
 * time.
 */
public final class OrderLog implements AutoCloseable {
  private static final int MOST_UNREADABLE = 1_000;

  private final LineFile file;
  private final Witness witness;
  private final AccountState state;
  private final long bound;
  private final List<JsonNode> steerings = new ArrayList<>();
  private final List<Long> unreadable = new ArrayList<>();
  private long compactAt;

  private OrderLog(LineFile file, Witness witness, AccountState state, long bound) {
    this.file = file;
    this.witness = witness;
    this.state = state;
    this.bound = bound;
    this.compactAt = bound;
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
   * @param bound bytes up to which it grows before it is compacted for the first time
   * @throws IOException when it cannot be had, or another process has it
   */
  public static OrderLog open(
      Path path, Witness witness, AccountState state, Reader reader, long bound)
      throws IOException {
    LineFile file = LineFile.open(path);
    try {
      OrderLog log = new OrderLog(file, witness, state, bound);
      log.read(reader);
      return log;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void read(Reader reader) throws IOException {
    Map<String, TradingAccount> accounts = new HashMap<>();
    try (BufferedReader lines = file.reader()) {
      long number = 0;
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        number++;
        Optional<JsonNode> line = parsed(text);
        if (line.isPresent()) {
          readLine(number, line.get(), accounts, reader);
        }
      }
    }
  }

  private void readLine(
      long number, JsonNode line, Map<String, TradingAccount> accounts, Reader reader) {
    try {
      read(line, accounts, reader);
    } catch (RuntimeException e) {
      System.err.println(
          "orders.log: line " + number + " lacks what it must have, and is passed over: " + e);
      if (unreadable.size() < MOST_UNREADABLE) {
        unreadable.add(number);
      }
    }
  }

  private static Optional<JsonNode> parsed(String text) {
    try {
      return Optional.of(JsonBody.tree(text)).filter(JsonNode::isObject);
    } catch (JacksonException e) {
      return Optional.empty();
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
      if (account == null) {
        throw new IllegalArgumentException("a step of an account that was not opened");
      }
      // first beside the books, which a line that cannot be read to its end must not touch
      state.read(new TradingAccount(account.number(), "", "", 0), step);
      state.read(account, step);
    }
    if (line.path("attempt").isObject()) {
      witness.count(Attempt.read(line.path("attempt")));
    }
    if (line.path("totals").isObject()) {
      witness.readTotals(line.path("totals"));
    }
    if (line.path("seen").isObject()) {
      witness.readEntry(line.path("seen"));
    }
    if (line.path("steered").isObject()) {
      line.path("steered")
          .propertyStream()
          .forEach(one -> reader.steered(one.getKey(), one.getValue()));
      steerings.add(line);
    }
  }

  /** Numbers of the first lines that were passed over though they were whole. */
  public List<Long> unreadable() {
    return List.copyOf(unreadable);
  }

  /** An account with what it has at first. */
  public void opened(Changes first) {
    write(account(first.account(), state.write(first)));
  }

  private static ObjectNode account(TradingAccount account, ObjectNode step) {
    ObjectNode line = JsonBody.object();
    ObjectNode opened = line.putObject("account");
    opened.put("number", account.number());
    opened.put("key", account.apiKey());
    opened.put("secret", account.apiSecret());
    opened.put("at", account.settledTo());
    line.set("step", step);
    return line;
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
    steerings.add(line);
  }

  private void write(JsonNode line) {
    file.write(line.toString());
  }

  /**
   * Writes the state in the place of all that led to it, where the file has grown beyond its bound
   * or to twice what it was after the last time; only between two steps.
   */
  public void compactIfLarge(Collection<TradingAccount> accounts) {
    if (file.bytes() < compactAt) {
      return;
    }
    try {
      file.replace(lines -> writeState(accounts, line -> lines.accept(line.toString())));
    } catch (IOException e) {
      throw new UncheckedIOException("orders.log cannot be compacted: " + e.getMessage(), e);
    }
    compactAt = Math.max(bound, 2 * file.bytes());
  }

  private void writeState(Collection<TradingAccount> accounts, Consumer<JsonNode> lines) {
    steerings.forEach(lines);
    accounts.forEach(account -> lines.accept(account(account, state.whole(account))));
    lines.accept(JsonBody.object().set("totals", witness.writeTotals()));
    witness
        .entries()
        .forEach(
            entry ->
                lines.accept(
                    JsonBody.object().set("seen", entry.getValue().write(entry.getKey()))));
  }

  /** Lets the file go; only after the event loop has stopped. */
  @Override
  public void close() {
    file.close();
  }
}
