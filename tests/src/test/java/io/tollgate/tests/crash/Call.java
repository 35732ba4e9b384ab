package io.tollgate.tests.crash;

import io.tollgate.tests.installation.Demo;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A request to the relay, and how the sandbox is to answer it.
 *
 * @param maxTokens output limit that it names; 0: none
 * @param tongue of its caller; the model's provider may speak another
 */
record Call(
    Demo.User user,
    boolean stream,
    int maxTokens,
    String prompt,
    String steering,
    Tongue tongue,
    String model) {
  private static final String WORDS =
      "what a toll is worth to those who pay it at the gate of a city";

  /** One in the protocol of the model's provider. */
  Call(Demo.User user, boolean stream, int maxTokens, String prompt, String steering) {
    this(user, stream, maxTokens, prompt, steering, Tongue.CHAT, Prices.MODEL);
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
    Tongue tongue = random.nextInt(3) == 0 ? Tongue.MESSAGES : Tongue.CHAT;
    return new Call(
        user, stream, output + random.nextInt(30), prompt, steering, tongue, Prices.MODEL);
  }

  /** The same without an output limit, so that the gateway reserves what it is set to. */
  Call withoutLimit() {
    return new Call(user, stream, 0, prompt, steering);
  }

  HttpRequest at(URI gateway) {
    return HttpRequest.newBuilder(gateway.resolve(tongue.path(model, stream)))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + user.apiKey())
        .header("Content-Type", "application/json")
        .header("X-Sandbox", steering)
        .POST(BodyPublishers.ofString(tongue.body(model, stream, maxTokens, prompt)))
        .build();
  }
}
