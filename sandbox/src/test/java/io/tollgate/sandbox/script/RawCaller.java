package io.tollgate.sandbox.script;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection that sends requests and shows every byte that comes back. */
final class RawCaller implements AutoCloseable {
  private final Socket socket;

  RawCaller(ScriptedUpstream upstream) throws IOException {
    socket = new Socket("127.0.0.1", upstream.port());
    socket.setSoTimeout(10_000);
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  void post(String path, String body) throws IOException {
    send(
        "POST "
            + path
            + " HTTP/1.1\r\nHost: here\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  /** So many bytes as text. */
  String read(int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.ISO_8859_1);
  }

  /** All that comes until the connection is closed. */
  String readAll() throws IOException {
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** Says that no more will be sent. */
  void halfClose() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
