package io.tollgate.sandbox.internal.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.fault.CallFacts;
import io.tollgate.sandbox.internal.trading.fault.Fault;
import io.tollgate.sandbox.internal.venue.Keyed;
import io.tollgate.sandbox.internal.venue.Listed;
import io.tollgate.sandbox.internal.venue.Refused;
import io.tollgate.sandbox.internal.venue.Refused.Reason;
import io.tollgate.sandbox.internal.venue.VenueAccount;
import io.tollgate.sandbox.internal.venue.VenueBook;
import io.tollgate.sandbox.internal.venue.VenueCall;
import io.tollgate.sandbox.internal.venue.VenueProtocol;
import io.tollgate.sandbox.internal.venue.VenueReply;
import io.tollgate.sandbox.internal.venue.VenueSpeech;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Gate v4: signatures over the bytes received, {@code x-gate-exptime}, and labels.
 *
 * @see <a href="https://www.gate.com/docs/developers/apiv4/en/">API reference</a>
 */
public final class GateProtocol implements VenueProtocol {
  private static final long TOLERANCE = 60;
  private static final String SPOT = "/api/v4/spot";
  private static final String FUTURES = "/api/v4/futures/usdt";

  private final VenueBook book =
      new VenueBook(
          List.of(
              pair("BTC", "0.1", "0.000001"),
              pair("ETH", "0.01", "0.0001"),
              contract("BTC", "0.0001", "0.1"),
              contract("ETH", "0.01", "0.01")),
          false);
  private final GatePublic open = new GatePublic(book);
  private final GateTrade trade = new GateTrade(book);
  private final GatePriceOrders priceOrders = new GatePriceOrders(book);
  private final GateAccounts accounts = new GateAccounts(book);
  private final GateSpeech speech = new GateSpeech(book);

  private static Listed pair(String base, String tick, String step) {
    return new Listed(
        base,
        false,
        BigDecimal.ONE,
        new BigDecimal(tick),
        new BigDecimal(step),
        new BigDecimal(step).multiply(BigDecimal.TEN));
  }

  private static Listed contract(String base, String size, String tick) {
    BigDecimal one = new BigDecimal(size);
    return new Listed(base, true, one, new BigDecimal(tick), one, one);
  }

  @Override
  public VenueBook book() {
    return book;
  }

  @Override
  public VenueSpeech speech() {
    return speech;
  }

  @Override
  public VenueReply handle(VenueCall call) {
    return open.handle(call)
        .map(answer -> new VenueReply(200, answer))
        .orElseGet(() -> own(signed(call), call));
  }

  private VenueReply own(VenueAccount account, VenueCall call) {
    boolean contract = call.path().startsWith(FUTURES);
    String place = contract ? FUTURES : SPOT;
    String rest =
        call.path().startsWith(place + "/") ? call.path().substring(place.length() + 1) : "";
    List<String> below = call.below(place + "/orders");
    if (below.size() == 1) {
      return new VenueReply(
          200,
          switch (call.method()) {
            case "GET" -> trade.one(account, call, contract, below.getFirst());
            case "DELETE" -> trade.cancel(account, call, contract, below.getFirst());
            default -> throw new Refused(Reason.NO_SUCH_CALL, "no such call");
          });
    }
    if (rest.startsWith("price_orders")) {
      return contract ? priceOrder(account, call) : refuseCall();
    }
    if (call.path().equals("/api/v4/wallet/fee")) {
      return new VenueReply(200, GateAccounts.fees(account));
    }
    return switch (call.method() + " " + rest) {
      case "POST orders" -> new VenueReply(201, trade.place(account, call, contract));
      case "GET orders" -> new VenueReply(200, trade.list(account, call, contract));
      case "GET my_trades", "GET my_trades_timerange" ->
          new VenueReply(200, trade.fills(account, call, contract));
      default -> new VenueReply(200, accounts.handle(account, call, contract, rest));
    };
  }

  private VenueReply priceOrder(VenueAccount account, VenueCall call) {
    List<String> below = call.below(FUTURES + "/price_orders");
    String what = call.method() + (below.size() == 1 ? " one" : " all");
    return switch (what) {
      case "POST all" -> new VenueReply(201, priceOrders.place(account, call));
      case "GET all" -> new VenueReply(200, priceOrders.list(account, call));
      case "GET one" -> new VenueReply(200, priceOrders.one(account, below.getFirst()));
      case "DELETE one" -> new VenueReply(200, priceOrders.cancel(account, below.getFirst()));
      default -> refuseCall();
    };
  }

  private static VenueReply refuseCall() {
    throw new Refused(Reason.NO_SUCH_CALL, "no such call");
  }

  private VenueAccount signed(VenueCall call) {
    VenueAccount account =
        book.account(call.header("key"))
            .orElseThrow(() -> new Refused(Reason.BAD_KEY, "Invalid key provided"));
    String timestamp = call.header("timestamp");
    String text =
        String.join(
            "\n", call.method(), call.path(), call.rawQuery(), sha512(call.body()), timestamp);
    String expected = HexFormat.of().formatHex(Keyed.hash("HmacSHA512", account.secret(), text));
    if (!Keyed.same(expected, call.header("sign"))) {
      throw new Refused(Reason.BAD_SIGNATURE, "Signature mismatch");
    }
    if (!timestamp.matches("\\d{1,12}")
        || Math.abs(Long.parseLong(timestamp) * 1000 - call.now()) > TOLERANCE * 1000) {
      throw new Refused(Reason.BAD_TIME, "Request expired");
    }
    String voidAfter = call.header("x-gate-exptime");
    if (voidAfter.matches("\\d{1,15}") && call.now() > Long.parseLong(voidAfter)) {
      throw new Refused(Reason.VOID, "Request expired");
    }
    return account;
  }

  private static String sha512(String body) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-512").digest(body.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-512 is not there", e);
    }
  }

  @Override
  public VenueReply refused(VenueCall call, Refused refused) {
    boolean contract = call.path().startsWith(FUTURES);
    String label =
        switch (refused.reason()) {
          case BAD_KEY -> "INVALID_KEY";
          case BAD_SIGNATURE -> "INVALID_SIGNATURE";
          case BAD_TIME, VOID -> "REQUEST_EXPIRED";
          case BAD_PARAMETER, DUPLICATE -> "INVALID_PARAM_VALUE";
          case NO_SYMBOL -> contract ? "CONTRACT_NOT_FOUND" : "INVALID_CURRENCY_PAIR";
          case BAD_PRECISION -> "INVALID_PRECISION";
          case TOO_SMALL -> "SIZE_TOO_SMALL";
          case NO_FUNDS -> contract ? "INSUFFICIENT_AVAILABLE" : "BALANCE_NOT_ENOUGH";
          case NOTHING_TO_REDUCE -> "POSITION_EMPTY";
          case NO_ORDER, ENDED -> "ORDER_NOT_FOUND";
          case NO_CHANGE -> "NO_CHANGE";
          case NO_SUCH_CALL -> "NOT_FOUND";
        };
    int status =
        switch (refused.reason()) {
          case BAD_KEY, BAD_SIGNATURE -> 401;
          case BAD_TIME, VOID -> 403;
          case NO_ORDER, ENDED, NO_SUCH_CALL -> 404;
          case BAD_PARAMETER,
              DUPLICATE,
              NO_SYMBOL,
              BAD_PRECISION,
              TOO_SMALL,
              NO_FUNDS,
              NOTHING_TO_REDUCE,
              NO_CHANGE ->
              400;
        };
    return failure(status, label, refused.sentence());
  }

  private static VenueReply failure(int status, String label, String message) {
    return new VenueReply(status, JsonBody.object().put("label", label).put("message", message));
  }

  /** The own id, without the prefix that it has here. */
  private static String ownId(String text) {
    return text.startsWith("t-") ? text.substring(2) : text;
  }

  @Override
  public CallFacts facts(VenueCall call) {
    String place = call.path().startsWith(FUTURES) ? FUTURES : SPOT;
    List<String> below = call.below(place + "/orders");
    String id = below.size() == 1 ? below.getFirst() : call.field("text").orElse("");
    return new CallFacts(
        call.method(),
        call.path(),
        call.field("contract").or(() -> call.field("currency_pair")).orElse(""),
        ownId(id),
        call.header("key"));
  }

  @Override
  public boolean places(VenueCall call) {
    return call.method().equals("POST") && call.path().endsWith("/orders");
  }

  @Override
  public VenueReply rejected(Fault fault) {
    return failure(400, fault.text("label", "BALANCE_NOT_ENOUGH"), "Rejected by the sandbox");
  }

  @Override
  public VenueReply tooMany() {
    return failure(429, "TOO_MANY_REQUESTS", "Request rate limit exceeded");
  }

  @Override
  public VenueReply failed(Fault fault) {
    JsonNode body =
        JsonBody.object().put("label", "INTERNAL").put("message", fault.text("msg", "Internal"));
    return new VenueReply((int) fault.number("status", 503, 500, 599), body);
  }
}
