package io.tollgate.identity.internal.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A mail server that begins in the open, and may offer to go on in private (RFC 3207). */
final class StartTlsServer implements AutoCloseable {
  private final ServerSocket listening;
  private final SSLContext tls;
  private final boolean offers;
  private final List<String> open = new CopyOnWriteArrayList<>();
  private final List<String> secret = new CopyOnWriteArrayList<>();

  /**
   * @param offers whether it offers to go on in private
   */
  StartTlsServer(SSLContext tls, boolean offers) {
    this.tls = tls;
    this.offers = offers;
    try {
      this.listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread _ = Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** What it was told in the open. */
  List<String> open() {
    return List.copyOf(open);
  }

  /** What it was told in private. */
  List<String> secret() {
    return List.copyOf(secret);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        Thread _ = Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket accepted) {
    try (Socket socket = accepted) {
      Socket speaking = socket;
      BufferedReader reader = reader(speaking);
      say(speaking, "220 here");
      boolean data = false;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        (speaking == socket ? open : secret).add(line);
        if (data) {
          data = !line.equals(".");
          if (!data) {
            say(speaking, "250 taken");
          }
        } else if (line.startsWith("EHLO") && offers && speaking == socket) {
          say(speaking, "250-here\r\n250 STARTTLS");
        } else if (line.equals("STARTTLS")) {
          say(speaking, "220 go on");
          SSLSocket wrapped =
              (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
          wrapped.setUseClientMode(false);
          wrapped.startHandshake();
          speaking = wrapped;
          reader = reader(speaking);
        } else if (line.equals("DATA")) {
          data = true;
          say(speaking, "354 go on");
        } else {
          say(speaking, "250 good");
        }
      }
    } catch (IOException e) {
      // the other side is gone
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  private static void say(Socket socket, @Nullable String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
