package io.tollgate.relay.gateway.internal.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.identity.ConcurrencyLimits.Scope;
import io.tollgate.identity.RequestLimits.Decision;
import io.tollgate.identity.TokenLimits;
import io.tollgate.relay.protocols.RateHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RateLinesTest {
  private final Map<String, String> headers = new TreeMap<>();

  @Test
  void a_protocol_with_names_of_its_own_gets_them_besides_with_times_of_day() {
    RateLines lines =
        new RateLines(
            headers::put,
            Optional.of(RateHeaders.beginning("own-requests", "own-tokens")),
            Instant.parse("2026-11-29T10:00:00.5Z"));
    lines.put(new Decision.Allowed(60, 59, Duration.ofSeconds(60)));
    lines.put(
        new TokenLimits.Refused(
            Scope.KEY, 1_000, 900, Duration.ofSeconds(5), Duration.ofMillis(850)));

    assertThat(headers)
        .containsOnly(
            Map.entry("x-ratelimit-limit-requests", "60"),
            Map.entry("x-ratelimit-remaining-requests", "59"),
            Map.entry("x-ratelimit-reset-requests", "1m0s"),
            Map.entry("own-requests-limit", "60"),
            Map.entry("own-requests-remaining", "59"),
            Map.entry("own-requests-reset", "2026-11-29T10:01:01Z"),
            Map.entry("x-ratelimit-limit-tokens", "1000"),
            Map.entry("x-ratelimit-remaining-tokens", "0"),
            Map.entry("x-ratelimit-reset-tokens", "850ms"),
            Map.entry("own-tokens-limit", "1000"),
            Map.entry("own-tokens-remaining", "0"),
            Map.entry("own-tokens-reset", "2026-11-29T10:00:02Z"));
  }

  @Test
  void a_key_without_a_limit_has_no_headers_of_it() {
    RateLines lines = new RateLines(headers::put, Optional.empty(), Instant.EPOCH);
    lines.put(new Decision.Unlimited());
    lines.put(new TokenLimits.Unlimited());
    assertThat(headers).isEmpty();
  }
}
