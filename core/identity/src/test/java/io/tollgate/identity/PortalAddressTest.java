package io.tollgate.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PortalAddressTest {
  @Test
  void sessions_are_for_tls_only_where_the_address_is_or_where_it_is_demanded() {
    assertThat(at("https://ai.example.com", false).secure()).isTrue();
    assertThat(at("http://127.0.0.1:18100", false).secure()).isFalse();
    assertThat(at("http://127.0.0.1:18100", true).secure()).isTrue();
  }

  private static PortalAddress at(String url, boolean overTls) {
    return new PortalAddress(() -> url, Map.of(), overTls);
  }
}
