package io.tollgate.identity.internal.signon;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;

/**
 * Asks providers for JSON. Redirects are not followed, an answer has a bound, and what is wrong is
 * told without its text. Blocking.
 */
final class ProviderHttp {
  private static final int BYTES_MAX = 512 << 10;

  private final HttpClient client;
  private final Duration timeout;

  ProviderHttp(Duration timeout) {
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  Map<String, Object> get(URI url) {
    Answer answer = send(HttpRequest.newBuilder(url).GET());
    if (answer.status != 200) {
      throw away("answered " + answer.status, null);
    }
    return answer.json();
  }

  /** Posts a form; whatever the status is. */
  Answer post(URI url, String form, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    headers.forEach(request::header);
    return send(request);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<InputStream> response =
          client.send(
              request.timeout(timeout).header("Accept", "application/json").build(),
              BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        byte[] bytes = body.readNBytes(BYTES_MAX + 1);
        if (bytes.length > BYTES_MAX) {
          throw away("answered with more than " + BYTES_MAX + " bytes", null);
        }
        return new Answer(response.statusCode(), new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw away("does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw away("was not waited for", e);
    }
  }

  private static Refusal away(String what, @org.jspecify.annotations.Nullable Exception cause) {
    String message = "the sign-on provider " + what;
    return cause == null
        ? new Refusal(ErrorCode.UNAVAILABLE, message)
        : new Refusal(ErrorCode.UNAVAILABLE, message, cause);
  }

  /** What was answered. */
  record Answer(int status, String body) {
    Map<String, Object> json() {
      try {
        return JSONObjectUtils.parse(body);
      } catch (ParseException e) {
        throw away("answered something else than JSON", e);
      }
    }

    /** Without the body: it may hold tokens. */
    @Override
    public String toString() {
      return "Answer[status=" + status + "]";
    }
  }
}
