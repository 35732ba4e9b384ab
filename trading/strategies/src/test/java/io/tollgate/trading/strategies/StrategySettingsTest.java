package io.tollgate.trading.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.Refusal;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrategySettingsTest {
  private static final StrategyKind CROSS = StrategyCatalogue.require("code", "ma_cross");

  @Test
  void nothing_given_is_every_default() {
    assertThat(CROSS.settings(Map.of()).values().toString())
        .isEqualTo(
            "{fast_ma=5, slow_ma=20, use_ema=false, atr_sl_mult=2.0, atr_tp_mult=4.0,"
                + " atr_floor_pct=0.01}");
  }

  @Test
  void numbers_are_read_however_json_has_them() {
    StrategySettings settings =
        CROSS.settings(Map.of("fast_ma", 7L, "slow_ma", new BigDecimal("30.0"), "atr_sl_mult", 1));

    assertThat(settings.values())
        .containsEntry("fast_ma", 7)
        .containsEntry("slow_ma", 30)
        .containsEntry("atr_sl_mult", 1.0);
  }

  @Test
  void both_spellings_of_the_multiples_are_read() {
    assertThat(CROSS.settings(Map.of("sl_atr_mult", 1.5)).values())
        .containsEntry("atr_sl_mult", 1.5);
    refused(
        Map.of("sl_atr_mult", 1.5, "atr_sl_mult", 2),
        "sl_atr_mult: 1.5 (expected: as atr_sl_mult: 2.0)");
  }

  @Test
  void a_wrong_parameter_is_refused_with_what_was_given_and_expected() {
    refused(Map.of("fast_ma", "5"), "fast_ma: 5 (expected: a whole number from 1 to 1000)");
    refused(Map.of("fast_ma", 5.5), "fast_ma: 5.5 (expected: a whole number from 1 to 1000)");
    refused(Map.of("fast_ma", 0), "fast_ma: 0 (expected: a whole number from 1 to 1000)");
    refused(Map.of("use_ema", 1), "use_ema: 1 (expected: true or false)");
    refused(
        Map.of("atr_sl_mult", Double.NaN),
        "atr_sl_mult: NaN (expected: a number from 0.01 to 100)");
    refused(Map.of("fast_ma", 20), "fast_ma: 20 (expected: less than slow_ma, which is 20)");
  }

  @Test
  void an_unknown_parameter_is_kept_and_reported_with_the_nearest_name() {
    StrategySettings settings = CROSS.settings(Map.of("fast_na", 7));

    assertThat(settings.unknown()).isEqualTo(Map.of("fast_na", 7));
    assertThat(settings.warnings())
        .containsExactly("unknown parameter fast_na is ignored; the nearest known one is fast_ma");
  }

  private static void refused(Map<String, ?> given, String message) {
    assertThatThrownBy(() -> CROSS.settings(given)).isInstanceOf(Refusal.class).hasMessage(message);
  }
}
