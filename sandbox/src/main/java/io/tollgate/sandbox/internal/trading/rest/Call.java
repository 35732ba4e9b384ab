package io.tollgate.sandbox.internal.trading.rest;

import io.tollgate.sandbox.internal.trading.book.Order;
import io.tollgate.sandbox.internal.trading.book.PartialFill;
import io.tollgate.sandbox.internal.trading.book.Refusal;
import io.tollgate.sandbox.internal.trading.book.TradingAccount;
import io.tollgate.sandbox.internal.trading.fault.CallFacts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A request with its whole body, and what faults do to it. Confined to the event loop. */
public final class Call {
  private final String method;
  private final String path;
  private final String query;
  private final String body;
  private final String apiKey;
  private final String address;
  private final Params params;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private Optional<TradingAccount> account = Optional.empty();
  private Twists twists = Twists.NONE;
  private boolean noted;

  /**
   * What faults change of a call.
   *
   * @param skewMillis how far the server's time is moved
   * @param steering how an order that it places is steered
   * @param late whether orders that it cancels are filled
   */
  public record Twists(
      long skewMillis, PartialFill partial, UnaryOperator<Order.Steering> steering, boolean late) {
    public static final Twists NONE =
        new Twists(0, PartialFill.NONE, UnaryOperator.identity(), false);
  }

  Call(
      String method,
      String path,
      String query,
      String body,
      String apiKey,
      String address,
      Params params) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.body = body;
    this.apiKey = apiKey;
    this.address = address;
    this.params = params;
  }

  public String method() {
    return method;
  }

  public String path() {
    return path;
  }

  /** The query as it was sent, without its question mark. */
  String query() {
    return query;
  }

  /** The body as it was sent. */
  String body() {
    return body;
  }

  /** Empty where none was sent. */
  public String apiKey() {
    return apiKey;
  }

  String address() {
    return address;
  }

  public Params params() {
    return params;
  }

  /** Who asks, once they have shown who they are. */
  public TradingAccount account() {
    return account.orElseThrow(() -> new Refusal(401, -2014, "API-key format invalid."));
  }

  void account(TradingAccount to) {
    account = Optional.of(to);
  }

  public Twists twists() {
    return twists;
  }

  public void twist(Twists to) {
    twists = to;
  }

  /** The own id that an order is placed with, empty where there is none. */
  public String clientOrderId() {
    String id = params.text("newClientOrderId").or(() -> params.text("clientAlgoId")).orElse("");
    return id.substring(0, Math.min(id.length(), 64));
  }

  /** What rules of faults look at. */
  CallFacts facts() {
    String own = clientOrderId();
    return new CallFacts(
        method,
        path,
        params.text("symbol").orElse(""),
        own.isEmpty() ? params.text("origClientOrderId").orElse("") : own,
        apiKey);
  }

  public boolean placesOrder() {
    return method.equals("POST")
        && (path.equals("/api/v3/order")
            || path.equals("/fapi/v1/order")
            || path.equals("/fapi/v1/algoOrder"));
  }

  boolean futures() {
    return !path.startsWith("/api/") && !path.startsWith("/sapi/");
  }

  /** Headers of its answer. */
  Map<String, String> headers() {
    return headers;
  }

  /** Whether its line is in the journal: it was accepted. */
  boolean noted() {
    return noted;
  }

  void note() {
    noted = true;
  }
}
