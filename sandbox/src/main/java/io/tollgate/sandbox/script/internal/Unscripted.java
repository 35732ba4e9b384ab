package io.tollgate.sandbox.script.internal;

import io.tollgate.sandbox.script.Octets;
import io.tollgate.sandbox.script.ReceivedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;

/** Answers requests that have no script: by another server where there is one, else 501. */
final class Unscripted {
  private static final int CONNECT_MS = 5_000;

  private final Optional<URI> otherwise;

  Unscripted(Optional<URI> otherwise) {
    this.otherwise = otherwise;
  }

  /** Answers; whether the connection goes on after it. */
  boolean answer(Wire.Head head, ReceivedRequest request, OutputStream out) throws IOException {
    if (otherwise.isEmpty()) {
      HttpAnswer.problem(501, "No script is left for this request (expected: PUT /script first).")
          .writeTo(out);
      return true;
    }
    passOn(otherwise.get(), head, request, out);
    return false;
  }

  private static void passOn(URI server, Wire.Head head, ReceivedRequest request, OutputStream out)
      throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), CONNECT_MS);
      StringBuilder text = new StringBuilder(head.line()).append("\r\n");
      head.headers().stream()
          .filter(header -> !header.name().equalsIgnoreCase("Connection"))
          .filter(header -> !header.name().equalsIgnoreCase("Transfer-Encoding"))
          .filter(header -> !header.name().equalsIgnoreCase("Content-Length"))
          .forEach(
              header ->
                  text.append(header.name()).append(": ").append(header.value()).append("\r\n"));
      text.append("Connection: close\r\nContent-Length: ")
          .append(request.body().size())
          .append("\r\n\r\n");
      Octets.of(text.toString()).writeTo(socket.getOutputStream());
      request.body().writeTo(socket.getOutputStream());
      InputStream answer = socket.getInputStream();
      long unused = answer.transferTo(out);
    }
  }
}
