package io.tollgate.relay.gateway.internal.media;

import io.tollgate.relay.gateway.internal.http.BufferBytes;
import io.tollgate.relay.gateway.internal.loop.BudgetedBytes;
import io.tollgate.relay.gateway.internal.loop.MemoryBudget;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.protocols.FetchedMedia;
import io.tollgate.relay.protocols.RequestFault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one thing from its address, following redirects. Each address is resolved here and
 * connected to as it was checked: a name cannot lead elsewhere in between. Confined to one loop.
 */
final class MediaFetch implements RequestResources.Held {
  private static final int MAX_REDIRECTS = 3;
  private static final int MAX_ADDRESS_LENGTH = 4096;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final Vertx vertx;
  private final HttpClient client;
  private final Predicate<InetAddress> allowed;
  private final ByteAllowance left;
  private final RequestResources resources;
  private final BudgetedBytes body;
  private final Promise<FetchedMedia> found = Promise.promise();
  private @Nullable HttpClientRequest request;
  private int redirects;

  MediaFetch(
      RequestResources resources,
      Vertx vertx,
      HttpClient client,
      Predicate<InetAddress> allowed,
      ByteAllowance left) {
    this.resources = resources;
    this.vertx = vertx;
    this.client = client;
    this.allowed = allowed;
    this.left = left;
    body = new BudgetedBytes(resources, -1);
  }

  /** Begins; gives up after so many milliseconds. */
  Future<FetchedMedia> begin(String address, int maxMs) {
    resources.hold(this);
    long timer =
        vertx.setTimer(
            maxMs,
            _ -> fail("did not come within " + maxMs + " ms (expected: something that does)"));
    ask(address);
    return found.future().onComplete(_ -> vertx.cancelTimer(timer));
  }

  /** The request is over: whatever still comes is not waited for. */
  @Override
  public void giveBack() {
    fail("is not wanted any more");
  }

  private void ask(String address) {
    URI uri;
    try {
      uri = new URI(address);
    } catch (URISyntaxException _) {
      fail("is no address (expected: https://… of a picture, document or sound)");
      return;
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    boolean secure = scheme.equals("https");
    if (address.length() > MAX_ADDRESS_LENGTH
        || host == null
        || uri.getUserInfo() != null
        || !(secure || scheme.equals("http"))) {
      fail("is no address (expected: https://… of a picture, document or sound)");
      return;
    }
    int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    vertx
        .executeBlocking(() -> InetAddress.getAllByName(bare), false)
        .onComplete(
            resources.guarded(all -> connect(uri, secure, bare, port, all)),
            resources.guarded(
                _ -> fail("leads to a name that is not known (expected: one that is)")));
  }

  private void connect(URI uri, boolean secure, String host, int port, InetAddress[] all) {
    if (found.future().isComplete()) {
      return;
    }
    for (InetAddress each : all) {
      if (!allowed.test(each)) {
        fail("leads into a private network (expected: a public address)");
        return;
      }
    }
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setServer(SocketAddress.inetSocketAddress(port, all[0].getHostAddress()))
            .setHost(host)
            .setPort(port)
            .setSsl(secure)
            .setURI(path + query)
            .setFollowRedirects(false)
            .putHeader(HttpHeaders.USER_AGENT, "Tollgate")
            .putHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
    client
        .request(options)
        .onComplete(
            resources.guarded(ready -> send(ready, uri)),
            resources.guarded(_ -> fail("cannot be reached (expected: a server that answers)")));
  }

  private void send(HttpClientRequest ready, URI from) {
    request = ready;
    if (found.future().isComplete()) {
      abort();
      return;
    }
    ready
        .send()
        .onComplete(
            resources.guarded(response -> head(response, from)),
            resources.guarded(_ -> fail("broke off (expected: an answer)")));
  }

  private void head(HttpClientResponse response, URI from) {
    if (found.future().isComplete()) {
      abort();
      return;
    }
    String location = response.getHeader(HttpHeaders.LOCATION);
    if (REDIRECTS.contains(response.statusCode()) && location != null) {
      follow(location, from);
      return;
    }
    if (response.statusCode() != 200) {
      fail("answers with status " + response.statusCode() + " (expected: 200)");
      return;
    }
    String type = mediaType(response.getHeader(HttpHeaders.CONTENT_TYPE));
    response.exceptionHandler(resources.guarded(_ -> fail("broke off (expected: all of it)")));
    response.handler(resources.guarded(this::part));
    response.endHandler(resources.guarded(_ -> found(type)));
  }

  private void follow(String location, URI from) {
    abort();
    redirects++;
    if (redirects > MAX_REDIRECTS) {
      fail("redirects more than " + MAX_REDIRECTS + " times (expected: less often)");
      return;
    }
    String next;
    try {
      next = from.resolve(location).toString();
    } catch (IllegalArgumentException _) {
      fail("redirects to what is no address (expected: https://…)");
      return;
    }
    ask(next);
  }

  private void part(Buffer part) {
    if (found.future().isComplete()) {
      return;
    }
    if (!left.take(part.length())) {
      fail(
          "and what else the request names is too large (expected: at most "
              + left.all()
              + " bytes)");
    } else if (!body.add(BufferBytes.of(part))) {
      body.clear();
      abort();
      found.tryFail(MemoryBudget.exhausted());
    }
  }

  private void found(String type) {
    if (!found.future().isComplete()) {
      found.tryComplete(new FetchedMedia(type, body.whole()));
    }
  }

  private void fail(String why) {
    if (found.tryFail(RequestFault.of("messages", "an address in them " + why))) {
      body.clear();
      abort();
    }
  }

  private void abort() {
    if (request != null) {
      var unused = request.reset();
    }
  }

  private static String mediaType(@Nullable String header) {
    if (header == null) {
      return "application/octet-stream";
    }
    int parameters = header.indexOf(';');
    return (parameters < 0 ? header : header.substring(0, parameters))
        .strip()
        .toLowerCase(Locale.ROOT);
  }
}
