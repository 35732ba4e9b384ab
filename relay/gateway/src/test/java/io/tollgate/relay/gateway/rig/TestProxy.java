package io.tollgate.relay.gateway.rig;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy over the wire that wants the user {@code me} with {@code pass word}. */
public final class TestProxy implements AutoCloseable {
  /** What it speaks. */
  public enum Kind {
    CONNECT,
    SOCKS5
  }

  private static final String USER = "me";
  private static final String PASSWORD = "pass word";

  /** The ports that it was asked to connect to. */
  public final List<Integer> asked = new CopyOnWriteArrayList<>();

  private final Kind kind;
  private final ServerSocket server;

  public TestProxy(Kind kind) throws IOException {
    this.kind = kind;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  public String url() {
    return (kind == Kind.CONNECT ? "http" : "socks5")
        + "://me:pass%20word@127.0.0.1:"
        + server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.startVirtualThread(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket caller) {
    try (caller) {
      int port = kind == Kind.CONNECT ? connect(caller) : socks(caller);
      asked.add(port);
      try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), port)) {
        Thread up =
            Thread.startVirtualThread(
                () -> {
                  try {
                    caller.getInputStream().transferTo(upstream.getOutputStream());
                  } catch (IOException _) {
                    // one side is gone: the other is closed below
                  }
                });
        upstream.getInputStream().transferTo(caller.getOutputStream());
        up.interrupt();
      }
    } catch (IOException _) {
      // who calls is told by the connection's end
    }
  }

  private static int connect(Socket caller) throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = caller.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) next(in));
    }
    String expected =
        Base64.getEncoder()
            .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    if (!head.toString().startsWith("CONNECT ") || head.indexOf("Basic " + expected) < 0) {
      caller.getOutputStream().write("HTTP/1.1 407 No\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      throw new IOException("not allowed");
    }
    String target = head.substring("CONNECT ".length(), head.indexOf(" HTTP/"));
    caller.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    return Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
  }

  private static int socks(Socket caller) throws IOException {
    InputStream in = caller.getInputStream();
    OutputStream out = caller.getOutputStream();
    int _ = next(in);
    byte[] _ = in.readNBytes(next(in));
    out.write(new byte[] {5, 2});
    int _ = next(in);
    String user = new String(in.readNBytes(next(in)), StandardCharsets.UTF_8);
    String password = new String(in.readNBytes(next(in)), StandardCharsets.UTF_8);
    boolean known = user.equals(USER) && password.equals(PASSWORD);
    out.write(new byte[] {1, (byte) (known ? 0 : 1)});
    if (!known) {
      throw new IOException("not allowed");
    }
    byte[] request = in.readNBytes(4);
    int addressBytes =
        switch (request[3]) {
          case 1 -> 4;
          case 3 -> next(in);
          default -> 16;
        };
    byte[] _ = in.readNBytes(addressBytes);
    int port = next(in) << 8 | next(in);
    out.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    return port;
  }

  private static int next(InputStream in) throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new IOException("gone");
    }
    return next;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
