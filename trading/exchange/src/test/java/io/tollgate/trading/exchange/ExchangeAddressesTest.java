package io.tollgate.trading.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExchangeAddressesTest {
  @Test
  void without_settings_they_are_those_of_the_exchanges() {
    ExchangeAddresses real = ExchangeAddresses.from(settings(Map.of()));
    assertThat(real.binanceSpot()).isEqualTo(URI.create("https://api.binance.com"));
    assertThat(real.gateFuturesEvents()).isEqualTo(URI.create("wss://fx-ws.gateio.ws/v4/ws/usdt"));
    assertThat(real.okxSimulated()).isFalse();
    ExchangeAddresses tests = ExchangeAddresses.ofTests(settings(Map.of()));
    assertThat(tests.binanceSpot()).isEqualTo(URI.create("https://testnet.binance.vision"));
    assertThat(tests.okx()).isEqualTo(URI.create("https://www.okx.com"));
    assertThat(tests.okxSimulated()).isTrue();
  }

  @Test
  void real_and_test_addresses_are_set_apart() {
    Settings settings =
        settings(
            Map.of(
                "exchange-binance-futures-url", "http://127.0.0.1:18190",
                "exchange-test-okx-url", "http://127.0.0.1:9"));
    ExchangeAddresses real = ExchangeAddresses.from(settings);
    assertThat(real.binanceFutures()).isEqualTo(URI.create("http://127.0.0.1:18190"));
    assertThat(real.okx()).isEqualTo(URI.create("https://www.okx.com"));
    assertThat(ExchangeAddresses.ofTests(settings).okx())
        .isEqualTo(URI.create("http://127.0.0.1:9"));
  }

  @Test
  void what_is_no_address_is_refused_with_what_was_expected() {
    for (String wrong :
        new String[] {"api.binance.com", "ftp://x", "https://x/api", "https://u:p@x", "https://"}) {
      Map<String, String> flags = Map.of("exchange-binance-spot-url", wrong);
      assertThatThrownBy(() -> settings(flags))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("http or https://HOST");
    }
    Map<String, String> pathless = Map.of("exchange-gate-spot-events-url", "wss://api.gateio.ws");
    assertThatThrownBy(() -> settings(pathless))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("the path");
  }

  @Test
  void each_has_a_name_of_its_own() {
    assertThat(ExchangeAddresses.settings()).extracting(Setting::name).doesNotHaveDuplicates();
    assertThat(ExchangeAddresses.settings())
        .extracting(Setting::name)
        .allMatch(name -> name.startsWith("exchange.") && name.endsWith(".url"))
        .hasSize(18);
  }

  private static Settings settings(Map<String, String> flags) {
    return Settings.merge(
        ExchangeAddresses.settings(), Map.of(), flags, Map.of(), Map.of(), "no file");
  }
}
