package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.SignalCheck;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.PairText;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.Ticker;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/signal-monitor/realtime-prices}: what pairs cost now, where the monitor looks or
 * at an exchange that is named. A price is asked for once a second at most, however many ask.
 */
final class RealtimePriceRoutes implements Routes {
  private static final int MOST = 50;
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int KEPT = 1_000;

  private final String under;
  private final SignalCheck check;
  private final AdminGate gate;
  private final Cache<Place, PriceShown> kept;

  /**
   * @param under where its path is
   * @param age by which the age of prices is measured
   */
  RealtimePriceRoutes(String under, SignalCheck check, AdminGate gate, LongSupplier age) {
    this.under = requireNonNull(under, "under is null");
    this.check = requireNonNull(check, "check is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.kept =
        Caffeine.newBuilder()
            .expireAfterWrite(FRESH)
            .maximumSize(KEPT)
            .ticker(age::getAsLong)
            .build();
  }

  /**
   * A pair somewhere.
   *
   * @param written as it was asked for
   */
  private record Place(String written, Exchange exchange, Symbol symbol) {}

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(
        HttpMethod.GET, under + "/realtime-prices", ErrorForms.admin(), gate.guard(this::prices));
  }

  private Response prices(Request request) {
    List<Place> here = list(request, "symbols").stream().map(this::place).toList();
    List<Place> there =
        list(request, "exchange_symbols").stream().map(RealtimePriceRoutes::placeAt).toList();
    if (here.size() + there.size() > MOST) {
      throw GivenText.refused(
          "symbols", Integer.toString(here.size() + there.size()), "at most " + MOST + " pairs");
    }
    return Response.json(200, new Prices(true, shown(here), shown(there)));
  }

  private static List<String> list(Request request, String name) {
    return List.copyOf(
        new LinkedHashSet<>(
            request.query(name).stream()
                .flatMap(text -> List.of(text.split(",", -1)).stream())
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList()));
  }

  private Place place(String text) {
    return new Place(text, check.usual(), PairText.read(text));
  }

  private static Place placeAt(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw GivenText.refused("exchange_symbols", text, "such as okx:BTC/USDT");
    }
    Exchange exchange = Exchange.of("exchange_symbols", text.substring(0, colon));
    if (exchange == Exchange.PAPER) {
      throw GivenText.refused("exchange_symbols", text, "binance, okx or gate");
    }
    return new Place(text, exchange, PairText.read(text.substring(colon + 1)));
  }

  private Map<String, Map<String, @Nullable Object>> shown(List<Place> places) {
    Map<String, Future<PriceShown>> asked = new LinkedHashMap<>();
    Map<String, Map<String, @Nullable Object>> shown = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      places.forEach(
          place -> asked.put(place.written(), threads.submit(() -> kept.get(place, this::price))));
    }
    asked.forEach((written, price) -> shown.put(written, price.resultNow().fields()));
    return shown;
  }

  private PriceShown price(Place place) {
    try {
      return new PriceShown(
          Optional.of(check.price(place.exchange(), place.symbol())), place.exchange().code(), "");
    } catch (Refusal e) {
      return new PriceShown(Optional.empty(), place.exchange().code(), e.sentence());
    }
  }

  private record Prices(
      boolean success,
      Map<String, Map<String, @Nullable Object>> prices,
      Map<String, Map<String, @Nullable Object>> exchangePrices) {}

  /**
   * @param ticker empty where there is no price
   * @param error why not
   */
  private record PriceShown(Optional<Ticker> ticker, String exchange, String error) {
    /** By the names that it is known by, of which one begins with a digit behind its line. */
    Map<String, @Nullable Object> fields() {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("last", ticker.map(Ticker::last).orElse(null));
      fields.put("bid", ticker.map(Ticker::bid).orElse(null));
      fields.put("ask", ticker.map(Ticker::ask).orElse(null));
      fields.put("volume_24h", ticker.map(Ticker::volume24h).orElse(null));
      fields.put("exchange", exchange);
      fields.put("error", ticker.isPresent() ? null : error);
      return fields;
    }
  }
}
