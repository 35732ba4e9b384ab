package io.tollgate.tests.attack;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection that sends whatever it likes, from a loopback address of its own. */
final class Intruder implements AutoCloseable {
  private static final int PATIENCE_MS = 30_000;

  private final Socket socket;

  private Intruder(Socket socket) {
    this.socket = socket;
  }

  /**
   * Connects.
   *
   * @param number picks one of some addresses, none of them the honest callers' 127.0.0.1
   */
  static Intruder connect(URI server, int number) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0." + (2 + number % 100)), 0));
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), PATIENCE_MS);
    socket.setSoTimeout(PATIENCE_MS);
    return new Intruder(socket);
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The status of the next answer, whose body is read too; 0 when the connection has ended. */
  int status() throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return 0;
      }
      head.append((char) next);
    }
    String text = head.toString();
    int length = text.toLowerCase(java.util.Locale.ROOT).indexOf("content-length:");
    if (length >= 0) {
      String value =
          text.substring(length + "content-length:".length()).lines().findFirst().orElse("0");
      in.skipNBytes(Long.parseLong(value.strip()));
    }
    return Integer.parseInt(text.substring(9, 12));
  }

  /** The first bytes that come, or fewer when the connection ends before. */
  String first(int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
  }

  /** A chat request as it is sent. */
  static String call(String apiKey, String body) {
    return "POST /v1/chat/completions HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer "
        + apiKey
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** Reads until a text has come; false when the connection ends before. */
  boolean isToldOf(String text) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder said = new StringBuilder();
    while (said.indexOf(text) < 0) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      said.append((char) next);
    }
    return true;
  }

  /** Reads until the server closes the connection; false when it has not in time. */
  boolean isClosedByServer() {
    try {
      long unused = socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
