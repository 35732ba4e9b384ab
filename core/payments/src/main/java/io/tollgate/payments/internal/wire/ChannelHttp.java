package io.tollgate.payments.internal.wire;

import static java.util.Objects.requireNonNull;

import io.tollgate.payments.ChannelFault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls channels over HTTP. The deadline is for the whole call, body included; a body beyond its
 * bound ends the call. Follows no redirects and uses no proxy.
 */
public final class ChannelHttp implements AutoCloseable {
  private final HttpClient client;
  private final ExecutorService executor;
  private final Duration deadline;

  /**
   * @param deadline for a call from beginning to end
   */
  public ChannelHttp(Duration deadline) {
    this.deadline = requireNonNull(deadline, "deadline is null");
    this.executor =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("payments-", 0).factory());
    this.client =
        HttpClient.newBuilder()
            .executor(executor)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(deadline)
            .build();
  }

  /** An answer, whatever its status. */
  public record Reply(int status, byte[] body, HttpResponse<byte[]> response) {
    public Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }
  }

  /**
   * Asks and waits for the answer.
   *
   * @param body empty: none is sent
   * @param maxBytes of the answer's body
   * @throws ChannelFault {@code UNKNOWN} when there is no whole answer in time
   */
  public Reply send(
      String method, URI url, Map<String, String> headers, byte[] body, long maxBytes) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(deadline)
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    CompletableFuture<HttpResponse<byte[]>> call =
        client.sendAsync(
            request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBytes));
    // the path of some channels' calls carries what they sign, so messages have the host alone
    String where = String.valueOf(url.getHost());
    try {
      HttpResponse<byte[]> response = call.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply(response.statusCode(), response.body(), response);
    } catch (TimeoutException e) {
      boolean unused = call.cancel(true);
      throw new ChannelFault(
          ChannelFault.Kind.UNKNOWN, where + " did not answer in " + deadline.toMillis() + " ms");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() instanceof IOException told ? told : e;
      throw new ChannelFault(
          ChannelFault.Kind.UNKNOWN,
          where + " cannot be reached: " + cause.getClass().getName(),
          e);
    } catch (InterruptedException e) {
      boolean unused = call.cancel(true);
      Thread.currentThread().interrupt();
      throw new ChannelFault(ChannelFault.Kind.UNKNOWN, "interrupted while asking " + where, e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    executor.shutdown();
  }
}
