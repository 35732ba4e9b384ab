package io.tollgate.trading.exchange.internal.wire;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.internal.wire.WireResult.Answered;
import io.tollgate.trading.exchange.internal.wire.WireResult.NoAnswer;
import io.tollgate.trading.exchange.internal.wire.WireResult.NotSent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Over Vert.x's client, whose connections are shared by all accounts. It never sends a request
 * again by itself; redirects are not followed; a body has a bound, and a call a deadline. The
 * calling thread waits, which is a virtual one. Safe for use by many.
 */
public final class VertxWire implements Wire {
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  private final HttpClient client;
  private final Optional<ProxyOptions> proxy;

  /**
   * @param client stays the caller's to close
   * @param proxy through which everything goes
   */
  public VertxWire(HttpClient client, Optional<ProxyOptions> proxy) {
    this.client = requireNonNull(client, "client is null");
    this.proxy = requireNonNull(proxy, "proxy is null");
  }

  @Override
  public WireResult send(WireCall call) {
    CompletableFuture<WireResult> result = new CompletableFuture<>();
    AtomicReference<HttpClientRequest> sent = new AtomicReference<>();
    client
        .request(options(call))
        .onFailure(cause -> result.complete(new NotSent(reason(cause))))
        .onSuccess(
            request -> {
              sent.set(request);
              request.exceptionHandler(cause -> result.complete(new NoAnswer(reason(cause))));
              if (result.isDone()) {
                request.reset();
                return;
              }
              exchange(request, call)
                  .onSuccess(result::complete)
                  .onFailure(cause -> result.complete(new NoAnswer(reason(cause))));
            });
    try {
      return result.get(call.deadline().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return givenUp(result, sent, "no answer within " + call.deadline());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return givenUp(result, sent, "interrupted");
    } catch (ExecutionException e) {
      return new NoAnswer(reason(e));
    }
  }

  private static WireResult givenUp(
      CompletableFuture<WireResult> result, AtomicReference<HttpClientRequest> sent, String why) {
    result.complete(new NoAnswer(why));
    HttpClientRequest request = sent.get();
    if (request != null) {
      request.reset();
    }
    return result.join();
  }

  private RequestOptions options(WireCall call) {
    boolean tls = "https".equals(call.origin().getScheme());
    int port = call.origin().getPort();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(call.method()))
            .setHost(call.origin().getHost())
            .setPort(port > 0 ? port : tls ? HTTPS : HTTP)
            .setSsl(tls)
            .setURI(call.target())
            .setConnectTimeout(call.deadline().toMillis());
    proxy.ifPresent(options::setProxyOptions);
    call.headers().forEach(header -> options.putHeader(header.name(), header.value()));
    return options;
  }

  private static Future<WireResult> exchange(HttpClientRequest request, WireCall call) {
    Future<HttpClientResponse> answer =
        call.body().isEmpty()
            ? request.send()
            : request.send(Buffer.buffer(call.body().getBytes(StandardCharsets.UTF_8)));
    return answer.compose(response -> whole(request, response, call.maxAnswerBytes()));
  }

  private static Future<WireResult> whole(
      HttpClientRequest request, HttpClientResponse response, int maxBytes) {
    Promise<WireResult> promise = Promise.promise();
    Buffer body = Buffer.buffer();
    response.exceptionHandler(promise::tryFail);
    response.handler(
        part -> {
          if (body.length() + part.length() > maxBytes) {
            promise.tryComplete(new NoAnswer("an answer of more than " + maxBytes + " bytes"));
            request.reset();
            return;
          }
          body.appendBuffer(part);
        });
    response.endHandler(
        _ ->
            promise.tryComplete(
                new Answered(response.statusCode(), headers(response), body.toString())));
    return promise.future();
  }

  /** What is there twice with different values says nothing: it is as if it were not there. */
  private static Map<String, String> headers(HttpClientResponse response) {
    Map<String, String> headers = new HashMap<>();
    Set<String> contradictory = new HashSet<>();
    for (Map.Entry<String, String> header : response.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      String before = headers.put(name, header.getValue());
      if (before != null && !before.equals(header.getValue())) {
        contradictory.add(name);
      }
    }
    headers.keySet().removeAll(contradictory);
    return Map.copyOf(headers);
  }

  /** The kind of failure and its own words; a request's head and body are in none of them. */
  private static String reason(Throwable cause) {
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
