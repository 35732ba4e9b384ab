package io.tollgate.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests as people's programs would: over the wire, with their keys, some of them wrong.
 */
final class DemoTraffic implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DemoTraffic.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<String> QUESTIONS =
      List.of(
          "Summarise this thread in three sentences.",
          "Which of our customers wrote about late deliveries?",
          "Translate the following into Japanese.",
          "Write a test for this function.",
          "Is this review positive?");

  private final String gateway;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param gateway its address, without a slash at the end
   */
  DemoTraffic(String gateway) {
    this.gateway = requireNonNull(gateway, "gateway is null");
  }

  /** Sends one and reads its answer; one that gets none is nobody's fault here. */
  void send(DemoPerson person, SplittableRandom random) throws InterruptedException {
    HttpRequest request = request(person, random);
    try {
      var _ = http.send(request, BodyHandlers.discarding());
    } catch (IOException e) {
      LOG.debug("a request of the demo got no answer", e);
    }
  }

  private HttpRequest request(DemoPerson person, SplittableRandom random) {
    String model = DemoData.MODELS.get(random.nextInt(DemoData.MODELS.size()));
    int kind = random.nextInt(100);
    String asked = kind == 0 ? "gpt-9-ultra" : model;
    boolean stream = random.nextInt(3) == 0;
    String text = QUESTIONS.get(random.nextInt(QUESTIONS.size())).repeat(1 + random.nextInt(30));
    HttpRequest.Builder request =
        HttpRequest.newBuilder()
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + person.secret())
            .header("X-Sandbox", sandbox(kind, random));
    if (asked.startsWith("claude")) {
      return request
          .uri(URI.create(gateway + "/v1/messages"))
          .header("anthropic-version", "2023-06-01")
          .POST(
              BodyPublishers.ofString(
                  """
                  {"model":"%s","max_tokens":2000,"stream":%s,"messages":[{"role":"user","content":"%s"}]}"""
                      .formatted(asked, stream, text)))
          .build();
    }
    if (asked.startsWith("gemini")) {
      return request
          .uri(URI.create(gateway + "/v1beta/models/" + asked + ":generateContent"))
          .POST(
              BodyPublishers.ofString(
                  """
                  {"contents":[{"role":"user","parts":[{"text":"%s"}]}]}"""
                      .formatted(text)))
          .build();
    }
    // now and then a body that is none
    String open = kind == 1 ? "" : "{";
    return request
        .uri(URI.create(gateway + "/v1/chat/completions"))
        .POST(
            BodyPublishers.ofString(
                """
                %s"model":"%s","max_tokens":2000,"stream":%s,"messages":[{"role":"user","content":"%s"}]}"""
                    .formatted(open, asked, stream, text)))
        .build();
  }

  /** Most answers take a while; a few upstream calls fail. */
  private static String sandbox(int kind, SplittableRandom random) {
    String answer =
        "latency_ms=%d; output_tokens=%d"
            .formatted(80 + random.nextInt(900), 20 + random.nextInt(700));
    return kind < 2
        ? answer
        : kind < 4 ? "status=500" : kind < 5 ? "status=429; retry_after=1" : answer;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
