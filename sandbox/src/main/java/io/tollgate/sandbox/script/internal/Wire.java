package io.tollgate.sandbox.script.internal;

import io.tollgate.sandbox.script.Header;
import io.tollgate.sandbox.script.Octets;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One connection of a caller: reads requests from it, bounded. For one thread. */
final class Wire {
  private static final int MAX_HEAD_BYTES = 256 * 1024;
  private static final int MAX_BODY_BYTES = 64 * 1024 * 1024;
  private static final int PIECE_BYTES = 64 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), PIECE_BYTES);
    this.out = socket.getOutputStream();
  }

  /** The first line and the headers of a request. */
  record Head(String line, List<Header> headers) {
    Optional<String> header(String name) {
      return headers.stream()
          .filter(header -> header.name().equalsIgnoreCase(name))
          .map(Header::value)
          .findFirst();
    }
  }

  OutputStream out() {
    return out;
  }

  /** Waits for the head of the next request; none when the caller has closed before one began. */
  Optional<Head> readHead() throws IOException {
    List<Header> headers = new ArrayList<>();
    int left = MAX_HEAD_BYTES;
    String first = readLine(left);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    left -= first.length();
    while (true) {
      String line = readLine(left);
      if (line.isEmpty()) {
        return Optional.of(new Head(first, headers));
      }
      left -= line.length();
      int colon = line.indexOf(':');
      headers.add(
          colon < 0
              ? new Header(line, "")
              : new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
  }

  /** The whole body that a head has told of, chunks joined. */
  Octets readBody(Head head) throws IOException {
    if (head.header("Transfer-Encoding").isPresent()) {
      return readChunks();
    }
    int length = bounded(Long.parseLong(head.header("Content-Length").orElse("0")));
    return Octets.of(readExactly(length));
  }

  /** Waits; false when the caller has closed the connection meanwhile. */
  boolean staysOpen(int ms) throws IOException {
    long ends = System.nanoTime() + ms * 1_000_000L;
    if (ms > 0 && in.available() == 0 && !waitForInput(ms)) {
      return false;
    }
    // something came: it is for later
    long leftMs = (ends - System.nanoTime()) / 1_000_000;
    if (leftMs > 0) {
      try {
        Thread.sleep(leftMs);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone either way
      Thread.yield();
    }
  }

  /** Closes so that the caller sees a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private boolean waitForInput(int ms) throws IOException {
    socket.setSoTimeout(ms);
    in.mark(1);
    try {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      in.reset();
      return true;
    } catch (SocketTimeoutException e) {
      return true;
    } finally {
      socket.setSoTimeout(0);
    }
  }

  private Octets readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String size = readLine(MAX_HEAD_BYTES);
      int semicolon = size.indexOf(';');
      int length =
          bounded(
              Long.parseLong((semicolon < 0 ? size : size.substring(0, semicolon)).strip(), 16));
      if (length == 0) {
        while (!readLine(MAX_HEAD_BYTES).isEmpty()) {
          // trailers
        }
        return Octets.of(body.toByteArray());
      }
      int unused = bounded((long) body.size() + length);
      body.writeBytes(readExactly(length));
      String end = readLine(2);
      if (!end.isEmpty()) {
        throw new IOException("chunk: ends with '" + end + "' (expected: a line end)");
      }
    }
  }

  private byte[] readExactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("body: " + bytes.length + " bytes (expected: " + length + ")");
    }
    return bytes;
  }

  private static int bounded(long bytes) throws IOException {
    if (bytes < 0 || bytes > MAX_BODY_BYTES) {
      throw new IOException("body: " + bytes + " bytes (expected: 0.." + MAX_BODY_BYTES + ")");
    }
    return (int) bytes;
  }

  /** A line without its end; empty at the end of the connection. */
  private String readLine(int max) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
      if (line.size() > max + 1) {
        throw new IOException("headers: more than " + MAX_HEAD_BYTES + " bytes");
      }
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
