package io.tollgate.web.internal;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.telemetry.RequestTrace;
import io.tollgate.telemetry.Tracing;
import io.tollgate.web.AnswerSender;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.Request;
import io.tollgate.web.RequestBody;
import io.tollgate.web.RequestContext;
import io.tollgate.web.RequestIds;
import io.tollgate.web.Response;
import io.tollgate.web.TrustedProxies;
import io.tollgate.web.VirtualThreads;
import io.tollgate.web.WebConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.MDC;

/**
 * Takes each request of one server on one event loop to its route, and its answer or failure back.
 */
final class RequestDispatcher {
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");
  private static final CharSequence CLIENT_REQUEST_ID =
      HttpHeaders.createOptimized("X-Client-Request-Id");
  private static final CharSequence TRACEPARENT = HttpHeaders.createOptimized("traceparent");

  /** What is asked for every few seconds by whoever watches begins no trace. */
  private static final Set<String> WATCHED = Set.of("/health", "/health/ready", "/metrics");

  private final Vertx vertx;
  private final WebConfig config;
  private final RequestIds ids;
  private final Tracing tracing;
  private final RouteTree routes;
  private final HttpMeters meters;
  private final VirtualThreads threads;
  private final BrowserAccess browsers;

  RequestDispatcher(
      Vertx vertx,
      WebConfig config,
      RequestIds ids,
      Tracing tracing,
      RouteTree routes,
      HttpMeters meters,
      VirtualThreads threads) {
    this.vertx = vertx;
    this.config = config;
    this.ids = ids;
    this.tracing = tracing;
    this.routes = routes;
    this.meters = meters;
    this.threads = threads;
    this.browsers = new BrowserAccess(config.origins(), config.originsSeconds());
  }

  void handle(HttpServerRequest request) {
    RequestTarget target = RequestTarget.parse(request.uri());
    try {
      dispatch(request, target, request.method().name());
    } catch (RuntimeException | Error e) {
      RequestExchange.failed(request, e);
    }
  }

  private void dispatch(HttpServerRequest request, RequestTarget target, String method) {
    if (!browsers.isClosed()
        && BrowserAccess.isPreflight(request)
        && routes.isOpenToBrowsers(target.rawPath())) {
      preflight(request, target);
      return;
    }
    Optional<RouteTree.Match> match;
    try {
      match = routes.find(target.decodedSegments());
    } catch (Refusal refusal) {
      unmatched(request, target, refusal);
      return;
    }
    if (match.isEmpty()) {
      noPath(request, target, method);
      return;
    }
    Optional<DeclaredRoute> route = match.get().route(method);
    if (route.isEmpty()) {
      noMethod(request, target, method, match.get().allowed());
      return;
    }
    run(request, target, route.get(), match.get().parameters());
  }

  /** A request whose head is no HTTP, is not allowed, or is over a limit of the decoder. */
  void handleInvalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    // of what could not be decoded at all the decoder makes up a target that no interface has
    RequestTarget target = RequestTarget.parse(request.uri());
    RequestContext context = begin(request, target, HttpMeters.UNMATCHED, Map.of());
    ConnectionGuard.of(request).closeAfterAnswer();
    request.response().putHeader("Connection", "close");
    ErrorForm errors = routes.fallbackFor(target.rawPath());
    if (cause instanceof TooLongHttpLineException) {
      Refusal refusal =
          new Refusal(
              ErrorCode.INVALID_REQUEST,
              "the request line is too long (limit: " + config.head().lineBytes() + " bytes)");
      Response response =
          errors.render(
              refusal, context.requestId().toString(), AnswerSender.acceptLanguage(request));
      AnswerSender.send(request, response.withStatus(414));
    } else {
      AnswerSender.refuse(context, request, errors, refusal(cause));
    }
  }

  private Refusal refusal(Throwable cause) {
    return switch (cause) {
      case BadHeadException bad -> bad.refusal();
      case TooLongHttpHeaderException _ ->
          new Refusal(
              ErrorCode.HEADERS_TOO_LARGE,
              "the headers are too large (limit: " + config.head().headerBytes() + " bytes)");
      default ->
          new Refusal(ErrorCode.INVALID_REQUEST, "the request is malformed (expected: HTTP/1.1)");
    };
  }

  private void run(
      HttpServerRequest request,
      RequestTarget target,
      DeclaredRoute route,
      Map<String, String> parameters) {
    RequestContext context = begin(request, target, route.pattern(), parameters, route.errors());
    switch (route) {
      case DeclaredRoute.Stream stream -> {
        // no route has to expect an escape that is none
        PercentCode.check(target.rawQuery());
        stream.body().handle(context, request);
      }
      case DeclaredRoute.Blocking blocking -> block(context, request, target, blocking);
    }
  }

  private void block(
      RequestContext context,
      HttpServerRequest request,
      RequestTarget target,
      DeclaredRoute.Blocking route) {
    QueryParameters query = QueryParameters.parse(target.rawQuery());
    String path = PercentCode.decode(target.rawPath(), false);
    String method = request.method().name();
    String uri = request.uri();
    RequestBody.read(
            vertx, request, route.bodyLimit(), config.bodies().deadline(), route.confidential())
        .compose(
            body -> {
              Request whole =
                  new WholeRequest(context, method, path, uri, request.headers(), query, body);
              HeldBytes held = HeldBytes.takeOver(request);
              return threads
                  .run(vertx, () -> onThread(route, whole))
                  .onComplete(
                      unused -> {
                        held.release();
                        if (route.confidential()) {
                          Arrays.fill(body, (byte) 0);
                        }
                      });
            })
        .onComplete(
            outcome -> {
              try {
                if (outcome.succeeded()) {
                  answer(request, outcome.result());
                } else if (!(outcome.cause() instanceof HttpClosedException)) {
                  RequestExchange.failed(request, outcome.cause());
                }
              } catch (RuntimeException | Error e) {
                RequestExchange.failed(request, e);
              }
            });
  }

  private void answer(HttpServerRequest request, Response response) {
    Optional<Future<Void>> sending =
        request.method() == HttpMethod.HEAD ? Optional.empty() : sending(request, response);
    if (sending.isEmpty()) {
      AnswerSender.send(request, response);
      return;
    }
    sending
        .get()
        .onFailure(
            failure -> {
              if (!request.response().closed()) {
                RequestExchange.failed(request, failure);
              }
            });
  }

  /** Begins what is sent piece by piece. */
  private Optional<Future<Void>> sending(HttpServerRequest request, Response response) {
    if (response.events().isEmpty() && response.stream().isEmpty()) {
      return Optional.empty();
    }
    HttpServerResponse out = request.response();
    response.headers().forEach(out::putHeader);
    return response
        .events()
        .map(events -> EventSending.send(vertx, threads, out, events))
        .or(() -> response.stream().map(body -> BodyStream.send(vertx, threads, out, body)));
  }

  private static Response onThread(DeclaredRoute.Blocking route, Request request) throws Exception {
    Optional<RequestTrace> trace = request.context().trace();
    MDC.put("request_id", request.context().requestId().toString());
    trace.ifPresent(place -> MDC.put("trace_id", place.traceId()));
    trace.ifPresent(place -> MDC.put("span_id", place.spanId()));
    try {
      return route.body().handle(request);
    } finally {
      MDC.clear();
    }
  }

  /** A browser asks for a page, without a key: whether the path exists, its request will tell. */
  private void preflight(HttpServerRequest request, RequestTarget target) {
    begin(request, target, HttpMeters.UNMATCHED, Map.of());
    boolean allowed =
        request.response().headers().contains(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
    AnswerSender.send(request, allowed ? browsers.preflight(request) : Response.empty(204));
  }

  private void noPath(HttpServerRequest request, RequestTarget target, String method) {
    if (target.rawPath().equals("*") && method.equals("OPTIONS")) {
      begin(request, target, HttpMeters.UNMATCHED, Map.of());
      AnswerSender.send(
          request,
          Response.empty(204).withHeader("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"));
      return;
    }
    unmatched(
        request,
        target,
        new Refusal(ErrorCode.NOT_FOUND, "no such path: " + method + " " + shown(target)));
  }

  private void noMethod(
      HttpServerRequest request, RequestTarget target, String method, String allowed) {
    RequestContext context = begin(request, target, HttpMeters.UNMATCHED, Map.of());
    if (method.equals("OPTIONS")) {
      AnswerSender.send(request, Response.empty(204).withHeader("Allow", allowed));
      return;
    }
    request.response().putHeader("Allow", allowed);
    AnswerSender.refuse(
        context,
        request,
        routes.fallbackFor(target.rawPath()),
        new Refusal(
            ErrorCode.METHOD_NOT_ALLOWED,
            "method: " + method + " (expected: " + allowed + " on " + shown(target) + ")"));
  }

  /** What a proxy passes on over TLS may have come to it without. */
  private boolean isOverTls(HttpServerRequest request, String peer) {
    return request.isSSL() && !config.proxies().includes(peer);
  }

  private void unmatched(HttpServerRequest request, RequestTarget target, Refusal refusal) {
    RequestContext context = begin(request, target, HttpMeters.UNMATCHED, Map.of());
    AnswerSender.refuse(context, request, routes.fallbackFor(target.rawPath()), refusal);
  }

  private RequestContext begin(
      HttpServerRequest request,
      RequestTarget target,
      String route,
      Map<String, String> parameters) {
    return begin(request, target, route, parameters, routes.fallbackFor(target.rawPath()));
  }

  private RequestContext begin(
      HttpServerRequest request,
      RequestTarget target,
      String route,
      Map<String, String> parameters,
      ErrorForm errors) {
    Optional<String> own = RequestIds.ofCaller(request.getHeader(CLIENT_REQUEST_ID));
    if (own.isEmpty()) {
      own = RequestIds.ofCaller(request.getHeader(REQUEST_ID));
    }
    ConnectionGuard guard = ConnectionGuard.of(request);
    String peer = guard.remoteAddress(request);
    String caller = caller(peer, request);
    ChargeId id = ids.create();
    Instant arrivedAt = ids.clock().instant();
    long arrivedNanos = System.nanoTime();
    RequestContext context =
        new RequestContext(
            id,
            own,
            arrivedAt,
            arrivedNanos,
            route,
            parameters,
            caller,
            isOverTls(request, peer)
                || CallerShelter.has(config.proxies(), peer, caller, request.headers()),
            trace(request, route, id, arrivedAt, arrivedNanos));
    request.response().putHeader(REQUEST_ID, context.requestId().toString());
    own.ifPresent(named -> request.response().putHeader(CLIENT_REQUEST_ID, named));
    boolean forBrowser =
        !browsers.isClosed()
            && routes.isOpenToBrowsers(target.rawPath())
            && browsers.grant(request);
    guard
        .current()
        .begin(
            new RequestExchange(
                meters,
                context,
                request,
                target.rawPath(),
                errors,
                config.accessLog(),
                forBrowser));
    return context;
  }

  private Optional<RequestTrace> trace(
      HttpServerRequest request, String route, ChargeId id, Instant arrivedAt, long arrivedNanos) {
    String traceparent = request.getHeader(TRACEPARENT);
    if (traceparent == null && WATCHED.contains(route)) {
      return Optional.empty();
    }
    if (traceparent != null && request.headers().getAll(TRACEPARENT).size() > 1) {
      // which of them is meant nobody knows
      traceparent = null;
    }
    return tracing.begin(id.value(), arrivedAt, arrivedNanos, traceparent);
  }

  private String caller(String peer, HttpServerRequest request) {
    TrustedProxies proxies = config.proxies();
    return proxies.isEmpty()
        ? peer
        : proxies.callerOf(peer, request.headers().getAll(proxies.header().headerName()));
  }

  private static String shown(RequestTarget target) {
    String path = target.rawPath();
    return path.length() <= 200 ? path : path.substring(0, 200) + "…";
  }
}
