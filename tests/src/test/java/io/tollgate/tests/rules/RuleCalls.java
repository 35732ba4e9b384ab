package io.tollgate.tests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.upstream.Site;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What an administrator does with rules. */
final class RuleCalls {
  private final Site site;

  RuleCalls(Site site) {
    this.site = site;
  }

  HttpResponse<String> send(String method, String path, Map<String, ?> body) {
    return site.client()
        .send(
            HttpRequest.newBuilder(site.client().url(path))
                .header("Authorization", "Bearer " + site.adminToken())
                .header("Content-Type", "application/json")
                .method(
                    method,
                    body.isEmpty()
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(Client.JSON.writeValueAsString(body)))
                .build());
  }

  JsonNode done(String method, String path, Map<String, ?> body) {
    HttpResponse<String> answer = send(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Client.json(answer).required("data");
  }

  /** Takes away all rules at this path. */
  void clear(String path) {
    for (JsonNode rule : done("GET", path, Map.of())) {
      var unused = done("DELETE", path + "/" + rule.required("id").asLong(), Map.of());
    }
  }

  /** The id of a user's only key. */
  long keyOf(String requestId) {
    return site.requestLog(requestId).getFirst().required("api_key_id").asLong();
  }
}
