package io.tollgate.sandbox.script.internal;

import io.tollgate.sandbox.script.Octets;
import io.tollgate.sandbox.script.ReceivedRequest;
import io.tollgate.sandbox.script.Script;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Answers the requests of one connection, one after the other. For one thread. */
final class UpstreamConnection {
  private final long number;
  private final Wire wire;
  private final AtomicLong requestNumbers;
  private final ScriptRules rules;
  private final ReceivedRequests received;
  private final ControlRoutes control;
  private final Unscripted unscripted;

  UpstreamConnection(
      long number,
      Wire wire,
      AtomicLong requestNumbers,
      ScriptRules rules,
      ReceivedRequests received,
      ControlRoutes control,
      Unscripted unscripted) {
    this.number = number;
    this.wire = wire;
    this.requestNumbers = requestNumbers;
    this.rules = rules;
    this.received = received;
    this.control = control;
    this.unscripted = unscripted;
  }

  /** Runs until the connection ends. */
  void run() throws IOException {
    boolean open = true;
    while (open) {
      Optional<Wire.Head> head = wire.readHead();
      if (head.isEmpty()) {
        return;
      }
      open = answer(head.get());
    }
  }

  private boolean answer(Wire.Head head) throws IOException {
    if (ControlRoutes.serves(target(head))) {
      control.answer(request(0, head, wire.readBody(head))).writeTo(wire.out());
      return true;
    }
    ReceivedRequest begun = request(requestNumbers.incrementAndGet(), head, Octets.NONE);
    Optional<Script> early = rules.takeBeforeBody(begun);
    if (early.isPresent()) {
      received.add(begun);
      return play(early.get());
    }
    ReceivedRequest request = request(begun.number(), head, wire.readBody(head));
    received.add(request);
    Optional<Script> script = rules.take(request);
    return script.isPresent() ? play(script.get()) : unscripted.answer(head, request, wire.out());
  }

  private boolean play(Script script) throws IOException {
    return new ScriptRun(wire, this::noteNext).play(script);
  }

  private boolean noteNext() throws IOException {
    Optional<Wire.Head> head = wire.readHead();
    if (head.isEmpty()) {
      return false;
    }
    received.add(request(requestNumbers.incrementAndGet(), head.get(), wire.readBody(head.get())));
    return true;
  }

  private ReceivedRequest request(long requestNumber, Wire.Head head, Octets body) {
    return new ReceivedRequest(
        requestNumber, number, head.line().split(" ", 2)[0], target(head), head.headers(), body);
  }

  private static String target(Wire.Head head) {
    String[] words = head.line().split(" ", 3);
    return words.length > 1 ? words[1] : "";
  }
}
