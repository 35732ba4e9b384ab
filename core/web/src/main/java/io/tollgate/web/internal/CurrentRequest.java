package io.tollgate.web.internal;

import static java.util.Objects.requireNonNull;

import io.netty.handler.codec.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * The request that a connection is about to answer, if there is one: its exchange, what its body
 * takes of the memory, and how far its answer has come. Used for one request after the other;
 * confined to the connection's event loop.
 */
final class CurrentRequest {
  private final BodyBudget budget;
  private final CallerNetwork network;
  private final boolean proxied;
  private @Nullable RequestExchange exchange;
  private @Nullable HeldBytes held;
  private boolean answering;
  private int status;
  private long bytes;

  /**
   * @param network the other end's
   * @param proxied whether the other end is a trusted proxy, which has no share of its own
   */
  CurrentRequest(BodyBudget budget, CallerNetwork network, boolean proxied) {
    this.budget = requireNonNull(budget, "budget is null");
    this.network = requireNonNull(network, "network is null");
    this.proxied = proxied;
  }

  /** Another request comes next. */
  void begin(RequestExchange next) {
    exchange = next;
    status = 0;
    bytes = 0;
  }

  /** The request that is being answered; null between requests. */
  @Nullable RequestExchange exchange() {
    return exchange;
  }

  /** What its body takes of the memory. */
  HeldBytes held() {
    HeldBytes current = held;
    if (current == null) {
      current = new HeldBytes(budget, caller());
      held = current;
    }
    return current;
  }

  /** The same; from now on its receiver gives it back. */
  HeldBytes giveAwayHeld() {
    HeldBytes given = held();
    held = null;
    return given;
  }

  boolean isAnswering() {
    return answering;
  }

  /** The head of its answer is written. */
  void answerBegins(HttpResponse response) {
    status = response.status().code();
    answering = true;
    RequestExchange answered = exchange;
    if (answered != null && answered.isForBrowser()) {
      BrowserAccess.expose(response.headers());
    }
  }

  /** More of its answer is written. */
  void answerGoesOn(int more) {
    if (answering) {
      bytes += more;
    }
  }

  /** It is answered outside of any route. */
  void answersWith(int refusalStatus) {
    status = refusalStatus;
  }

  /**
   * It is over, and gives its memory back.
   *
   * @param whole whether its whole answer was written
   */
  void end(boolean whole) {
    if (whole) {
      answering = false;
    }
    HeldBytes taken = held;
    if (taken != null) {
      held = null;
      taken.release();
    }
    RequestExchange ending = exchange;
    exchange = null;
    if (ending != null) {
      ending.ended(status == 0 ? RequestExchange.CALLER_GONE : status, bytes, whole);
    }
  }

  /** Whose share its body takes: behind a trusted proxy, that of whom the proxy names. */
  private CallerNetwork caller() {
    RequestExchange current = exchange;
    return proxied && current != null ? CallerNetwork.of(current.remoteAddress()) : network;
  }
}
