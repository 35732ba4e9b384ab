package io.tollgate.billing.internal.recharge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import io.tollgate.ground.PublicAddresses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Posts to an address that somebody else chose, and reads no more of the answer than its status.
 * The name is looked up once, and that address is connected to: a name that means another one a
 * moment later leads nowhere else. Follows nothing. Blocking; safe for use by many threads.
 */
final class PinnedCall {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");
  private static final int LINE_MAX = 1_000;

  private final boolean privateAddresses;
  private final Duration timeout;

  /**
   * @param privateAddresses whether it may be this machine or in a private network
   * @param timeout for all of it
   */
  PinnedCall(boolean privateAddresses, Duration timeout) {
    this.privateAddresses = privateAddresses;
    this.timeout = requireNonNull(timeout, "timeout is null");
  }

  /**
   * What came of it.
   *
   * @param status 0: there was no answer
   * @param detail why not, or the status; nothing of what the other side said
   */
  record Answer(int status, String detail) {
    static Answer none(String detail) {
      return new Answer(0, detail);
    }
  }

  Answer post(URI url, Map<String, String> headers, byte[] body) {
    long until = System.nanoTime() + timeout.toNanos();
    boolean secure = "https".equalsIgnoreCase(url.getScheme());
    int port = url.getPort() > 0 ? url.getPort() : secure ? 443 : 80;
    String host = url.getHost();
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    InetAddress[] all;
    try {
      all = InetAddress.getAllByName(bare);
    } catch (UnknownHostException e) {
      return Answer.none("has a name that is not known");
    }
    for (InetAddress each : all) {
      if (!privateAddresses && !PublicAddresses.isPublic(each)) {
        return Answer.none("stands in a private network");
      }
    }
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(all[0], port), left(until));
      plain.setSoTimeout(left(until));
      Socket socket = secure ? wrapped(plain, bare, port) : plain;
      OutputStream out = socket.getOutputStream();
      out.write(head(url, headers, body.length));
      out.write(body);
      out.flush();
      return status(socket, until);
    } catch (SocketTimeoutException e) {
      return Answer.none("did not answer in time");
    } catch (SSLException e) {
      return Answer.none("has no certificate that is believed");
    } catch (IOException e) {
      return Answer.none("cannot be reached");
    }
  }

  private static Socket wrapped(Socket plain, String host, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static byte[] head(URI url, Map<String, String> headers, int length) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String port = url.getPort() > 0 ? ":" + url.getPort() : "";
    StringBuilder head = new StringBuilder("POST " + path + query + " HTTP/1.1\r\n");
    head.append("Host: ").append(url.getHost().toLowerCase(Locale.ROOT)).append(port);
    head.append("\r\nConnection: close\r\nContent-Length: ").append(length).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  private static Answer status(Socket socket, long until) throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (line.size() < LINE_MAX) {
      socket.setSoTimeout(left(until));
      int next = in.read();
      if (next < 0 || next == '\n') {
        break;
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    Matcher found = STATUS.matcher(line.toString(ISO_8859_1));
    return found.matches()
        ? new Answer(Integer.parseInt(found.group(1)), "answered " + found.group(1))
        : Answer.none("did not answer with HTTP");
  }

  private static int left(long until) throws SocketTimeoutException {
    long millis = (until - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException("the time is over");
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }
}
