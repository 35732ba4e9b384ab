package io.tollgate.trading.exchange;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.net.URI;
import java.util.List;

/**
 * Where exchanges are: scheme, host and port, the paths being the protocols'.
 *
 * @param binanceSpot also for what concerns the whole account
 * @param binanceSpotEvents WebSocket API of the spot market
 * @param binanceFuturesEvents streams of contracts
 */
public record ExchangeAddresses(
    URI binanceSpot,
    URI binanceFutures,
    URI binanceSpotEvents,
    URI binanceFuturesEvents,
    URI okx,
    URI okxEvents,
    URI gate,
    URI gateSpotEvents,
    URI gateFuturesEvents) {
  public static final Setting<String> BINANCE_SPOT =
      url("binance.spot", "https://api.binance.com", "Binance, spot");
  public static final Setting<String> BINANCE_FUTURES =
      url("binance.futures", "https://fapi.binance.com", "Binance, perpetual contracts");
  public static final Setting<String> BINANCE_SPOT_EVENTS =
      url("binance.spot.events", "wss://ws-api.binance.com:443", "Binance, spot accounts' events");
  public static final Setting<String> BINANCE_FUTURES_EVENTS =
      url("binance.futures.events", "wss://fstream.binance.com", "Binance, contracts' events");
  public static final Setting<String> OKX = url("okx", "https://www.okx.com", "OKX");
  public static final Setting<String> OKX_EVENTS =
      url("okx.events", "wss://ws.okx.com:8443", "OKX, accounts' events");
  public static final Setting<String> GATE = url("gate", "https://api.gateio.ws", "Gate");
  public static final Setting<String> GATE_SPOT_EVENTS =
      url("gate.spot.events", "wss://api.gateio.ws", "Gate, spot accounts' events");
  public static final Setting<String> GATE_FUTURES_EVENTS =
      url("gate.futures.events", "wss://fx-ws.gateio.ws", "Gate, contracts' events");

  public ExchangeAddresses {
    requireNonNull(binanceSpot, "binanceSpot is null");
    requireNonNull(binanceFutures, "binanceFutures is null");
    requireNonNull(binanceSpotEvents, "binanceSpotEvents is null");
    requireNonNull(binanceFuturesEvents, "binanceFuturesEvents is null");
    requireNonNull(okx, "okx is null");
    requireNonNull(okxEvents, "okxEvents is null");
    requireNonNull(gate, "gate is null");
    requireNonNull(gateSpotEvents, "gateSpotEvents is null");
    requireNonNull(gateFuturesEvents, "gateFuturesEvents is null");
  }

  /** What can be set. */
  public static List<Setting<?>> settings() {
    return List.of(
        BINANCE_SPOT,
        BINANCE_FUTURES,
        BINANCE_SPOT_EVENTS,
        BINANCE_FUTURES_EVENTS,
        OKX,
        OKX_EVENTS,
        GATE,
        GATE_SPOT_EVENTS,
        GATE_FUTURES_EVENTS);
  }

  /** As set. */
  public static ExchangeAddresses from(Settings settings) {
    return new ExchangeAddresses(
        URI.create(settings.get(BINANCE_SPOT)),
        URI.create(settings.get(BINANCE_FUTURES)),
        URI.create(settings.get(BINANCE_SPOT_EVENTS)),
        URI.create(settings.get(BINANCE_FUTURES_EVENTS)),
        URI.create(settings.get(OKX)),
        URI.create(settings.get(OKX_EVENTS)),
        URI.create(settings.get(GATE)),
        URI.create(settings.get(GATE_SPOT_EVENTS)),
        URI.create(settings.get(GATE_FUTURES_EVENTS)));
  }

  /** All of them at one address, as with a stand-in. */
  public static ExchangeAddresses allAt(URI http) {
    URI events = URI.create(http.toString().replaceFirst("^http", "ws"));
    return new ExchangeAddresses(http, http, events, events, http, events, http, events, events);
  }

  private static Setting<String> url(String name, String usual, String what) {
    return Setting.text("exchange." + name + ".url", usual, "Address of " + what);
  }
}
