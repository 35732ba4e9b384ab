package io.tollgate.relay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.data.testing.TestSettings;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.relay.protocols.ThinkingTable;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RelayConfigTest {
  private static final String THINKING =
      "minimal=1024, low=1025, medium=1026, high=1027, xhigh=1028, max=1029";

  @Test
  void names_and_defaults_are_pinned() {
    assertThat(
            RelayConfig.settings().stream()
                .collect(Collectors.toMap(Setting::name, s -> String.valueOf(s.defaultText()))))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("relay.body.limit", "33554432"),
                Map.entry("relay.body.small", "65536"),
                Map.entry("relay.body.ms", "60000"),
                Map.entry("relay.memory.mib", "256"),
                Map.entry("relay.in.flight.max", "10000"),
                Map.entry("relay.attempts.max", "3"),
                Map.entry("relay.attempts.refused.max", "10"),
                Map.entry("relay.estimate.output.cap", "4096"),
                Map.entry("relay.no.means.status", "402"),
                Map.entry("relay.money.ms", "10000"),
                Map.entry("relay.upstream.connection.ms", "10000"),
                Map.entry("relay.upstream.head.ms", "300000"),
                Map.entry("relay.upstream.idle.ms", "120000"),
                Map.entry("relay.upstream.stream.end.ms", "2000"),
                Map.entry("relay.total.ms", "3600000"),
                Map.entry("relay.answer.limit", "33554432"),
                Map.entry("relay.hang.up.ms", "600000"),
                Map.entry("relay.hang.up.bytes", "8388608"),
                Map.entry("relay.usage.own.input.max", "16384"),
                Map.entry("relay.usage.factor", "4"),
                Map.entry("relay.usage.tool.calls.max", "1000"),
                Map.entry(
                    "relay.thinking.tokens",
                    "minimal=1024, low=2048, medium=8192, high=16384, xhigh=24576, max=32768"),
                Map.entry("relay.thinking.memory.mib", "64"),
                Map.entry("relay.thinking.memory.tenant.mib", "16"),
                Map.entry("relay.thinking.memory.ms", "3600000"),
                Map.entry("relay.media.bytes.max", "20971520"),
                Map.entry("relay.media.count.max", "16"),
                Map.entry("relay.media.ms", "10000"),
                Map.entry("relay.form.file.max", "26214400"),
                Map.entry("relay.form.max", "134217728"),
                Map.entry("relay.form.memory.max", "1048576"),
                Map.entry("relay.form.parts.max", "64"),
                Map.entry("relay.form.fields.max", "262144"),
                Map.entry("relay.form.disk.mib", "2048"),
                Map.entry("relay.realtime.sessions.max", "1000"),
                Map.entry("relay.realtime.frame.bytes.max", "4194304"),
                Map.entry("relay.realtime.message.bytes.max", "16777216"),
                Map.entry("relay.realtime.fragments.max", "10000"),
                Map.entry("relay.realtime.idle.ms", "900000"),
                Map.entry("relay.realtime.total.ms", "3600000"),
                Map.entry("relay.realtime.ping.ms", "20000"),
                Map.entry("relay.realtime.settle.ms", "10000"),
                Map.entry("relay.realtime.stop.ms", "15000")));
  }

  @Test
  void each_setting_is_read_into_its_place() {
    Map<String, String> given =
        Map.ofEntries(
            Map.entry("relay.body.limit", "2001"),
            Map.entry("relay.body.small", "2000"),
            Map.entry("relay.body.ms", "2002"),
            Map.entry("relay.memory.mib", "2003"),
            Map.entry("relay.in.flight.max", "2004"),
            Map.entry("relay.attempts.max", "5"),
            Map.entry("relay.attempts.refused.max", "6"),
            Map.entry("relay.estimate.output.cap", "2006"),
            Map.entry("relay.no.means.status", "429"),
            Map.entry("relay.money.ms", "2008"),
            Map.entry("relay.upstream.connection.ms", "1009"),
            Map.entry("relay.upstream.head.ms", "2009"),
            Map.entry("relay.upstream.idle.ms", "2010"),
            Map.entry("relay.upstream.stream.end.ms", "1011"),
            Map.entry("relay.total.ms", "2011"),
            Map.entry("relay.answer.limit", "2012"),
            Map.entry("relay.hang.up.ms", "2013"),
            Map.entry("relay.hang.up.bytes", "2014"),
            Map.entry("relay.usage.own.input.max", "2015"),
            Map.entry("relay.usage.factor", "16"),
            Map.entry("relay.usage.tool.calls.max", "2020"),
            Map.entry("relay.thinking.tokens", THINKING),
            Map.entry("relay.thinking.memory.mib", "2021"),
            Map.entry("relay.thinking.memory.tenant.mib", "2022"),
            Map.entry("relay.thinking.memory.ms", "2023"),
            Map.entry("relay.media.bytes.max", "2017"),
            Map.entry("relay.media.count.max", "18"),
            Map.entry("relay.media.ms", "2019"),
            Map.entry("relay.form.file.max", "2020"),
            Map.entry("relay.form.max", "2021"),
            Map.entry("relay.form.memory.max", "2022"),
            Map.entry("relay.form.parts.max", "23"),
            Map.entry("relay.form.fields.max", "2024"),
            Map.entry("relay.form.disk.mib", "2025"),
            Map.entry("relay.realtime.sessions.max", "21"),
            Map.entry("relay.realtime.frame.bytes.max", "2022"),
            Map.entry("relay.realtime.message.bytes.max", "2023"),
            Map.entry("relay.realtime.fragments.max", "24"),
            Map.entry("relay.realtime.idle.ms", "2025"),
            Map.entry("relay.realtime.total.ms", "2026"),
            Map.entry("relay.realtime.ping.ms", "2027"),
            Map.entry("relay.realtime.settle.ms", "2028"),
            Map.entry("relay.realtime.stop.ms", "2029"));
    assertThat(RelayConfig.from(TestSettings.of(RelayConfig.settings(), given)))
        .isEqualTo(
            new RelayConfig(
                2001,
                2000,
                2002,
                2003,
                2004,
                5,
                6,
                2006,
                429,
                2008,
                1009,
                2009,
                2010,
                1011,
                2011,
                2012,
                2013,
                2014,
                2015,
                16,
                2020,
                new ThinkingConfig(ThinkingTable.parse(THINKING), 2021, 2022, 2023),
                new MediaConfig(2017, 18, 2019),
                new FormConfig(2020, 2021, 2022, 23, 2024, 2025),
                new RealtimeConfig(21, 2022, 2023, 24, 2025, 2026, 2027, 2028, 2029)));
  }

  @Test
  void without_means_is_402_or_429_and_nothing_else() {
    assertThatThrownBy(
            () -> TestSettings.of(RelayConfig.settings(), Map.of("relay.no.means.status", "500")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("relay.no.means.status: 500 (expected: 402 or 429");
  }
}
