package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.strategies.ChoiceParameter;
import io.tollgate.trading.strategies.NumberListParameter;
import io.tollgate.trading.strategies.NumberParameter;
import io.tollgate.trading.strategies.PartsParameter;
import io.tollgate.trading.strategies.StrategyCatalogue;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategyParameter;
import io.tollgate.trading.strategies.SwitchParameter;
import io.tollgate.trading.strategies.WholeListParameter;
import io.tollgate.trading.strategies.WholeParameter;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/backtest/strategies}: every strategy that can be tested, with what can be set of
 * it, so that forms are made from it.
 */
final class StrategyCatalogueRoutes implements Routes {
  private final AdminGate gate;

  StrategyCatalogueRoutes(AdminGate gate) {
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(
        HttpMethod.GET,
        "/api/backtest/strategies",
        ErrorForms.admin(),
        gate.guard(AdminPermission.READ, StrategyCatalogueRoutes::all));
  }

  private static Response all(Request request) {
    return AnswerEnvelope.of(StrategyCatalogue.all().stream().map(KindRow::of).toList());
  }

  /**
   * @param bars closed candles that it needs for its first output, as it is usually set
   */
  private record KindRow(
      String code,
      String name,
      String description,
      String symbol,
      String timeframe,
      long bars,
      List<ParameterRow> parameters) {
    static KindRow of(StrategyKind kind) {
      return new KindRow(
          kind.code(),
          kind.name(),
          kind.description(),
          kind.symbol(),
          kind.timeframe().code(),
          kind.start(kind.symbol(), kind.timeframe(), kind.settings(Map.of())).bars(),
          kind.parameters().stream().map(ParameterRow::of).toList());
    }
  }

  /**
   * @param kind what stands in it
   * @param least of a number, or of each in a list
   * @param choices of which it is one; none of another kind
   * @param fewest elements of a list
   * @param expected what may stand in it, in words
   */
  private record ParameterRow(
      String name,
      List<String> otherNames,
      String kind,
      Object defaultValue,
      @Nullable BigDecimal least,
      @Nullable BigDecimal most,
      List<String> choices,
      @Nullable Integer fewest,
      @Nullable Integer longest,
      String description,
      String expected) {
    static ParameterRow of(StrategyParameter given) {
      return switch (given) {
        case WholeParameter one ->
            row(one, "whole", number(one.least()), number(one.most()), List.of(), null, null);
        case NumberParameter one ->
            row(one, "number", number(one.least()), number(one.most()), List.of(), null, null);
        case SwitchParameter one -> row(one, "switch", null, null, List.of(), null, null);
        case ChoiceParameter one -> row(one, "choice", null, null, one.choices(), null, null);
        case WholeListParameter one ->
            row(
                one,
                "whole_list",
                number(one.least()),
                number(one.most()),
                List.of(),
                one.fewest(),
                one.longest());
        case NumberListParameter one ->
            row(
                one,
                "number_list",
                number(one.least()),
                number(one.most()),
                List.of(),
                one.fewest(),
                one.longest());
        case PartsParameter one -> row(one, "parts", null, null, List.of(), 1, one.longest());
      };
    }

    private static BigDecimal number(double bound) {
      return PlainNumber.of(bound);
    }

    private static ParameterRow row(
        StrategyParameter of,
        String kind,
        @Nullable BigDecimal least,
        @Nullable BigDecimal most,
        List<String> choices,
        @Nullable Integer fewest,
        @Nullable Integer longest) {
      return new ParameterRow(
          of.name(),
          List.copyOf(new TreeSet<>(of.otherNames())),
          kind,
          StrategyValues.plain(of.usual()),
          least,
          most,
          choices,
          fewest,
          longest,
          of.description(),
          of.expected());
    }
  }
}
