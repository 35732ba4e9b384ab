package io.tollgate.sandbox.script;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes a script from its status line on. Headers are held until the body's framing is known, and
 * go out together with what follows them. Nothing is checked: what is told to be sent is sent. For
 * one thread.
 */
public final class ScriptWriter {
  private final List<Step> steps = new ArrayList<>();
  private final List<Octets> waiting = new ArrayList<>();
  private final StringBuilder head = new StringBuilder();
  private boolean inHead;
  private boolean beforeBody;
  private boolean packed;

  ScriptWriter() {}

  /** Begins before the request's body has been read. */
  public ScriptWriter beforeBody() {
    beforeBody = true;
    return this;
  }

  /** A status line of HTTP/1.1. */
  public ScriptWriter status(int status) {
    return line("HTTP/1.1 " + status + " Scripted");
  }

  public ScriptWriter header(String name, String value) {
    return line(name + ": " + value);
  }

  /** A line of the head as it is; a status line, a header, or neither. */
  public ScriptWriter line(String line) {
    inHead = true;
    head.append(line).append("\r\n");
    return this;
  }

  /** The next body is compressed, and its head says so. */
  public ScriptWriter gzip() {
    packed = true;
    return header("Content-Encoding", "gzip");
  }

  /** Ends the head; what follows are bytes without any framing. */
  public ScriptWriter endHead() {
    waiting.add(Octets.of(head + "\r\n"));
    head.setLength(0);
    inHead = false;
    return this;
  }

  /** A body of JSON with its length. */
  public ScriptWriter json(String body) {
    return typed("application/json").body(body);
  }

  /** A body with its length, unless the head has a length already. */
  public ScriptWriter body(String text) {
    return body(Octets.of(text));
  }

  /** A body with its length, unless the head has a length already. */
  public ScriptWriter body(Octets octets) {
    Octets sent = packed ? octets.gzipped() : octets;
    packed = false;
    if (!has("content-length")) {
      header("Content-Length", Integer.toString(sent.size()));
    }
    endHead();
    waiting.add(sent);
    return flush();
  }

  /** Ends the head of a chunked answer. */
  public ScriptWriter chunked() {
    return header("Transfer-Encoding", "chunked").endHead();
  }

  /** The head of a good chunked answer of server-sent events. */
  public ScriptWriter eventStream() {
    if (!inHead) {
      status(200);
    }
    return typed("text/event-stream").chunked();
  }

  /** A server-sent event in a chunk of its own. */
  public ScriptWriter event(String data) {
    return chunk("data: " + data + "\n\n");
  }

  public ScriptWriter chunk(String text) {
    waiting.add(chunkOf(Octets.of(text)));
    return flush();
  }

  /** The same chunk, {@code times} times, {@code everyMs} apart. */
  public ScriptWriter repeatChunk(String text, int everyMs, int times) {
    flush();
    steps.add(new Step.Repeat(chunkOf(Octets.of(text)), everyMs, times));
    return this;
  }

  /** The last chunk of a chunked body. */
  public ScriptWriter endChunks() {
    return raw("0\r\n\r\n");
  }

  /** Bytes as they are. */
  public ScriptWriter raw(String text) {
    return raw(Octets.of(text));
  }

  /** Bytes as they are. */
  public ScriptWriter raw(Octets octets) {
    waiting.add(octets);
    return flush();
  }

  /** Bytes as they are, one at a time. */
  public ScriptWriter drip(String text, int everyMs) {
    flush();
    steps.add(new Step.Drip(Octets.of(text), everyMs));
    return this;
  }

  public ScriptWriter pause(int ms) {
    return step(new Step.Pause(ms));
  }

  /** Waits for the next request on the same connection and does not answer it. */
  public ScriptWriter nextRequest() {
    return step(new Step.NextRequest());
  }

  /** Waits until the caller closes the connection. */
  public ScriptWriter hang() {
    return step(new Step.Hang());
  }

  public ScriptWriter close() {
    return step(new Step.Close());
  }

  public ScriptWriter reset() {
    return step(new Step.Reset());
  }

  /** The script as written so far; a head that was not ended is sent as it stands. */
  public Script done() {
    flush();
    return new Script(beforeBody, steps);
  }

  private ScriptWriter step(Step step) {
    flush();
    steps.add(step);
    return this;
  }

  private ScriptWriter typed(String contentType) {
    return has("content-type") ? this : header("Content-Type", contentType);
  }

  private boolean has(String name) {
    return head.toString().toLowerCase(Locale.ROOT).contains("\r\n" + name + ":");
  }

  private ScriptWriter flush() {
    if (inHead) {
      waiting.add(Octets.of(head.toString()));
      head.setLength(0);
      inHead = false;
    }
    if (!waiting.isEmpty()) {
      steps.add(new Step.Send(Octets.joined(waiting)));
      waiting.clear();
    }
    return this;
  }

  private static Octets chunkOf(Octets octets) {
    byte[] size = (Integer.toHexString(octets.size()) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    return Octets.joined(List.of(Octets.of(size), octets, Octets.of("\r\n")));
  }
}
