package io.tollgate.tests.contract;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends requests as they stand, which no client would send, over one connection for as long as the
 * server keeps it. For one thread.
 */
final class RawConnection implements AutoCloseable {
  private static final int TIMEOUT_MS = 30_000;
  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n");

  private final URI base;
  private Optional<Socket> socket = Optional.empty();
  private InputStream in = InputStream.nullInputStream();

  /** An answer, its head and its body. */
  record RawAnswer(int statusCode, String body) {}

  RawConnection(URI base) {
    this.base = base;
  }

  /** Sends one; once more on a new connection where the server had closed the old one. */
  RawAnswer send(byte[] request) throws IOException {
    try {
      return exchange(request);
    } catch (IOException closed) {
      close();
      return exchange(request);
    }
  }

  private RawAnswer exchange(byte[] request) throws IOException {
    open().getOutputStream().write(request);
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int met = 0; met < HEAD_END.length; ) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("closed before an answer");
      }
      head.write(next);
      met = next == HEAD_END[met] ? met + 1 : next == HEAD_END[0] ? 1 : 0;
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    String lower = text.toLowerCase(Locale.ROOT);
    int status = Integer.parseInt(text.substring(9, 12));
    if (lower.contains("\r\ncontent-type: text/event-stream")) {
      // it would go on for ever
      close();
      return new RawAnswer(status, text);
    }
    Matcher length = LENGTH.matcher(lower);
    byte[] body;
    if (length.find()) {
      body = in.readNBytes(Integer.parseInt(length.group(1)));
    } else if (status == 204) {
      body = new byte[0];
    } else {
      // whatever its form, its text is looked for as it stands
      body = lower.contains("chunked") ? chunks() : in.readAllBytes();
    }
    if (lower.contains("\r\nconnection: close\r\n")) {
      close();
    }
    return new RawAnswer(status, text + new String(body, StandardCharsets.UTF_8));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      all.write(in.readNBytes(size));
      String unused = line();
      if (size == 0) {
        return all.toByteArray();
      }
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("closed in the middle of an answer");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  /** When it is first needed: a server does not wait for ever for a first request. */
  private Socket open() throws IOException {
    if (socket.isEmpty()) {
      Socket opened = new Socket(base.getHost(), base.getPort());
      opened.setSoTimeout(TIMEOUT_MS);
      opened.setTcpNoDelay(true);
      socket = Optional.of(opened);
      in = new BufferedInputStream(opened.getInputStream());
    }
    return socket.get();
  }

  @Override
  public void close() throws IOException {
    if (socket.isPresent()) {
      socket.get().close();
      socket = Optional.empty();
    }
  }
}
