package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceMultipliersTest {
  @Test
  void they_are_written_exactly_and_read_again() {
    PriceMultipliers both =
        new PriceMultipliers(new BigDecimal("1.2000"), new BigDecimal("0.9505"));
    assertThat(both).hasToString("1.2*0.9505");
    assertThat(PriceMultipliers.parse("1.2*0.9505")).isEqualTo(both);
    assertThat(both.scaled()).isEqualTo(114_060_000);
    assertThat(new PriceMultipliers(new BigDecimal("1E+1"), BigDecimal.ZERO)).hasToString("10*0");
  }

  @Test
  void one_however_it_is_written_is_none() {
    assertThat(new PriceMultipliers(new BigDecimal("1.0"), new BigDecimal("1.0000")).isNone())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.1", "10.0001", "1.00001", "1E+9999999", "1E-9999999"})
  void what_is_out_of_bounds_is_refused_with_what_is_expected(String number) {
    assertThatThrownBy(() -> new PriceMultipliers(BigDecimal.ONE, new BigDecimal(number)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: 0 to 10, at most 4 decimals)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1*", "*1", "1*2*3", "one*1", "11*1", "1*00000000000000001"})
  void what_is_no_pair_is_refused(String text) {
    assertThatThrownBy(() -> PriceMultipliers.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
