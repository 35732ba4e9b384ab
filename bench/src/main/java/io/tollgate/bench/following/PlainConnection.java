package io.tollgate.bench.following;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;

/** Posts over one kept connection of plain HTTP, as little as it takes. For one thread. */
final class PlainConnection implements AutoCloseable {
  private static final String LENGTH = "content-length:";
  private static final String CHUNKED = "transfer-encoding: chunked";

  private final Socket socket;
  private final InputStream in;
  private final String head;

  /**
   * @param header a line that each request has
   */
  PlainConnection(int port, String path, String header) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            + header
            + "\r\nContent-Length: ";
  }

  /** Whether it was answered 200. */
  boolean post(String body) throws IOException {
    String request = head + body.length() + "\r\n\r\n" + body;
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    String status = line();
    int length = 0;
    boolean chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
        length = Integer.parseInt(line.substring(LENGTH.length()).strip());
      }
      chunked |= line.equalsIgnoreCase(CHUNKED);
    }
    if (chunked) {
      skipChunks();
    } else {
      in.skipNBytes(length);
    }
    return status.startsWith("HTTP/1.1 200");
  }

  private void skipChunks() throws IOException {
    int size;
    do {
      size = Integer.parseInt(line().strip(), 16);
      in.skipNBytes(size);
      String unused = line();
    } while (size > 0);
  }

  private String line() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection ended");
      }
      if (c != '\r') {
        text.append((char) c);
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
