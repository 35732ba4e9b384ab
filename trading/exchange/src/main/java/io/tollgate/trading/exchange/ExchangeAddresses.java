package io.tollgate.trading.exchange;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where exchanges are: scheme, host and port, the paths being the protocols', but for Gate's
 * WebSockets, whose paths differ from one base to the other. There are two of them: for real money,
 * and the exchanges' test bases for accounts that are marked {@code sandbox}.
 *
 * @param binanceSpot also for what concerns the whole account
 * @param binanceSpotEvents WebSocket API of the spot market
 * @param binanceFuturesEvents streams of contracts
 * @param okxSimulated whether OKX is told that its demo trading is meant
 */
public record ExchangeAddresses(
    URI binanceSpot,
    URI binanceFutures,
    URI binanceSpotEvents,
    URI binanceFuturesEvents,
    URI okx,
    URI okxEvents,
    boolean okxSimulated,
    URI gate,
    URI gateSpotEvents,
    URI gateFuturesEvents) {
  private static final Names REAL = Names.real();
  private static final Names TEST = Names.test();

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
    return Stream.concat(REAL.all().stream(), TEST.all().stream())
        .<Setting<?>>map(one -> one)
        .toList();
  }

  /** Those for real money, as set. */
  public static ExchangeAddresses from(Settings settings) {
    return REAL.read(settings, false);
  }

  /** Those for accounts that are marked {@code sandbox}, as set. */
  public static ExchangeAddresses ofTests(Settings settings) {
    return TEST.read(settings, true);
  }

  /** All of them at one address, as with a stand-in. */
  public static ExchangeAddresses allAt(URI http) {
    URI events = URI.create(http.toString().replaceFirst("^http", "ws"));
    return new ExchangeAddresses(
        http,
        http,
        events,
        events,
        http,
        events,
        false,
        http,
        events.resolve("/ws/v4/"),
        events.resolve("/v4/ws/usdt"));
  }

  /** The settings of one of the two. */
  private record Names(
      Setting<URI> binanceSpot,
      Setting<URI> binanceFutures,
      Setting<URI> binanceSpotEvents,
      Setting<URI> binanceFuturesEvents,
      Setting<URI> okx,
      Setting<URI> okxEvents,
      Setting<URI> gate,
      Setting<URI> gateSpotEvents,
      Setting<URI> gateFuturesEvents) {
    private static Names real() {
      return new Names(
          url("binance.spot", "https://api.binance.com", "Binance, spot"),
          url("binance.futures", "https://fapi.binance.com", "Binance, perpetual contracts"),
          url(
              "binance.spot.events",
              "wss://ws-api.binance.com:443",
              "Binance, spot accounts' events"),
          url("binance.futures.events", "wss://fstream.binance.com", "Binance, contracts' events"),
          url("okx", "https://www.okx.com", "OKX"),
          url("okx.events", "wss://ws.okx.com:8443", "OKX, accounts' events"),
          url("gate", "https://api.gateio.ws", "Gate"),
          url("gate.spot.events", "wss://api.gateio.ws/ws/v4/", "Gate, spot accounts' events"),
          url(
              "gate.futures.events",
              "wss://fx-ws.gateio.ws/v4/ws/usdt",
              "Gate, contracts' events"));
    }

    private static Names test() {
      return new Names(
          test("binance.spot", "https://testnet.binance.vision", "Binance, spot"),
          test("binance.futures", "https://demo-fapi.binance.com", "Binance, perpetual contracts"),
          test(
              "binance.spot.events",
              "wss://ws-api.testnet.binance.vision",
              "Binance, spot accounts' events"),
          test(
              "binance.futures.events",
              "wss://demo-fstream.binance.com",
              "Binance, contracts' events"),
          test("okx", "https://www.okx.com", "OKX, which is told that its demo trading is meant"),
          test("okx.events", "wss://wspap.okx.com:8443", "OKX, accounts' events"),
          test("gate", "https://api-testnet.gateapi.io", "Gate"),
          test(
              "gate.spot.events",
              "wss://ws-testnet.gate.com/v4/ws/spot",
              "Gate, spot accounts' events"),
          test(
              "gate.futures.events",
              "wss://ws-testnet.gate.com/v4/ws/futures/usdt",
              "Gate, contracts' events"));
    }

    private List<Setting<URI>> all() {
      return List.of(
          binanceSpot,
          binanceFutures,
          binanceSpotEvents,
          binanceFuturesEvents,
          okx,
          okxEvents,
          gate,
          gateSpotEvents,
          gateFuturesEvents);
    }

    private ExchangeAddresses read(Settings settings, boolean okxSimulated) {
      return new ExchangeAddresses(
          settings.get(binanceSpot),
          settings.get(binanceFutures),
          settings.get(binanceSpotEvents),
          settings.get(binanceFuturesEvents),
          settings.get(okx),
          settings.get(okxEvents),
          okxSimulated,
          settings.get(gate),
          settings.get(gateSpotEvents),
          settings.get(gateFuturesEvents));
    }

    private static Setting<URI> test(String name, String usual, String what) {
      return setting("test." + name, usual, "Test address, for sandbox accounts, of " + what + ".");
    }

    private static Setting<URI> url(String name, String usual, String what) {
      return setting(name, usual, "Address of " + what + ".");
    }

    private static Setting<URI> setting(String name, String usual, String what) {
      Set<String> schemes = name.endsWith("events") ? Set.of("ws", "wss") : Set.of("http", "https");
      return new Setting<>(
          "exchange." + name + ".url",
          what,
          usual,
          text -> address(text, schemes, name.contains("gate.") && name.endsWith("events")),
          false);
    }

    private static URI address(String text, Set<String> schemes, boolean withPath) {
      String expected =
          String.join(" or ", schemes.stream().sorted().toList())
              + "://HOST, with or without a port"
              + (withPath ? ", and the path" : "");
      URI address;
      try {
        address = URI.create(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(expected, e);
      }
      boolean plain =
          address.getRawUserInfo() == null
              && address.getRawQuery() == null
              && address.getRawFragment() == null
              && (address.getRawPath() == null || address.getRawPath().isEmpty() != withPath);
      if (!plain || address.getHost() == null || !schemes.contains(address.getScheme())) {
        throw new IllegalArgumentException(expected);
      }
      return address;
    }
  }
}
