package io.tollgate.relay.gateway.internal.filter;

import io.tollgate.relay.gateway.internal.http.BufferBytes;
import io.tollgate.relay.rules.FilterRule;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One question to a filter. Its address is resolved here and connected to as it was checked: a name
 * cannot lead elsewhere in between. Redirects are not followed. Confined to one event loop.
 */
final class FilterCall {
  private static final CharSequence TIMESTAMP = HttpHeaders.createOptimized("x-tollgate-timestamp");
  private static final CharSequence SIGNATURE = HttpHeaders.createOptimized("x-tollgate-signature");

  private final Vertx vertx;
  private final HttpClient client;
  private final Predicate<InetAddress> isPublic;
  private final int maxBytes;
  private final FilterRule rule;
  private final FilterQuestion question;
  private final CompletableFuture<FilterVerdict> verdict = new CompletableFuture<>();
  private @Nullable HttpClientRequest request;

  FilterCall(
      Vertx vertx,
      HttpClient client,
      Predicate<InetAddress> isPublic,
      int maxBytes,
      FilterRule rule,
      FilterQuestion question) {
    this.vertx = vertx;
    this.client = client;
    this.isPublic = isPublic;
    this.maxBytes = maxBytes;
    this.rule = rule;
    this.question = question;
  }

  CompletableFuture<FilterVerdict> begin() {
    long timer = vertx.setTimer(rule.timeout().toMillis(), _ -> fail("did not answer in time"));
    var unused = verdict.whenComplete((_, _) -> vertx.cancelTimer(timer));
    String host = rule.url().getHost();
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    vertx
        .executeBlocking(() -> InetAddress.getAllByName(bare), false)
        .onComplete(all -> connect(bare, all), _ -> fail("has a name that is not known"));
    return verdict;
  }

  private void connect(String host, InetAddress[] all) {
    if (verdict.isDone()) {
      return;
    }
    for (InetAddress each : all) {
      if (!rule.privateAddress() && !isPublic.test(each)) {
        fail("stands in a private network");
        return;
      }
    }
    URI url = rule.url();
    boolean secure = "https".equalsIgnoreCase(url.getScheme());
    int port = url.getPort() > 0 ? url.getPort() : secure ? 443 : 80;
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String time = Long.toString(Instant.now().getEpochSecond());
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(port, all[0].getHostAddress()))
            .setHost(host)
            .setPort(port)
            .setSsl(secure)
            .setURI(path + query)
            .setFollowRedirects(false)
            .setConnectTimeout(rule.timeout().toMillis())
            .putHeader(HttpHeaders.USER_AGENT, "Tollgate")
            .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
            .putHeader(HttpHeaders.ACCEPT_ENCODING, "identity")
            .putHeader(TIMESTAMP, time)
            .putHeader(SIGNATURE, FilterSignature.of(rule.secret(), time, question.json()));
    client.request(options).onComplete(this::send, _ -> fail("cannot be reached"));
  }

  private void send(HttpClientRequest ready) {
    request = ready;
    if (verdict.isDone()) {
      abort();
      return;
    }
    ready.send(BufferBytes.over(question.json())).onComplete(this::head, _ -> fail("broke off"));
  }

  private void head(HttpClientResponse response) {
    if (verdict.isDone()) {
      abort();
      return;
    }
    Buffer body = Buffer.buffer();
    response.exceptionHandler(_ -> fail("broke off"));
    response.handler(
        part -> {
          if (body.length() + (long) part.length() > maxBytes) {
            fail("answered with too much");
          } else if (!verdict.isDone()) {
            var unused = body.appendBuffer(part);
          }
        });
    response.endHandler(
        _ -> {
          if (!verdict.isDone()) {
            verdict.complete(
                FilterAnswer.read(question.phase(), response.statusCode(), body.getBytes()));
          }
        });
  }

  private void fail(String what) {
    if (verdict.complete(new FilterVerdict.Failed(what))) {
      abort();
    }
  }

  private void abort() {
    if (request != null) {
      var unused = request.reset();
    }
  }
}
