package io.tollgate.relay.gateway.internal.realtime;

import io.tollgate.relay.accounts.AccountFailure;
import io.tollgate.relay.accounts.AccountQuery;
import io.tollgate.relay.accounts.AccountRouting.Choice;
import io.tollgate.relay.accounts.AccountUse;
import io.tollgate.relay.accounts.BaseUrl;
import io.tollgate.relay.accounts.OutboundProxy;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.relay.gateway.internal.http.HeaderNames;
import io.tollgate.relay.gateway.internal.http.LimitResets;
import io.tollgate.relay.gateway.internal.http.RetryAfter;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.provider.AttemptResult;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.RealtimeProtocol;
import io.tollgate.relay.protocols.UpstreamProtocol;
import io.tollgate.web.UpstreamProxies;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Opens a WebSocket with one account after the other until one agrees, a bounded number of times.
 * Confined to one event loop.
 */
final class UpstreamSockets implements RequestResources.Held {
  private static final int TOO_MANY = 429;

  /** Takes exactly one outcome, unless it is given back first. */
  interface Listener {
    /** It is open, and paused. */
    void connected(WebSocket socket, AccountUse use, int attempts);

    void failed(UpstreamError error);
  }

  private final RequestResources resources;
  private final RelayLoop loop;
  private final WebSocketClient client;
  private final RealtimeProtocol protocol;
  private final AccountQuery query;
  private final String askedModel;
  private final List<Header> headers;
  private final Optional<String> steering;
  private final Listener listener;
  private final Set<ProviderAccountId> tried = new HashSet<>();
  private int attempts;
  private int keysTried;
  private @Nullable AccountUse current;
  private Optional<UpstreamError> lastError = Optional.empty();
  private boolean over;

  /**
   * @param askedModel as the caller named it
   * @param headers what the provider is told of the caller's head
   * @param steering the caller's {@code X-Sandbox}, for a sandbox account only
   */
  UpstreamSockets(
      RequestResources resources,
      WebSocketClient client,
      RealtimeProtocol protocol,
      AccountQuery query,
      String askedModel,
      List<Header> headers,
      Optional<String> steering,
      Listener listener) {
    this.resources = resources;
    this.loop = resources.loop();
    this.client = client;
    this.protocol = protocol;
    this.query = query;
    this.askedModel = askedModel;
    this.headers = headers;
    this.steering = steering;
    this.listener = listener;
  }

  void start() {
    resources.hold(this);
    next();
  }

  @Override
  public void giveBack() {
    over = true;
    if (current != null) {
      current.released();
    }
  }

  /** What an account's provider calls a model: as mapped, else as the caller named it. */
  static String modelAt(ProviderAccount account, String listed, String asked) {
    String mapped = account.upstreamModel(listed);
    return mapped.equals(listed) ? asked : mapped;
  }

  /** Whether the caller asked the account to fail: that says nothing of it. */
  static boolean steered(AccountUse use, Optional<String> steering) {
    return use.account().sandbox() && steering.isPresent();
  }

  private void next() {
    switch (loop.routing().choose(query, tried)) {
      case Choice.Chosen(AccountUse use) -> {
        current = use;
        tried.add(use.account().id());
        attempts++;
        client
            .connect(options(use.account()))
            .onComplete(
                resources.guarded(socket -> opened(use, socket)),
                resources.guarded(cause -> failed(use, error(use.account(), cause))));
      }
      case Choice.None none -> {
        over = true;
        listener.failed(lastError.orElseGet(() -> new UpstreamError.NoAccount(none.retryAfter())));
      }
    }
  }

  private WebSocketConnectOptions options(ProviderAccount account) {
    BaseUrl base = account.baseUrl();
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost(base.host())
            .setPort(base.port())
            .setSsl(base.tls())
            .setURI(
                base.path() + protocol.upstreamPath(modelAt(account, query.model(), askedModel)))
            .setTimeout(Math.min(loop.config().headMs(), loop.config().connectionMs()))
            .setConnectTimeout(loop.config().connectionMs())
            // an origin is a browser's: there is none
            .setAllowOriginHeader(false);
    options.putHeader("user-agent", "Tollgate");
    upstream()
        .accountHeaders(account.key())
        .forEach(header -> options.putHeader(header.name(), header.value()));
    account.settings().headers().forEach(each -> options.putHeader(each.name(), each.value()));
    headers.forEach(header -> options.putHeader(header.name(), header.value()));
    options.putHeader(HeaderNames.X_REQUEST_ID, resources.id().toString());
    if (account.sandbox()) {
      steering.ifPresent(text -> options.putHeader(HeaderNames.X_SANDBOX, text));
    }
    account
        .settings()
        .proxy()
        .ifPresent(
            (OutboundProxy proxy) ->
                options.setProxyOptions(
                    UpstreamProxies.options(
                        proxy.kind().scheme(),
                        proxy.host(),
                        proxy.port(),
                        proxy.user(),
                        proxy.password())));
    return options;
  }

  private void opened(AccountUse use, WebSocket socket) {
    socket.pause();
    if (over) {
      var unused = socket.close();
      return;
    }
    over = true;
    current = null;
    loop.metrics().attempt(AttemptResult.ANSWERED);
    use.answered();
    listener.connected(socket, use, attempts);
  }

  private void failed(AccountUse use, UpstreamError error) {
    if (over) {
      return;
    }
    lastError = Optional.of(error);
    loop.metrics().attempt(AttemptResult.of(error));
    current = null;
    Optional<AccountFailure> blame = error.blame();
    blame.filter(_ -> !steered(use, steering)).ifPresentOrElse(use::failed, use::released);
    if (blame.isPresent() && hasAnotherKey(use, blame.get())) {
      tried.remove(use.account().id());
    }
    if (blame.isPresent() && attempts < loop.config().attemptsMax()) {
      next();
    } else {
      over = true;
      listener.failed(error);
    }
  }

  private UpstreamError error(ProviderAccount account, Throwable cause) {
    if (cause instanceof UpgradeRejectedException rejected) {
      int status = rejected.getStatus();
      byte[] body = rejected.getBody() == null ? new byte[0] : rejected.getBody().getBytes();
      Optional<Duration> retryAfter =
          rejected.getHeaders() == null
              ? Optional.empty()
              : RetryAfter.read(
                      rejected.getHeaders().get(RetryAfter.HEADER),
                      rejected.getHeaders().get(RetryAfter.HEADER_MS),
                      loop.now())
                  .or(
                      () ->
                          status == TOO_MANY
                              ? LimitResets.read(rejected.getHeaders(), body, loop.now())
                              : Optional.empty());
      return new UpstreamError.Answered(
          status, body, upstream(), loop.calls().traces(account), retryAfter);
    }
    return isTimeout(cause) ? new UpstreamError.TooSlow() : new UpstreamError.Unreachable();
  }

  private static boolean isTimeout(Throwable cause) {
    return cause instanceof TimeoutException
        || cause.getClass().getSimpleName().contains("Timeout");
  }

  private UpstreamProtocol upstream() {
    return loop.protocols().upstream(protocol.protocol());
  }

  /** Whether only a key of the account is to blame, so that another of them is worth a call. */
  private boolean hasAnotherKey(AccountUse use, AccountFailure blame) {
    return switch (blame) {
      case AccountFailure.RateLimited _, AccountFailure.Banned _ ->
          ++keysTried < use.account().settings().keys().size();
      case AccountFailure.Unreachable _, AccountFailure.Failed _ -> false;
    };
  }
}
