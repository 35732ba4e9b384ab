package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Timeframe;
import io.tollgate.ground.GivenText;
import io.tollgate.trading.engine.SignalCheck;
import io.tollgate.trading.engine.SignalCheck.Checked;
import io.tollgate.trading.engine.SignalNotices;
import io.tollgate.trading.engine.scan.Said;
import io.tollgate.trading.exchange.PairText;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.StrategyCatalogue;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tries of the monitor: what a strategy says of the last bar, and a notice for whoever listens. */
final class MonitorCheckRoutes implements Routes {
  private static final String USUAL = "ma_cross";
  private static final int SYMBOL_MOST = 41;

  private final String under;
  private final SignalCheck check;
  private final SignalNotices notices;
  private final AdminGate gate;

  /**
   * @param under where its paths are
   */
  MonitorCheckRoutes(String under, SignalCheck check, SignalNotices notices, AdminGate gate) {
    this.under = requireNonNull(under, "under is null");
    this.check = requireNonNull(check, "check is null");
    this.notices = requireNonNull(notices, "notices is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    AdminPermission may = AdminPermission.TRADING;
    table.blocking(
        HttpMethod.POST, under + "/check-now", errors, gate.guardQuestion(may, this::check));
    table.blocking(
        HttpMethod.POST, under + "/test-notify", errors, gate.guardQuestion(may, this::notice));
  }

  private Response check(Request request) {
    JsonFields body = JsonFields.of(request.json());
    Symbol symbol = symbol(body.requireText("symbol", "a pair such as BTC/USDT"));
    StrategyKind kind =
        StrategyCatalogue.require(
            "strategy", body.text("strategy", TradingFields.CODE).orElse(USUAL));
    Timeframe timeframe =
        body.text("timeframe", "1m to 1d")
            .map(text -> Timeframe.of("timeframe", text))
            .orElse(kind.timeframe());
    StrategySettings settings =
        kind.settings(body.find("config").map(MonitorCheckRoutes::config).orElse(Map.of()));
    boolean notify = TradingFields.oneOrZero(body, "notify").orElse(false);
    Checked checked = check.check(kind, settings, symbol, timeframe);
    Optional<SignalShown> signal =
        checked.said().map(said -> SignalShown.of(kind, symbol, timeframe, checked, said));
    String message =
        kind.code()
            + " says "
            + signal.map(SignalShown::summary).orElse("nothing")
            + " of "
            + symbol
            + ", "
            + timeframe.code()
            + ", closed at "
            + checked.closed();
    if (notify && signal.isPresent()) {
      notices.tell(message);
    }
    return Response.json(200, new CheckShown(true, signal.orElse(null), message, checked.bars()));
  }

  private static Symbol symbol(String text) {
    if (text.length() > SYMBOL_MOST) {
      throw GivenText.refused("symbol", text, "a pair such as BTC/USDT");
    }
    return PairText.read(text);
  }

  private static Map<String, @Nullable Object> config(JsonNode given) {
    if (!given.isObject()) {
      throw GivenText.refused("config", given.toString(), "an object of parameters");
    }
    return BacktestBody.members(given);
  }

  private Response notice(Request request) {
    notices.tell("This is a test of the signal monitor's notices.");
    return Response.json(
        200, new NoticeShown(true, "the pages that are open on the signal monitor were told"));
  }

  private record NoticeShown(boolean success, String message) {}

  /**
   * @param bars that the strategy has seen for it
   */
  private record CheckShown(
      boolean success, @Nullable SignalShown signal, String message, long bars) {}

  /** What a strategy says. */
  private record SignalShown(
      String strategy,
      String symbol,
      String timeframe,
      String signalType,
      @Nullable String side,
      @Nullable BigDecimal entryPrice,
      @Nullable BigDecimal stopLoss,
      @Nullable BigDecimal takeProfit,
      @Nullable BigDecimal confidence,
      String reason,
      Instant barClosedAt) {
    static SignalShown of(
        StrategyKind kind, Symbol symbol, Timeframe timeframe, Checked checked, Said said) {
      return new SignalShown(
          kind.code(),
          symbol.toString(),
          timeframe.code(),
          said.output().type().name(),
          said.output().side().map(SignalSide::name).orElse(null),
          number(said.output().entryPrice()),
          number(said.output().stopLoss()),
          number(said.output().takeProfit()),
          number(said.output().confidence()),
          said.output().reason(),
          checked.closed());
    }

    private static @Nullable BigDecimal number(OptionalDouble given) {
      return given.isPresent() ? PlainNumber.of(given.getAsDouble()) : null;
    }

    String summary() {
      return side == null ? signalType : signalType + " " + side;
    }
  }
}
