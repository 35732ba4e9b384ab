package io.tollgate.sandbox.internal.venue;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.trading.fault.CallFacts;
import io.tollgate.sandbox.internal.trading.fault.Fault;
import io.tollgate.sandbox.internal.trading.fault.FaultAction;
import io.tollgate.sandbox.internal.trading.fault.Faults;
import io.tollgate.sandbox.internal.trading.record.Attempt;
import io.tollgate.sandbox.internal.trading.record.Witness;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Serves a protocol, with what goes wrong before, while and after. Confined to the event loop. */
public final class VenueServer {
  private static final int MOST_BODY = 256 * 1024;
  private static final int WITNESSED = 1_000_000;
  private static final long USUAL_HOLD = 60_000;

  private final Vertx vertx;
  private final VenueProtocol protocol;
  private final InstantSource clock;
  private final Faults faults = new Faults();
  private final Witness witness = new Witness(WITNESSED);
  private final VenueSockets sockets;
  private final VenueSteering steering;
  private final HttpServer server;

  public VenueServer(Vertx vertx, VenueProtocol protocol, InstantSource clock) {
    this.vertx = vertx;
    this.protocol = protocol;
    this.clock = clock;
    this.sockets = new VenueSockets(vertx, protocol.speech(), clock);
    this.steering = new VenueSteering(protocol.book(), faults, witness, sockets, clock);
    protocol.book().listen(sockets);
    this.server =
        vertx
            .createHttpServer(new HttpServerOptions().setMaxHeaderSize(32 * 1024))
            .requestHandler(this::receive);
  }

  /** Starts to listen on this machine; the result is the port. */
  public Future<Integer> listen(int port) {
    return server.listen(port, "127.0.0.1").map(HttpServer::actualPort);
  }

  private void receive(HttpServerRequest request) {
    if (sockets.wants(request, path(request))) {
      sockets.open(request, path(request));
      return;
    }
    Buffer body = Buffer.buffer();
    request.handler(
        part -> {
          body.appendBuffer(part);
          if (body.length() > MOST_BODY) {
            request.connection().close();
          }
        });
    request.endHandler(_ -> route(request, body.toString()));
  }

  private void route(HttpServerRequest request, String body) {
    try {
      JsonNode json = body.isEmpty() ? JsonBody.object() : container(body);
      if (path(request).startsWith(VenueSteering.PATH)) {
        answer(request, steering.handle(request, path(request), json));
      } else {
        serve(request, body, json);
      }
    } catch (Problem problem) {
      answer(request, new VenueReply(400, JsonBody.object().put("message", problem.message())));
    }
  }

  private static JsonNode container(String body) {
    return body.startsWith("[")
        ? JsonBody.object(Buffer.buffer("{\"list\":" + body + "}").getBytes()).path("list")
        : JsonBody.object(Buffer.buffer(body).getBytes());
  }

  private void serve(HttpServerRequest request, String body, JsonNode json) {
    VenueCall call = call(request, body, json, Optional.empty());
    Optional<Fault> hit =
        faults.hit(protocol.facts(call), Optional.ofNullable(request.getHeader(Fault.HEADER)));
    Consumer<VenueReply> send = reply -> answer(request, reply);
    if (hit.isEmpty()) {
      send.accept(perform(call));
      return;
    }
    Fault fault = hit.get();
    switch (fault.action()) {
      case ACCEPT_THEN_TIMEOUT -> {
        perform(call);
        later(fault.millis("hold_ms", USUAL_HOLD), () -> drop(request));
      }
      case ACCEPT_THEN_DROP -> {
        perform(call);
        drop(request);
      }
      case ACCEPT_THEN_5XX -> {
        perform(call);
        send.accept(protocol.failed(fault));
      }
      case DROP_BEFORE -> {
        witnessed(call, Attempt.Outcome.LOST, OptionalLong.empty());
        drop(request);
      }
      case FAIL_5XX_BEFORE -> {
        witnessed(call, Attempt.Outcome.LOST, OptionalLong.empty());
        send.accept(protocol.failed(fault));
      }
      case RATE_LIMIT, BAN -> {
        witnessed(call, Attempt.Outcome.REJECTED, OptionalLong.empty());
        request
            .response()
            .putHeader("Retry-After", Long.toString(fault.number("retry_after", 1, 0, 86_400)));
        send.accept(protocol.tooMany());
      }
      case REJECT -> {
        witnessed(call, Attempt.Outcome.REJECTED, OptionalLong.empty());
        send.accept(protocol.rejected(fault));
      }
      case DELAY -> {
        long millis = fault.millis("ms", 1_000);
        if (fault.text("when", "before").equals("after")) {
          VenueReply reply = perform(call);
          later(millis, () -> send.accept(reply));
        } else {
          later(millis, () -> send.accept(perform(call(request, body, json, Optional.empty()))));
        }
      }
      case CLOCK_SKEW, PARTIAL, STALE_QUERY, LATE_FILL ->
          send.accept(perform(call(request, body, json, hit)));
      case DROP_WS -> {
        sockets.drop(protocol.facts(call).apiKey(), fault.millis("ms", 0));
        send.accept(perform(call));
      }
    }
  }

  private VenueReply perform(VenueCall call) {
    try {
      VenueReply reply = protocol.handle(call);
      if (protocol.places(call)) {
        witnessed(call, Attempt.Outcome.ACCEPTED, placed(call));
      }
      return reply;
    } catch (Refused refused) {
      witnessed(call, Attempt.Outcome.REJECTED, OptionalLong.empty());
      return protocol.refused(call, refused);
    }
  }

  private OptionalLong placed(VenueCall call) {
    CallFacts facts = protocol.facts(call);
    return protocol
        .book()
        .account(facts.apiKey())
        .flatMap(account -> protocol.book().byOwnId(account, facts.ownId(), Long.MAX_VALUE))
        .map(order -> OptionalLong.of(order.id()))
        .orElseGet(OptionalLong::empty);
  }

  private void witnessed(VenueCall call, Attempt.Outcome outcome, OptionalLong order) {
    if (protocol.places(call)) {
      CallFacts facts = protocol.facts(call);
      witness.count(
          new Attempt(
              clock.millis(),
              facts.apiKey(),
              facts.ownId(),
              facts.symbol(),
              "",
              outcome,
              0,
              order));
    }
  }

  private VenueCall call(
      HttpServerRequest request, String body, JsonNode json, Optional<Fault> fault) {
    Map<String, String> headers = new HashMap<>();
    for (Map.Entry<String, String> header : request.headers()) {
      if (headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()) != null) {
        throw twice(header.getKey());
      }
    }
    Map<String, String> query = new HashMap<>();
    for (Map.Entry<String, String> one : request.params()) {
      if (query.put(one.getKey(), one.getValue()) != null) {
        throw twice(one.getKey());
      }
    }
    return new VenueCall(
        request.method().name(),
        path(request),
        request.uri(),
        query,
        headers,
        body,
        json,
        clock.millis() + of(fault, FaultAction.CLOCK_SKEW).map(f -> f.millis("ms", 0)).orElse(0L),
        new VenueBook.Twist(
            of(fault, FaultAction.STALE_QUERY).map(f -> f.millis("ms", 1_000)).orElse(0L),
            of(fault, FaultAction.PARTIAL).map(Fault::fraction).orElse(BigDecimal.ONE)),
        of(fault, FaultAction.LATE_FILL).isPresent());
  }

  /** What is there twice is refused: nobody knows which of them was signed or meant. */
  private static Problem twice(String name) {
    return Problem.invalid(name, name + ": twice (expected: once)");
  }

  private static String path(HttpServerRequest request) {
    return Optional.ofNullable(request.path()).orElse("/");
  }

  private static Optional<Fault> of(Optional<Fault> fault, FaultAction action) {
    return fault.filter(one -> one.action() == action);
  }

  private void later(long millis, Runnable work) {
    vertx.setTimer(Math.max(1, millis), _ -> work.run());
  }

  private static void drop(HttpServerRequest request) {
    request.connection().close();
  }

  private static void answer(HttpServerRequest request, VenueReply reply) {
    if (!request.response().closed()) {
      request
          .response()
          .setStatusCode(reply.status())
          .putHeader("Content-Type", "application/json")
          .end(reply.body().toString());
    }
  }
}
