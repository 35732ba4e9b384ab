package io.tollgate.bench.charging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;

/** Speaks plain HTTP on one kept connection, as little as it takes. */
final class HttpCaller implements ChargingCaller {
  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private final InputStream in;
  private final String head;

  HttpCaller(int port, String serviceToken) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    head =
        " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-Service-Token: "
            + serviceToken
            + "\r\nContent-Length: ";
  }

  @Override
  public boolean check(String user) throws IOException {
    return post("check", "{\"user_id\":\"" + user + "\",\"service_name\":\"asset\",\"count\":1}");
  }

  @Override
  public boolean deduct(String user, String requestId) throws IOException {
    return post(
        "deduct",
        "{\"user_id\":\""
            + user
            + "\",\"service_name\":\"asset\",\"count\":1,\"request_id\":\""
            + requestId
            + "\"}");
  }

  private boolean post(String call, String body) throws IOException {
    String request = "POST /internal/v1/billing/" + call + head + body.length() + "\r\n\r\n" + body;
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    String status = line();
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
        length = Integer.parseInt(line.substring(LENGTH.length()).strip());
      }
    }
    in.skipNBytes(length);
    return status.startsWith("HTTP/1.1 200");
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
