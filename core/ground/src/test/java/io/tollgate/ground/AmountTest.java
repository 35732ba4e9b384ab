package io.tollgate.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
  private static final Asset USD = Asset.money("USD");

  @ParameterizedTest
  @CsvSource({
    "10, 10000000000",
    "10.0, 10000000000",
    "0.1, 100000000",
    "1e-9, 1",
    "-2.5, -2500000000",
    "0, 0",
    "9223372036.854775807, 9223372036854775807"
  })
  void a_decimal_is_read_to_the_unit(String text, long units) {
    assertThat(Amount.parse(USD, text)).isEqualTo(new Amount(USD, units));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0000000001",
        "9223372036.854775808",
        "ten",
        "",
        "1e400",
        "1e-400",
        "NaN",
        "0x1"
      })
  void what_does_not_fit_is_refused_with_what_was_expected(String text) {
    assertThatThrownBy(() -> Amount.parse(USD, text))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
              assertThat(refusal.sentence()).contains("expected");
            });
  }

  @Test
  void it_is_written_with_no_more_digits_than_it_has() {
    assertThat(new Amount(USD, 100_000_000).toPlainString()).isEqualTo("0.1");
    assertThat(new Amount(USD, 10_000_000_000L).toPlainString()).isEqualTo("10");
    assertThat(new Amount(USD, 0).toPlainString()).isEqualTo("0");
    assertThat(new Amount(USD, -1).toPlainString()).isEqualTo("-0.000000001");
    assertThat(new Amount(Asset.TOKEN, 1_000_000)).hasToString("1000000 TOKEN");
  }

  @Test
  void writing_and_reading_gives_the_same_amount() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 10_000; round++) {
      Asset asset = new Asset("X", random.nextInt(10));
      Amount amount = new Amount(asset, random.nextLong() >> random.nextInt(64));
      assertThat(Amount.parse(asset, amount.toPlainString())).as("seed " + seed).isEqualTo(amount);
      assertThat(amount.toDecimal())
          .as("seed " + seed)
          .isEqualByComparingTo(BigDecimal.valueOf(amount.units(), asset.scale()));
    }
  }

  @Test
  void overflow_and_mixed_assets_are_faults() {
    Amount max = new Amount(USD, Long.MAX_VALUE);
    assertThatThrownBy(() -> max.minus(new Amount(USD, -1)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> max.minus(new Amount(Asset.TOKEN, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("asset: TOKEN (expected: USD)");
  }
}
