package io.tollgate.tests.sync;

import io.tollgate.tests.installation.Client;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Server-sent events as they come, until closed. */
final class FollowedStream implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<JsonNode> told = new CopyOnWriteArrayList<>();

  FollowedStream(URI url, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    if (headers.length > 0) {
      request.headers(headers);
    }
    var unused =
        client
            .sendAsync(request.build(), HttpResponse.BodyHandlers.ofLines())
            .thenAcceptAsync(this::read, Thread::startVirtualThread);
  }

  private void read(HttpResponse<Stream<String>> response) {
    response
        .body()
        .filter(line -> line.startsWith("data: "))
        .forEach(line -> told.add(Client.JSON.readTree(line.substring(6))));
  }

  List<JsonNode> told() {
    return told;
  }

  List<JsonNode> told(String type) {
    return told.stream().filter(each -> each.path("type").asString().equals(type)).toList();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
