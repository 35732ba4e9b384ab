package io.tollgate.web.internal;

import io.tollgate.ground.Refusal;
import io.tollgate.telemetry.FinishedSpan;
import io.tollgate.telemetry.RequestTrace;
import io.tollgate.web.AccessLog;
import io.tollgate.web.AnswerSender;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.RequestContext;
import io.tollgate.web.Response;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer, from the headers to the last byte: counted, timed and written to the
 * access log where it is to be. The query is never logged, as it may hold a key. Confined to one
 * event loop.
 */
final class RequestExchange {
  /** Status that is counted for a caller who went away before an answer began. */
  static final int CALLER_GONE = 499;

  private static final Logger ACCESS = LoggerFactory.getLogger("io.tollgate.web.access");

  /** What the edge says with every answer, that one included which no route gives. */
  private static final List<String> KEPT =
      List.of("X-Request-Id", "X-Client-Request-Id", "Access-Control-Allow-Origin", "Vary");

  private static final int LONGEST_PATH = 256;

  private final HttpMeters meters;
  private final RequestContext context;
  private final HttpServerRequest request;
  private final String method;
  private final String path;
  private final ErrorForm errors;
  private final AccessLog log;
  private final boolean forBrowser;

  RequestExchange(
      HttpMeters meters,
      RequestContext context,
      HttpServerRequest request,
      String path,
      ErrorForm errors,
      AccessLog log,
      boolean forBrowser) {
    this.meters = meters;
    this.context = context;
    this.request = request;
    this.method = request.method().name();
    this.path = path;
    this.errors = errors;
    this.log = log;
    this.forBrowser = forBrowser;
    meters.began();
    ServedRequests.begin(this);
  }

  /** Ends the exchange of a request, however far it had come, because something was thrown. */
  static void failed(HttpServerRequest request, Throwable failure) {
    RequestExchange exchange = ConnectionGuard.of(request).current().exchange();
    if (exchange == null || exchange.request != request) {
      AnswerSender.log(failure);
      Future<Void> unused = request.connection().close();
    } else {
      exchange.failed(failure);
    }
  }

  /**
   * Ends the exchange because something was thrown while it was served: with an error in the
   * interface's form where nothing was answered yet, else by closing the connection.
   */
  void failed(Throwable failure) {
    try {
      AnswerSender.refuse(context, request, errors, failure);
    } catch (RuntimeException | Error e) {
      AnswerSender.log(e);
      Future<Void> unused = request.connection().close();
    }
  }

  /** Whether scripts of another web page may read the answer. */
  boolean isForBrowser() {
    return forBrowser;
  }

  /** The caller's address, as far as it is known. */
  String remoteAddress() {
    return context.remoteAddress();
  }

  /** The answer to a request whose body turned out not to be one. */
  Response refusal(Refusal refusal) {
    String id = context.requestId().toString();
    Response response = errors.render(refusal, id, AnswerSender.acceptLanguage(request));
    for (String name : KEPT) {
      String value = request.response().headers().get(name);
      if (value != null) {
        response = response.withHeader(name, value);
      }
    }
    if (forBrowser) {
      response = response.withHeader("Access-Control-Expose-Headers", BrowserAccess.EXPOSED);
    }
    return response;
  }

  /**
   * @param status as answered, or {@link #CALLER_GONE}
   * @param bytes of the body that were written
   * @param whole whether the answer was written to its end
   */
  void ended(int status, long bytes, boolean whole) {
    meters.ended();
    long nanos = System.nanoTime() - context.arrivedNanos();
    if (context.trace().isPresent() && context.trace().get().recorded()) {
      RequestTrace trace = context.trace().get();
      trace.timing(() -> meters.answered(method, context.route(), status, nanos));
      traced(trace, status, whole, nanos);
    } else {
      meters.answered(method, context.route(), status, nanos);
    }
    if (!log.shows(status, whole)) {
      return;
    }
    context
        .addTo(ACCESS.atInfo())
        .addKeyValue("client_request_id", context.clientRequestId().orElse(""))
        .addKeyValue("method", method)
        .addKeyValue("path", path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH))
        .addKeyValue("route", context.route())
        .addKeyValue("status", status)
        .addKeyValue("bytes", bytes)
        .addKeyValue("duration_us", nanos / 1000)
        .addKeyValue("whole", whole)
        .addKeyValue("remote", context.remoteAddress())
        .log("request answered");
  }

  private void traced(RequestTrace trace, int status, boolean whole, long nanos) {
    String known = HttpMeters.known(method);
    FinishedSpan span =
        trace
            .whole(known + " " + context.route())
            .with("http.request.method", known)
            .with("http.route", context.route())
            .with("http.response.status_code", status)
            .with("tollgate.request_id", context.requestId().toString());
    if (status >= 500) {
      span.failed(Integer.toString(status));
    } else if (!whole) {
      span.failed("cut_off");
    }
    span.end(context.arrivedNanos() + nanos);
  }
}
