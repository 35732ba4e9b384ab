package io.tollgate.sandbox.internal.trading.rest;

import io.tollgate.sandbox.internal.exchange.Replies;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.book.Order;
import io.tollgate.sandbox.internal.trading.book.PartialFill;
import io.tollgate.sandbox.internal.trading.book.Refusal;
import io.tollgate.sandbox.internal.trading.fault.Fault;
import io.tollgate.sandbox.internal.trading.fault.FaultAction;
import io.tollgate.sandbox.internal.trading.fault.Faults;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Runs calls, with what goes wrong before, while and after. Confined to the event loop. */
final class FaultyCalls {
  private static final String UNKNOWN =
      "Unknown error, please check your request or try again later.";
  private static final String UNAVAILABLE = "Service Unavailable.";
  private static final long USUAL_HOLD = 60_000;

  private final Vertx vertx;
  private final Floor floor;
  private final Faults faults;
  private final OrderPlacing placing;
  private final SocketDropping sockets;

  /** What a call does. */
  interface Run {
    Future<Answer> of(Call call);
  }

  /** Closes WebSockets of a key (of everybody where it is empty), and refuses new ones so long. */
  interface SocketDropping {
    void drop(String apiKey, long millis);
  }

  FaultyCalls(
      Vertx vertx, Floor floor, Faults faults, OrderPlacing placing, SocketDropping sockets) {
    this.vertx = vertx;
    this.floor = floor;
    this.faults = faults;
    this.placing = placing;
    this.sockets = sockets;
  }

  void run(HttpServerRequest request, Call call, Run run) {
    Optional<Fault> fault;
    try {
      fault = faults.hit(call.facts(), Optional.ofNullable(request.getHeader(Fault.HEADER)));
    } catch (Problem problem) {
      placing.rejected(call, -1100);
      send(request, Answer.error(400, -1100, problem.message()));
      return;
    }
    Consumer<Answer> answered = answer -> send(request, call, answer);
    if (fault.isEmpty()) {
      perform(call, run, answered);
    } else {
      run(request, call, run, fault.get(), answered);
    }
  }

  private void run(
      HttpServerRequest request, Call call, Run run, Fault fault, Consumer<Answer> answered) {
    switch (fault.action()) {
      case ACCEPT_THEN_TIMEOUT ->
          perform(
              call,
              run,
              unheard -> later(fault.millis("hold_ms", USUAL_HOLD), () -> drop(request)));
      case ACCEPT_THEN_DROP -> perform(call, run, unheard -> drop(request));
      case ACCEPT_THEN_5XX ->
          perform(call, run, unheard -> answered.accept(failure(fault, UNKNOWN)));
      case DROP_BEFORE -> {
        placing.lost(call);
        drop(request);
      }
      case FAIL_5XX_BEFORE -> {
        placing.lost(call);
        answered.accept(failure(fault, UNAVAILABLE));
      }
      case RATE_LIMIT, BAN -> refuse(call, fault, answered);
      case REJECT -> {
        int code = (int) fault.number("code", -2010, -99_999, 0);
        placing.rejected(call, code);
        answered.accept(
            Answer.error(statusOf(code), code, fault.text("msg", "Rejected by the sandbox.")));
      }
      case DELAY -> delay(call, run, fault, answered);
      case CLOCK_SKEW, PARTIAL, STALE_QUERY, LATE_FILL -> {
        call.twist(twists(fault));
        perform(call, run, answered);
      }
      case DROP_WS -> {
        sockets.drop(call.apiKey(), fault.millis("ms", 0));
        perform(call, run, answered);
      }
    }
  }

  /** The status that the exchange has for an error. */
  private static int statusOf(int code) {
    return switch (code) {
      case -2014, -2015 -> 401;
      case -1003, -1015 -> 429;
      default -> 400;
    };
  }

  private void delay(Call call, Run run, Fault fault, Consumer<Answer> answered) {
    long millis = fault.millis("ms", 1_000);
    if (fault.text("when", "before").equals("after")) {
      perform(call, run, answer -> later(millis, () -> answered.accept(answer)));
    } else {
      later(millis, () -> perform(call, run, answered));
    }
  }

  private void refuse(Call call, Fault fault, Consumer<Answer> answered) {
    placing.rejected(call, -1003);
    long seconds = fault.number("retry_after", 1, 0, 86_400);
    call.headers().put("Retry-After", Long.toString(seconds));
    boolean ban = fault.action() == FaultAction.BAN;
    answered.accept(
        Answer.error(
            ban ? 418 : 429,
            -1003,
            ban
                ? "Way too many requests; IP banned until "
                    + (floor.clock().realMillis() + seconds * 1000)
                    + "."
                : "Too many requests."));
  }

  private static Answer failure(Fault fault, String usual) {
    String message = fault.text("msg", usual);
    int code = message.startsWith("Unknown") ? -1000 : 0;
    return Answer.error(
        (int) fault.number("status", 503, 500, 599),
        (int) fault.number("code", code, -99_999, 0),
        message);
  }

  private Call.Twists twists(Fault fault) {
    UnaryOperator<Order.Steering> steering = UnaryOperator.identity();
    PartialFill partial = PartialFill.NONE;
    long skew = 0;
    boolean late = false;
    switch (fault.action()) {
      case CLOCK_SKEW -> skew = fault.millis("ms", 0);
      case STALE_QUERY -> {
        long until = floor.clock().realMillis() + fault.millis("ms", 1_000);
        steering = before -> before.hidden(until);
      }
      case LATE_FILL -> {
        late = true;
        steering = Order.Steering::late;
      }
      case PARTIAL -> {
        String then = fault.text("then", "rest");
        if (then.equals("fill_after_ms") || fault.parameters().containsKey("fill_after_ms")) {
          long at =
              floor.clock().realMillis()
                  + Math.max(1, fault.millis("fill_after_ms", fault.millis("ms", 100)));
          steering = before -> before.restFills(at);
        }
        partial =
            new PartialFill(
                fault.fraction(),
                then.equals("cancel") ? PartialFill.Then.CANCEL : PartialFill.Then.REST);
      }
      case ACCEPT_THEN_TIMEOUT,
          ACCEPT_THEN_5XX,
          ACCEPT_THEN_DROP,
          DROP_BEFORE,
          FAIL_5XX_BEFORE,
          DELAY,
          RATE_LIMIT,
          BAN,
          REJECT,
          DROP_WS -> {}
    }
    return new Call.Twists(skew, partial, steering, late);
  }

  private void perform(Call call, Run run, Consumer<Answer> answered) {
    Future<Answer> answer;
    try {
      answer = run.of(call);
    } catch (RuntimeException e) {
      answered.accept(failed(call, e));
      return;
    }
    answer.onComplete(answered::accept, failure -> answered.accept(failed(call, failure)));
  }

  private Answer failed(Call call, Throwable failure) {
    return switch (failure) {
      case Refusal refused -> {
        placing.rejected(call, refused.code());
        yield Answer.of(refused);
      }
      case RateLimits.Limited limited -> {
        placing.rejected(call, limited.refusal().code());
        call.headers().put("Retry-After", Long.toString(limited.retryAfterSeconds()));
        yield Answer.of(limited.refusal());
      }
      default -> Answer.error(500, -1000, "The sandbox failed: " + failure);
    };
  }

  private void later(long millis, Runnable step) {
    long unused = vertx.setTimer(Math.max(1, millis), fired -> step.run());
  }

  private static void drop(HttpServerRequest request) {
    var unused = request.connection().close();
  }

  private static void send(HttpServerRequest request, Call call, Answer answer) {
    HttpServerResponse response = request.response();
    if (!response.closed() && !response.ended()) {
      call.headers().forEach(response::putHeader);
    }
    send(request, answer);
  }

  static void send(HttpServerRequest request, Answer answer) {
    Replies.json(request, answer.status(), answer.body());
  }
}
