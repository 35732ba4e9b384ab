package io.tollgate.tests.upstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A stream whose caller hangs up after some of its events.
 *
 * @param events that came until then; fewer than wanted where the stream had no more
 */
public record LeftStream(int status, String requestId, int events) {
  /**
   * Asks, reads so many events and hangs up.
   *
   * @param headers further ones: name, value, name, value, …
   */
  public static LeftStream after(
      int events, URI url, String apiKey, String body, String steering, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + apiKey)
            .header("Content-Type", "application/json")
            .header("X-Sandbox", steering)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    for (int index = 0; index < headers.length; index += 2) {
      request.header(headers[index], headers[index + 1]);
    }
    // of its own, so that its connection is closed with it
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      int read = 0;
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        while (read < events) {
          String line = lines.readLine();
          if (line == null) {
            break;
          }
          read += line.startsWith("data:") ? 1 : 0;
        }
      } catch (IOException e) {
        // broken off from the other side: that is what it had
      }
      http.shutdownNow();
      return new LeftStream(
          answer.statusCode(), answer.headers().firstValue("X-Request-Id").orElse(""), read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
