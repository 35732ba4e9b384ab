package io.tollgate.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.web.ForwardedHeader;
import io.tollgate.web.TrustedProxies;
import io.vertx.core.MultiMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallerShelterTest {
  private static final TrustedProxies PROXIES =
      TrustedProxies.parse("10.0.0.0/8", ForwardedHeader.X_FORWARDED_FOR);

  @Test
  void this_machine_has_it_and_another_has_not_whatever_it_says() {
    assertThat(has(TrustedProxies.NONE, "127.0.0.1", "127.0.0.1", Map.of())).isTrue();
    assertThat(has(TrustedProxies.NONE, "::1", "::1", Map.of())).isTrue();
    assertThat(has(TrustedProxies.NONE, "192.0.2.1", "192.0.2.1", https())).isFalse();
    assertThat(has(PROXIES, "192.0.2.1", "192.0.2.1", https())).isFalse();
    assertThat(has(PROXIES, "", "", https())).isFalse();
  }

  @Test
  void a_trusted_proxy_says_it_in_what_it_has_added_itself() {
    assertThat(has(PROXIES, "10.0.0.1", "192.0.2.1", https())).isTrue();
    assertThat(has(PROXIES, "10.0.0.1", "192.0.2.1", Map.of())).isFalse();
    assertThat(has(PROXIES, "10.0.0.1", "192.0.2.1", Map.of("X-Forwarded-Proto", "https, http")))
        .isFalse();
    assertThat(has(PROXIES, "10.0.0.1", "192.0.2.1", Map.of("X-Forwarded-Proto", "http, HTTPS ")))
        .isTrue();
    TrustedProxies rfc = TrustedProxies.parse("10.0.0.0/8", ForwardedHeader.FORWARDED);
    assertThat(
            has(rfc, "10.0.0.1", "192.0.2.1", Map.of("Forwarded", "for=1.1.1.1;Proto=\"https\"")))
        .isTrue();
    assertThat(
            has(
                rfc,
                "10.0.0.1",
                "192.0.2.1",
                Map.of("Forwarded", "for=1.1.1.1;proto=https, for=192.0.2.1;proto=http")))
        .isFalse();
    assertThat(has(rfc, "10.0.0.1", "192.0.2.1", https())).isFalse();
  }

  private static Map<String, String> https() {
    return Map.of("X-Forwarded-Proto", "https");
  }

  private static boolean has(
      TrustedProxies proxies, String peer, String caller, Map<String, String> headers) {
    MultiMap given = MultiMap.caseInsensitiveMultiMap();
    headers.forEach(given::add);
    return CallerShelter.has(proxies, peer, caller, given);
  }
}
