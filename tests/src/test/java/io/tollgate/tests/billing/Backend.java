package io.tollgate.tests.billing;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Installation;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;

/** A tenant's backend that charges through an installation. */
final class Backend {
  private final Installation installation;
  private final Client client;

  Backend(Installation installation) {
    this.installation = installation;
    this.client = new Client(installation);
  }

  HttpResponse<String> deduct(String user, String service, long count, String requestId) {
    return client.send(
        request(
            "deduct",
            """
            {"user_id":"%s","service_name":"%s","count":%d,"request_id":"%s"}"""
                .formatted(user, service, count, requestId)));
  }

  HttpResponse<String> refund(String recordId) {
    return client.send(
        request("refund", "{\"record_id\":\"%s\",\"reason\":\"test\"}".formatted(recordId)));
  }

  /** A request that may never be answered. */
  HttpRequest request(String path, String body) {
    return HttpRequest.newBuilder(
            installation.demo().privateUrl().resolve("/internal/v1/billing/" + path))
        .timeout(Duration.ofSeconds(30))
        .header("X-Service-Token", installation.demo().serviceToken())
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  JsonNode get(String path) {
    URI url = installation.demo().publicUrl().resolve("/api/v1/billing" + path);
    return Client.json(
        client.get(url, "Authorization", "Bearer " + installation.demo().serviceToken()));
  }

  long used(String user, String service) {
    for (JsonNode quota : get("/account?user_id=" + user).required("quotas")) {
      if (quota.required("service_name").stringValue().equals(service)) {
        return quota.required("used_quota").longValue();
      }
    }
    throw new AssertionError("no quota of " + service);
  }

  Client client() {
    return client;
  }

  static <T> List<T> all(List<Callable<T>> calls) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> answers = new ArrayList<>();
      for (Future<T> call : threads.invokeAll(calls)) {
        answers.add(call.get());
      }
      return answers;
    }
  }
}
