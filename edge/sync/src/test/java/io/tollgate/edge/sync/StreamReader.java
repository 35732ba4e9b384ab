package io.tollgate.edge.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.web.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** Reads server-sent events from a plain socket, as a browser does, until it is closed. */
final class StreamReader implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader lines;
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile String head = "";
  private volatile long lastId = -1;
  private volatile boolean ended;

  /**
   * What came.
   *
   * @param id nothing where none was given
   */
  record Told(OptionalLong id, JsonNode data) {
    String type() {
      return data.path("type").asString();
    }
  }

  private StreamReader(URI uri, boolean reads, String... headers) throws IOException {
    socket = new Socket(uri.getHost(), uri.getPort());
    socket.setReceiveBufferSize(65_536);
    StringBuilder request = new StringBuilder();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    request.append("GET ").append(uri.getRawPath()).append(query).append(" HTTP/1.1\r\n");
    request.append("Host: ").append(uri.getAuthority()).append("\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    request.append("\r\n");
    socket.getOutputStream().write(request.toString().getBytes(UTF_8));
    socket.getOutputStream().flush();
    lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    thread = Thread.ofVirtual().unstarted(this::read);
    if (reads) {
      thread.start();
    }
  }

  static StreamReader open(URI uri, String... headers) throws IOException {
    return new StreamReader(uri, true, headers);
  }

  /** One that does not read before {@link #begin}. */
  static StreamReader slow(URI uri, String... headers) throws IOException {
    return new StreamReader(uri, false, headers);
  }

  void begin() {
    thread.start();
  }

  List<Told> told() {
    return told;
  }

  /** Versions of what came of a type. */
  List<Long> ids(String type) {
    List<Long> ids = new ArrayList<>();
    for (Told each : told) {
      if (each.type().equals(type)) {
        ids.add(each.id().orElse(-1));
      }
    }
    return ids;
  }

  /** The id of the last event that has one; -1 before. */
  long lastId() {
    return lastId;
  }

  String head() {
    return head;
  }

  boolean ended() {
    return ended;
  }

  private void read() {
    try {
      StringBuilder first = new StringBuilder();
      for (String line = lines.readLine(); line != null && !line.isEmpty(); ) {
        first.append(line).append('\n');
        line = lines.readLine();
      }
      head = first.toString();
      OptionalLong id = OptionalLong.empty();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // lines of chunk sizes are none of the stream's; that of the last one ends it
        if (line.equals("0")) {
          return;
        } else if (line.startsWith("id: ")) {
          id = OptionalLong.of(Long.parseLong(line.substring(4)));
        } else if (line.startsWith("data: ")) {
          told.add(new Told(id, Json.read(line.substring(6).getBytes(UTF_8))));
          id.ifPresent(given -> lastId = given);
          id = OptionalLong.empty();
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // the test has closed it, or the server
    } finally {
      ended = true;
    }
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
