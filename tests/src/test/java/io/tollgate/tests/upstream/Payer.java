package io.tollgate.tests.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/** A user with a key and means of their own. */
public final class Payer {
  /** No answer of these tests takes longer. */
  private static final int MAX_SECONDS = 20;

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final Site site;
  private final String userId;
  private final String apiKey;

  public Payer(Site site, String userId, String apiKey) {
    this.site = site;
    this.userId = userId;
    this.apiKey = apiKey;
  }

  public String userId() {
    return userId;
  }

  public String apiKey() {
    return apiKey;
  }

  public Answered ask(Chat chat, String... headers) {
    return ask(chat.json().getBytes(StandardCharsets.UTF_8), headers);
  }

  public Answered ask(byte[] body, String... headers) {
    return post("/v1/chat/completions", "application/json", body, headers);
  }

  /** Posts JSON to any path. */
  public Answered post(String path, String json, String... headers) {
    return post(path, "application/json", json.getBytes(StandardCharsets.UTF_8), headers);
  }

  public Answered post(String path, String type, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(site.client().url(path))
            .timeout(Duration.ofSeconds(MAX_SECONDS))
            .header("Authorization", "Bearer " + apiKey)
            .header("Content-Type", type);
    for (int index = 0; index < headers.length; index += 2) {
      request.header(headers[index], headers[index + 1]);
    }
    AnswerLines lines = new AnswerLines();
    var sent = HTTP.sendAsync(request.POST(BodyPublishers.ofByteArray(body)).build(), lines);
    try {
      var unused = sent.get(MAX_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      // broken: what came until then is the answer
      return lines.answered().orElseThrow(() -> new IllegalStateException(e.getCause()));
    } catch (TimeoutException e) {
      sent.cancel(true);
      return lines.answered().orElseThrow(() -> new AssertionError("no answer in time", e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return lines.answered().orElseThrow();
  }

  /** The same for an answer of bytes. */
  public HttpResponse<byte[]> bytes(String path, String type, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(site.client().url(path))
            .timeout(Duration.ofSeconds(MAX_SECONDS))
            .header("Authorization", "Bearer " + apiKey)
            .header("Content-Type", type);
    for (int index = 0; index < headers.length; index += 2) {
      request.header(headers[index], headers[index + 1]);
    }
    try {
      return HTTP.send(
          request.POST(BodyPublishers.ofByteArray(body)).build(),
          HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What a request was charged, once that is settled. */
  public Charged charged(Answered answered) {
    return charged(answered.requestId());
  }

  public Charged charged(String requestId) {
    assertThat(requestId).as("X-Request-Id").isNotEmpty();
    List<JsonNode> rows = new ArrayList<>();
    await("settled")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              rows.clear();
              rows.addAll(site.requestLog(requestId));
              return rows.size() == 1
                  && rows.getFirst().required("settled").asString().equals("settled");
            });
    return new Charged(rows.getFirst());
  }

  public BigDecimal balance() {
    return site.client().balance(userId);
  }

  public long quotaRemaining() {
    return site.client().snapshot(userId).required("quota_remaining").asLong();
  }

  public void grant(String asset, String amount) {
    assertThat(site.grant(userId, asset, amount).path("success").asBoolean()).isTrue();
  }

  /** A row of the request log. */
  public record Charged(JsonNode row) {
    public BigDecimal cost() {
      return row.required("cost").decimalValue();
    }

    public long input() {
      return row.required("input_tokens").asLong();
    }

    public long output() {
      return row.required("output_tokens").asLong();
    }

    public long cached() {
      return row.required("cached_tokens").asLong();
    }

    public long quota() {
      return row.required("quota_tokens").asLong();
    }

    public BigDecimal owed() {
      return row.required("owed").decimalValue();
    }

    public int attempts() {
      return row.required("attempts").asInt();
    }

    public void is(String dollars, long input, long output) {
      assertThat(new Numbers(input(), output(), cost().stripTrailingZeros().toPlainString()))
          .isEqualTo(
              new Numbers(
                  input, output, new BigDecimal(dollars).stripTrailingZeros().toPlainString()));
    }

    public void isFree() {
      assertThat(cost()).isEqualByComparingTo(BigDecimal.ZERO);
      assertThat(quota()).isZero();
    }
  }

  private record Numbers(long input, long output, String cost) {}
}
