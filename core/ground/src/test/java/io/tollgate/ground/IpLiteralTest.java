package io.tollgate.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "::ffff:192.0.2.1, 192.0.2.1",
    "fe80::1%nowhere, fe80::1",
    "[::1], ::1"
  })
  void an_address_is_written_in_its_shortest_form(String text, String written) {
    assertThat(IpLiteral.parse(text).map(IpLiteral::written)).contains(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "127.1",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.4444",
        "0x7f.0.0.1",
        "1.2.3.4 ",
        "1.2.3.",
        ":",
        ":::",
        "1:2:3",
        "g::1",
        "1::2::3",
        "%",
        "[1.2.3.4",
        "１.2.3.4"
      })
  void what_is_no_address_is_none_and_no_name_is_looked_up(String text) {
    assertThat(IpLiteral.parse(text)).isEmpty();
  }

  @Test
  void whatever_is_written_is_read_again() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] address = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(address);
      for (int at = 0; at < address.length; at++) {
        if (random.nextInt(3) > 0) {
          address[at] = 0;
        }
      }
      assertThat(IpLiteral.parse(IpLiteral.written(address))).as("seed %d", seed).contains(address);
    }
  }

  @Test
  void a_block_holds_the_addresses_that_begin_with_its_bits() {
    AddressBlock block = AddressBlock.parse("10.16.0.0/12");

    assertThat(block.contains(bytes("10.16.0.0"))).isTrue();
    assertThat(block.contains(bytes("10.31.255.255"))).isTrue();
    assertThat(block.contains(bytes("10.32.0.0"))).isFalse();
    assertThat(block.contains(bytes("::10.16.0.0"))).isFalse();
    assertThat(AddressBlock.parse("2001:db8::/33").contains(bytes("2001:db8:7fff::1"))).isTrue();
    assertThat(AddressBlock.parse("2001:db8::/33").contains(bytes("2001:db8:8000::1"))).isFalse();
    assertThatThrownBy(() -> AddressBlock.parse("10.16.0.1/12"))
        .hasMessageContaining("no bits set beyond");
  }

  private static byte[] bytes(String address) {
    return IpLiteral.parse(address).orElseThrow();
  }
}
