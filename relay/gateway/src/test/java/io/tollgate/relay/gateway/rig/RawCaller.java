package io.tollgate.relay.gateway.rig;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A caller on a bare socket, who can read slowly and hang up at any time. */
public final class RawCaller implements Closeable {
  private final Socket socket;
  private final InputStream in;
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

  RawCaller(int port) throws IOException {
    socket = new Socket();
    socket.setReceiveBufferSize(8192);
    socket.connect(new java.net.InetSocketAddress("127.0.0.1", port));
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  public RawCaller send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return this;
  }

  /** Reads until the text was seen; what has been read so far is the answer. */
  public String readUntil(String text) throws IOException {
    while (!seen.toString(StandardCharsets.UTF_8).contains(text)) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("closed before " + text + " came, after: " + seen);
      }
      seen.write(c);
    }
    return seen.toString(StandardCharsets.UTF_8);
  }

  /** Reads until the server closes the connection. */
  public String readToEnd() throws IOException {
    try {
      in.transferTo(seen);
    } catch (java.net.SocketException e) {
      // reset: an end like another
    }
    return seen.toString(StandardCharsets.UTF_8);
  }

  /** Reads to the last chunk of a chunked answer; how many bytes there were. */
  public long readToEndOfStream() throws IOException {
    long read = seen.size();
    byte[] buffer = new byte[1 << 16];
    String tail = "";
    while (!tail.endsWith("0\r\n\r\n")) {
      int count = in.read(buffer);
      if (count < 0) {
        throw new IOException("closed before the end of the stream");
      }
      read += count;
      String more = tail + new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
      tail = more.substring(Math.max(0, more.length() - 16));
    }
    return read;
  }

  /** Whether bytes can be read now. */
  public int available() throws IOException {
    return in.available();
  }

  public void hangUp() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
