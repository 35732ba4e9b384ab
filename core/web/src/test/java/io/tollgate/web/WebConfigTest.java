package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebConfigTest {
  @Test
  void names_and_defaults_are_these() {
    assertThat(WebConfig.settings().stream().map(Setting::name))
        .containsExactly(
            "bind.address",
            "http.event.loops",
            "http.request.line.bytes",
            "http.header.bytes",
            "http.header.count",
            "http.header.deadline.ms",
            "http.body.deadline.ms",
            "http.body.total.mib",
            "http.body.address.percent",
            "http.connections",
            "http.connections.address.percent",
            "http.idle.ms",
            "http.write.stall.ms",
            "http.drain.ms",
            "http.drain.mib",
            "cors.origins",
            "cors.max.age.seconds",
            "http.blocking.concurrent",
            "http.blocking.waiting",
            "http.access.log",
            "http.proxy.header",
            "http.trusted.proxies",
            "http.stop.ms");
    assertThat(WebConfig.from(none(WebConfig.settings())))
        .isEqualTo(
            new WebConfig(
                "127.0.0.1",
                0,
                new HeadLimits(8192, 65_536, 200, Duration.ofSeconds(10)),
                new BodyLimits(Duration.ofSeconds(30), 256, 50),
                new ConnectionLimits(
                    10_000,
                    75,
                    Duration.ofSeconds(75),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(3),
                    64),
                256,
                1024,
                AccessLog.FAILED,
                TrustedProxies.NONE,
                BrowserOrigins.NONE,
                600,
                Duration.ofSeconds(30)));
  }

  @Test
  void names_and_defaults_of_upstream_are_these() {
    assertThat(UpstreamConfig.settings().stream().map(Setting::name))
        .containsExactly(
            "upstream.connections",
            "upstream.waiting",
            "upstream.connect.ms",
            "upstream.keep.alive.ms");
    assertThat(UpstreamConfig.from(none(UpstreamConfig.settings())))
        .isEqualTo(new UpstreamConfig(2048, 4096, Duration.ofSeconds(5), Duration.ofSeconds(60)));
  }

  private static Settings none(List<Setting<?>> known) {
    return Settings.merge(known, Map.of(), Map.of(), Map.of(), Map.of(), "file");
  }
}
