package io.tollgate.sandbox.internal.okx;

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
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * OKX v5: signatures over the bytes received, {@code expTime}, and codes in documents.
 *
 * @see <a href="https://www.okx.com/docs-v5/en/">API guide</a>
 */
public final class OkxProtocol implements VenueProtocol {
  private static final long TOLERANCE = 30_000;
  private static final String PLACE = "POST /api/v5/trade/order";
  private static final String CANCEL = "POST /api/v5/trade/cancel-order";

  private final VenueBook book =
      new VenueBook(
          List.of(
              pair("BTC", "0.1", "0.00000001", "0.00001"),
              pair("ETH", "0.01", "0.000001", "0.001"),
              contract("BTC", "0.01", "0.1"),
              contract("ETH", "0.1", "0.01")),
          true);
  private final OkxPublic open = new OkxPublic(book);
  private final OkxTrade trade = new OkxTrade(book);
  private final OkxAlgos algos = new OkxAlgos(book);
  private final OkxAccounts accounts = new OkxAccounts(book);
  private final OkxSpeech speech = new OkxSpeech(book, accounts);

  private static Listed pair(String base, String tick, String step, String least) {
    return new Listed(
        base,
        false,
        BigDecimal.ONE,
        new BigDecimal(tick),
        new BigDecimal(step),
        new BigDecimal(least));
  }

  /** Contracts come in hundredths. */
  private static Listed contract(String base, String size, String tick) {
    BigDecimal hundredth = new BigDecimal(size).movePointLeft(2);
    return new Listed(base, true, new BigDecimal(size), new BigDecimal(tick), hundredth, hundredth);
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
    if (call.path().startsWith("/api/v5/public/") || call.path().startsWith("/api/v5/market/")) {
      return done(open.handle(call));
    }
    VenueAccount account = signed(call);
    return switch (call.method() + " " + call.path()) {
      case PLACE -> done(trade.place(account, call));
      case CANCEL -> done(trade.cancel(account, call));
      case "POST /api/v5/trade/order-algo" -> done(algos.place(account, call));
      case "POST /api/v5/trade/cancel-algos" -> done(algos.cancel(account, call));
      case "GET /api/v5/trade/order-algo" -> done(algos.one(account, call));
      case "GET /api/v5/trade/orders-algo-pending" -> done(algos.pending(account, call));
      case "GET /api/v5/trade/order" -> done(trade.one(account, call));
      case "GET /api/v5/trade/orders-pending" -> done(trade.list(account, call, true));
      case "GET /api/v5/trade/orders-history" -> done(trade.list(account, call, false));
      case "GET /api/v5/trade/fills", "GET /api/v5/trade/fills-history" ->
          done(trade.fills(account, call));
      default -> done(accounts.handle(account, call));
    };
  }

  private VenueAccount signed(VenueCall call) {
    VenueAccount account =
        book.account(call.header("ok-access-key"))
            .orElseThrow(() -> new Refused(Reason.BAD_KEY, "Invalid OK-ACCESS-KEY"));
    String timestamp = call.header("ok-access-timestamp");
    byte[] expected =
        Keyed.hash(
            "HmacSHA256",
            account.secret(),
            timestamp + call.method() + call.target() + call.body());
    if (!Keyed.same(Base64.getEncoder().encodeToString(expected), call.header("ok-access-sign"))) {
      throw new Refused(Reason.BAD_SIGNATURE, "Invalid Sign");
    }
    try {
      if (Math.abs(Instant.parse(timestamp).toEpochMilli() - call.now()) > TOLERANCE) {
        throw new Refused(Reason.BAD_TIME, "Timestamp request expired");
      }
    } catch (DateTimeException e) {
      throw new Refused(Reason.BAD_TIME, "Invalid OK-ACCESS-TIMESTAMP");
    }
    String voidAfter = call.header("exptime");
    if (voidAfter.matches("\\d{1,15}") && call.now() > Long.parseLong(voidAfter)) {
      throw new Refused(Reason.VOID, "Request expired before it was processed");
    }
    return account;
  }

  static VenueReply done(ArrayNode data) {
    ObjectNode json = JsonBody.object().put("code", "0").put("msg", "");
    json.set("data", data);
    return new VenueReply(200, json);
  }

  @Override
  public VenueReply refused(VenueCall call, Refused refused) {
    boolean cancels = (call.method() + " " + call.path()).equals(CANCEL);
    String code =
        switch (refused.reason()) {
          case BAD_KEY -> "50111";
          case BAD_SIGNATURE -> "50113";
          case BAD_TIME -> "50102";
          case VOID -> "50036";
          case BAD_PARAMETER -> "51000";
          case NO_SYMBOL -> "51001";
          case BAD_PRECISION -> "51121";
          case TOO_SMALL -> "51020";
          case NO_FUNDS -> "51008";
          case DUPLICATE -> "51016";
          case NOTHING_TO_REDUCE -> "51169";
          case NO_ORDER -> cancels ? "51400" : "51603";
          case ENDED -> "51402";
          case NO_CHANGE -> "51000";
          case NO_SUCH_CALL -> "50404";
        };
    boolean ofOrder =
        code.startsWith("51") && (cancels || places(call) || call.path().contains("algo"));
    return ofOrder ? partly(call, code, refused.sentence()) : whole(code, refused.sentence());
  }

  /** An error of one order stands with the order. */
  private static VenueReply partly(VenueCall call, String code, String message) {
    ObjectNode json = JsonBody.object().put("code", "1").put("msg", "All operations failed");
    json.putArray("data")
        .addObject()
        .put("clOrdId", call.field("clOrdId").orElse(""))
        .put("ordId", "")
        .put("sCode", code)
        .put("sMsg", message);
    return new VenueReply(200, json);
  }

  private static VenueReply whole(String code, String message) {
    ObjectNode json = JsonBody.object().put("code", code).put("msg", message);
    json.putArray("data");
    return new VenueReply(code.startsWith("501") ? 401 : 200, json);
  }

  @Override
  public CallFacts facts(VenueCall call) {
    return new CallFacts(
        // a cancel is a POST like others here: rules know it by what it does
        (call.method() + " " + call.path()).equals(CANCEL) ? "DELETE" : call.method(),
        call.path(),
        call.field("instId").or(() -> call.parameter("instId")).orElse(""),
        call.field("clOrdId").or(() -> call.parameter("clOrdId")).orElse(""),
        call.header("ok-access-key"));
  }

  @Override
  public boolean places(VenueCall call) {
    return (call.method() + " " + call.path()).equals(PLACE);
  }

  @Override
  public VenueReply rejected(Fault fault) {
    ObjectNode json = JsonBody.object().put("code", "1").put("msg", "All operations failed");
    json.putArray("data")
        .addObject()
        .put("sCode", fault.text("label", "51008"))
        .put("sMsg", "Rejected by the sandbox");
    return new VenueReply(200, json);
  }

  @Override
  public VenueReply tooMany() {
    ObjectNode json = JsonBody.object().put("code", "50011").put("msg", "Too Many Requests");
    json.set("data", JsonBody.array());
    return new VenueReply(429, json);
  }

  @Override
  public VenueReply failed(Fault fault) {
    JsonNode json =
        JsonBody.object()
            .put("code", "50001")
            .put("msg", fault.text("msg", "Service temporarily unavailable"));
    return new VenueReply((int) fault.number("status", 503, 500, 599), json);
  }
}
