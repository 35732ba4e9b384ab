package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.candles.CandleSpan;
import io.tollgate.trading.engine.candles.CandleStore;
import io.tollgate.trading.engine.candles.SeriesName;
import io.tollgate.trading.engine.candles.StoredSeries;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code GET /api/backtest/candles}: which candles are stored, to be named by a backtest. */
final class StoredCandleRoutes implements Routes {
  private static final int MOST = 1_000;

  private final CandleStore store;
  private final AdminGate gate;

  StoredCandleRoutes(CandleStore store, AdminGate gate) {
    this.store = requireNonNull(store, "store is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(
        HttpMethod.GET,
        "/api/backtest/candles",
        ErrorForms.admin(),
        gate.guard(AdminPermission.READ, this::stored));
  }

  private Response stored(Request request) {
    List<SeriesRow> rows =
        store.list().stream().map(SeriesRow::of).flatMap(Optional::stream).limit(MOST).toList();
    return AnswerEnvelope.of(rows);
  }

  /**
   * @param missing between the first candle and the last
   * @param endTime when the last has closed
   */
  private record SeriesRow(
      String exchange,
      String marketType,
      String symbol,
      String timeframe,
      long candles,
      long missing,
      Instant startTime,
      Instant endTime) {
    /** Empty where nothing of it is stored yet. */
    static Optional<SeriesRow> of(StoredSeries series) {
      return series.span().map(span -> of(series, span));
    }

    private static SeriesRow of(StoredSeries series, CandleSpan span) {
      SeriesName name = series.name();
      return new SeriesRow(
          name.exchange().code(),
          name.marketType().code(),
          name.symbol().toString(),
          name.timeframe().code(),
          series.candles(),
          series.missing(),
          Instant.ofEpochMilli(span.from()),
          Instant.ofEpochMilli(span.to()));
    }
  }
}
