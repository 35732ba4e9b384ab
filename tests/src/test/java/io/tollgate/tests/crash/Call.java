package io.tollgate.tests.crash;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A request to the relay, and how the sandbox is to answer it.
 *
 * @param maxTokens output limit that it names; 0: none
 * @param translated whether its caller speaks Anthropic's protocol, which the model's provider does
 *     not; it names a limit
 */
record Call(
    Demo.User user,
    boolean stream,
    int maxTokens,
    String prompt,
    String steering,
    boolean translated) {
  private static final String WORDS =
      "what a toll is worth to those who pay it at the gate of a city";

  /** One in the protocol of the model's provider. */
  Call(Demo.User user, boolean stream, int maxTokens, String prompt, String steering) {
    this(user, stream, maxTokens, prompt, steering, false);
  }

  /** Anything a caller may want, within some hundred tokens. */
  static Call random(Demo.User user, RandomGenerator random) {
    boolean stream = random.nextInt(10) < 4;
    int output = 1 + random.nextInt(60);
    int reasoning = random.nextInt(4) == 0 ? random.nextInt(output) : 0;
    int cached = random.nextInt(4) == 0 ? random.nextInt(8) : 0;
    String steering =
        "output_tokens=%d; reasoning_tokens=%d; cached_tokens=%d; latency_ms=%d; chunk_ms=%d"
            .formatted(
                output,
                reasoning,
                cached,
                random.nextInt(3) == 0 ? random.nextInt(120) : 0,
                random.nextInt(3) == 0 ? random.nextInt(10) : 0);
    String prompt = WORDS.repeat(1 + random.nextInt(4)) + ' ' + random.nextInt(1_000_000);
    boolean translated = random.nextInt(3) == 0;
    return new Call(user, stream, output + random.nextInt(30), prompt, steering, translated);
  }

  /** The same without an output limit, so that the gateway reserves what it is set to. */
  Call withoutLimit() {
    return new Call(user, stream, 0, prompt, steering);
  }

  HttpRequest at(URI gateway) {
    String path = translated ? "/v1/messages" : "/v1/chat/completions";
    return HttpRequest.newBuilder(gateway.resolve(path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + user.apiKey())
        .header("Content-Type", "application/json")
        .header("X-Sandbox", steering)
        .POST(BodyPublishers.ofString(body()))
        .build();
  }

  private String body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", Prices.MODEL);
    if (maxTokens > 0) {
      body.put("max_tokens", maxTokens);
    }
    if (stream) {
      body.put("stream", true);
    }
    if (stream && !translated) {
      body.put("stream_options", Map.of("include_usage", true));
    }
    body.put("messages", List.of(Map.of("role", "user", "content", prompt)));
    return Client.JSON.writeValueAsString(body);
  }
}
