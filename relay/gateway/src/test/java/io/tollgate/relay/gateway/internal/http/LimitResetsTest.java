package io.tollgate.relay.gateway.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitResetsTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "20ms, 20",
    "1s, 1000",
    "6m0s, 360000",
    "1h2m3.5s, 3723500",
    "1d, 86400000",
    "8.64s, 8640",
    "2m59.56s, 179560"
  })
  void a_reset_in_parts_of_time_is_read(String header, long ms) {
    assertThat(read(headers("x-ratelimit-reset-requests", header), ""))
        .isEqualTo(Duration.ofMillis(ms));
  }

  @Test
  void the_limit_that_is_used_up_decides() {
    MultiMap headers =
        headers("x-ratelimit-reset-requests", "1s")
            .set("x-ratelimit-remaining-requests", "12")
            .set("x-ratelimit-reset-tokens", "6m0s")
            .set("x-ratelimit-remaining-tokens", "0");
    assertThat(read(headers, "")).isEqualTo(Duration.ofMinutes(6));
    headers.set("x-ratelimit-remaining-tokens", "7");
    assertThat(read(headers, "")).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void a_reset_at_a_time_is_read() {
    assertThat(read(headers("anthropic-ratelimit-tokens-reset", "2026-11-29T12:00:30Z"), ""))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(read(headers("anthropic-ratelimit-requests-reset", "2026-11-29T11:59:00Z"), ""))
        .isEqualTo(Duration.ZERO);
  }

  @Test
  void what_the_error_says_is_read_where_no_header_says_it() {
    String body =
        "{\"error\":{\"code\":429,\"details\":[{\"@type\":"
            + "\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\": \"17.5s\"}]}}";
    assertThat(read(MultiMap.caseInsensitiveMultiMap(), body)).isEqualTo(Duration.ofMillis(17_500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1s", "1w", "999999999s", "2026-13-01T00:00:00Z", "s", "5"})
  void nonsense_is_not_believed(String header) {
    assertThat(
            LimitResets.read(
                headers("x-ratelimit-reset-tokens", header)
                    .set("anthropic-ratelimit-tokens-reset", header),
                "{\"retryDelay\":\"never\"}".getBytes(StandardCharsets.UTF_8),
                NOW))
        .isEmpty();
  }

  private static MultiMap headers(String name, String value) {
    return MultiMap.caseInsensitiveMultiMap().set(name, value);
  }

  private static Duration read(MultiMap headers, String body) {
    return LimitResets.read(headers, body.getBytes(StandardCharsets.UTF_8), NOW).orElseThrow();
  }
}
