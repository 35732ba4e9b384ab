package io.tollgate.metering;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeteringConfigTest {
  @Test
  void names_and_defaults_stay_as_they_are() {
    assertThat(MeteringConfig.settings())
        .extracting(Setting::name)
        .containsExactly(
            "durability",
            "metering.log.segment.mib",
            "metering.passages.max",
            "metering.wallets.max",
            "metering.log.keep.hours",
            "metering.lease.idle.ms",
            "metering.unsettled.max");
    Settings defaults =
        Settings.merge(
            MeteringConfig.settings(), Map.of(), Map.of(), Map.of(), Map.of(), "tollgate.yaml");
    assertThat(MeteringConfig.from(defaults))
        .isEqualTo(
            new MeteringConfig(
                Durability.PROCESS,
                32 << 20,
                10_000,
                200_000,
                Duration.ofHours(24),
                Duration.ofMinutes(10),
                20_000_000));
  }
}
