package io.tollgate.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.cluster.Cluster;
import io.tollgate.tests.cluster.Service;
import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Batches while two gateways look after them, and their callers ask both: each line is charged
 * once, and what is kept is found at either, by its owner alone.
 */
@Tag("slow")
@Tag("cluster")
class BatchesOfManyGatewaysTest {
  private static final int BATCHES = 6;
  private static final int LINES = 4;
  private static final String[] EAGER = {"--relay-deferred-poll-ms=100"};

  /** Nano dollars a token of the demo's model at the batch price. */
  private static final long INPUT = 75;

  private static final long OUTPUT = 300;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void a_batch_that_two_gateways_look_after_is_charged_once() throws Exception {
    try (Cluster cluster = Cluster.start()) {
      List<Service> gateways =
          List.of(cluster.gateway("one", EAGER), cluster.gateway("other", EAGER));
      gateways.forEach(Service::launch);
      gateways.forEach(Service::awaitReady);
      Books books = new Books(cluster.postgres());
      Demo.User owner = cluster.demo().user(1);
      Demo.User other = cluster.demo().user(0);
      Map<String, Long> before = books.means(owner.userId());
      Instant started = Instant.now();
      List<String> made = new ArrayList<>();
      for (int batch = 0; batch < BATCHES; batch++) {
        Service maker = gateways.get(batch % 2);
        Service asked = gateways.get((batch + 1) % 2);
        String file = json(upload(maker, owner)).required("id").asString();
        assertThat(get(asked, other, "/v1/files/" + file).statusCode()).isEqualTo(404);
        String id = json(post(asked, owner, "/v1/batches", order(file))).required("id").asString();
        assertThat(get(maker, other, "/v1/batches/" + id).statusCode()).isEqualTo(404);
        made.add(id);
      }
      for (String id : made) {
        await("the batch has ended, at both")
            .atMost(Duration.ofSeconds(30))
            .until(() -> gateways.stream().allMatch(each -> completed(each, owner, id)));
      }
      await("nothing is held").atMost(Duration.ofSeconds(30)).until(() -> books.held() == 0);
      Map<String, List<Books.Booked>> booked = books.since(started);
      long price = 0;
      for (List<Books.Booked> rows : booked.values()) {
        assertThat(rows).hasSize(1);
        Usage usage = rows.getFirst().usage();
        price += usage.input() * INPUT + usage.output() * OUTPUT;
        assertThat(rows.getFirst().owed()).isZero();
      }
      assertThat(booked).hasSize(BATCHES * LINES);
      assertThat(paid(before, books.means(owner.userId()))).isEqualTo(price);
      assertThat(cluster.findings()).isEmpty();
    }
  }

  private static long paid(Map<String, Long> before, Map<String, Long> after) {
    return before.getOrDefault("USD", 0L) - after.getOrDefault("USD", 0L);
  }

  private boolean completed(Service gateway, Demo.User owner, String id) {
    JsonNode batch = json(get(gateway, owner, "/v1/batches/" + id));
    if (!batch.required("status").asString().equals("completed")) {
      return false;
    }
    String output = batch.required("output_file_id").asString();
    return get(gateway, owner, "/v1/files/" + output + "/content").body().lines().count() == LINES;
  }

  private static String order(String file) {
    return "{\"input_file_id\":\"%s\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\"}"
        .formatted(file);
  }

  private HttpResponse<String> upload(Service gateway, Demo.User user) {
    String lines =
        IntStream.range(0, LINES)
            .mapToObj(
                number ->
                    "{\"custom_id\":\"line-%d\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":%s}"
                        .formatted(number, Client.chat(Prices.MODEL, 40, false, "Gate " + number)))
            .collect(Collectors.joining("\n"));
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"in.jsonl\"\r\n\r\n"
            + lines
            + "\r\n--b--\r\n";
    return send(
        request(gateway, user, "/v1/files")
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private HttpResponse<String> post(Service gateway, Demo.User user, String path, String body) {
    return send(
        request(gateway, user, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private HttpResponse<String> get(Service gateway, Demo.User user, String path) {
    return send(request(gateway, user, path).build());
  }

  private static HttpRequest.Builder request(Service gateway, Demo.User user, String path) {
    URI url = gateway.url().resolve(path);
    return HttpRequest.newBuilder(url)
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + user.apiKey());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Client.JSON.readTree(answer.body());
  }
}
