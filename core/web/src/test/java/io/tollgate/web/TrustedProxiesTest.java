package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private static final String PROXIES = "10.0.0.0/8, 192.0.2.1, 2001:db8:1::/48";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // peer | header | caller
        "203.0.113.9 | 198.51.100.1 | 203.0.113.9",
        "10.0.0.1 | 198.51.100.1 | 198.51.100.1",
        "10.0.0.1 | 1.1.1.1, 198.51.100.1 | 198.51.100.1",
        "10.0.0.1 | 1.1.1.1, 198.51.100.1, 10.9.9.9 | 198.51.100.1",
        "10.0.0.1 | 1.1.1.1,198.51.100.1,10.9.9.9,192.0.2.1 | 198.51.100.1",
        "10.0.0.1 | 10.0.0.7, 10.0.0.8 | 10.0.0.7",
        "10.0.0.1 | unknown | 10.0.0.1",
        "10.0.0.1 | 198.51.100.1, unknown, 10.0.0.8 | 10.0.0.8",
        "10.0.0.1 | '\"evil, 198.51.100.1' | 198.51.100.1",
        "10.0.0.1 | , | 10.0.0.1",
        "10.0.0.1 | localhost | 10.0.0.1",
        "10.0.0.1 | 127.1 | 10.0.0.1",
        "10.0.0.1 | 198.51.100.1:4711 | 198.51.100.1",
        "10.0.0.1 | [2001:db8:9::7]:4711 | 2001:db8:9::7",
        "10.0.0.1 | 2001:db8:9::7 | 2001:db8:9::7",
        "10.0.0.1 | 2001:0DB8:9:0:0:0:0:7 | 2001:db8:9::7",
        "10.0.0.1 | ::ffff:198.51.100.1 | 198.51.100.1",
        "10.0.0.1 | 198.51.100.1, ::ffff:10.0.0.3 | 198.51.100.1",
        "::ffff:10.0.0.1 | 198.51.100.1 | 198.51.100.1",
        "2001:db8:1::5 | 198.51.100.1 | 198.51.100.1",
        "2001:db8:2::5 | 198.51.100.1 | 2001:db8:2::5",
      })
  void the_last_address_that_is_no_trusted_proxys_is_the_caller(
      String peer, String header, String caller) {
    assertThat(proxies(ForwardedHeader.X_FORWARDED_FOR).callerOf(peer, List.of(header)))
        .isEqualTo(caller);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "for=198.51.100.1 | 198.51.100.1",
        "For=\"198.51.100.1:80\";proto=https | 198.51.100.1",
        "proto=https;for=\"[2001:db8:9::7]:4711\";by=10.0.0.1 | 2001:db8:9::7",
        "for=1.1.1.1, for=198.51.100.1, for=10.0.0.2 | 198.51.100.1",
        "for=\"_hidden, for=198.51.100.1 | 198.51.100.1",
        "for=_hidden | 10.0.0.1",
        "for=unknown, for=10.0.0.2 | 10.0.0.2",
        "for=1.1.1.1;for=198.51.100.1 | 10.0.0.1",
        "host=\"a,for=1.1.1.1\" | 10.0.0.1",
        "198.51.100.1 | 10.0.0.1",
      })
  void the_standard_header_is_read_likewise(String header, String caller) {
    assertThat(proxies(ForwardedHeader.FORWARDED).callerOf("10.0.0.1", List.of(header)))
        .isEqualTo(caller);
  }

  @Test
  void several_lines_of_the_header_are_one_list() {
    assertThat(
            proxies(ForwardedHeader.X_FORWARDED_FOR)
                .callerOf("10.0.0.1", List.of("1.1.1.1", "198.51.100.1", "10.0.0.4, 10.0.0.5")))
        .isEqualTo("198.51.100.1");
  }

  @Test
  void nothing_a_caller_writes_in_front_changes_who_they_are() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String alphabet = "0123456789.:,;[]\"=for \\_%/-";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder forged = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        forged.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(
              proxies(ForwardedHeader.X_FORWARDED_FOR)
                  .callerOf("10.0.0.1", List.of(forged + ", 198.51.100.1, 10.0.0.2")))
          .as("seed %d: %s", seed, forged)
          .isEqualTo("198.51.100.1");
      assertThat(
              proxies(ForwardedHeader.FORWARDED)
                  .callerOf("10.0.0.1", List.of(forged + ", for=198.51.100.1, for=10.0.0.2")))
          .as("seed %d: %s", seed, forged)
          .isEqualTo("198.51.100.1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.1/8", "example.com", "10.0.0.1,", "::/129"})
  void what_is_no_address_or_block_is_refused_at_the_start(String text) {
    Settings given =
        Settings.merge(
            WebConfig.settings(),
            Map.of(),
            Map.of("http.access.log", "none"),
            Map.of(),
            Map.of(),
            "file");
    assertThat(WebConfig.from(given).proxies()).isEqualTo(TrustedProxies.NONE);
    assertThatThrownBy(
            () ->
                Settings.merge(
                    WebConfig.settings(),
                    Map.of(),
                    Map.of("http.trusted.proxies", text),
                    Map.of(),
                    Map.of(),
                    "file"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("http.trusted.proxies")
        .hasMessageContaining("10.0.0.0/8");
  }

  @Test
  void a_request_over_the_wire_has_the_address_its_trusted_proxy_names() throws IOException {
    assertThat(
            addressSeen(
                Map.of("http.trusted.proxies", "127.0.0.0/8"),
                "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 198.51.100.1"))
        .isEqualTo("198.51.100.1");
    assertThat(
            addressSeen(
                Map.of("http.trusted.proxies", "127.0.0.1", "http.proxy.header", "forwarded"),
                "X-Forwarded-For: 1.1.1.1\r\nForwarded: for=198.51.100.1"))
        .isEqualTo("198.51.100.1");
  }

  @Test
  void without_trusted_proxies_no_header_is_looked_at() throws IOException {
    assertThat(addressSeen(Map.of(), "X-Forwarded-For: 198.51.100.1\r\nForwarded: for=1.1.1.1"))
        .isEqualTo("127.0.0.1");
    assertThat(
            addressSeen(
                Map.of("http.trusted.proxies", "10.0.0.0/8"), "X-Forwarded-For: 198.51.100.1"))
        .isEqualTo("127.0.0.1");
  }

  private static String addressSeen(Map<String, String> settings, String headers)
      throws IOException {
    try (TestEdge edge =
        new TestEdge(
            settings,
            (table, loop, vertx) ->
                table.blocking(
                    HttpMethod.GET,
                    "/who",
                    ErrorForms.standard(),
                    request ->
                        Response.text(200, "text/plain", request.context().remoteAddress())))) {
      try (RawCaller caller = edge.caller()) {
        caller.send("GET /who HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n\r\n");
        return caller.answer().body();
      }
    }
  }

  private static TrustedProxies proxies(ForwardedHeader header) {
    return TrustedProxies.parse(PROXIES, header);
  }
}
