package io.tollgate.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumeralsTest {
  @Test
  void ascii_digits_are_numbers() {
    assertThat(Numerals.wholeNumber("-42")).isEqualTo(-42);
    assertThat(Numerals.decimal("1e-3")).isEqualTo(new BigDecimal("0.001"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"１", "٣", "१", "1２", "－1", "1．5", ""})
  void digits_of_other_scripts_are_none(String text) {
    assertThatThrownBy(() -> Numerals.wholeNumber(text)).isInstanceOf(NumberFormatException.class);
    assertThatThrownBy(() -> Numerals.decimal(text)).isInstanceOf(NumberFormatException.class);
    assertThatThrownBy(() -> Amount.parse(Asset.money("USD"), text)).isInstanceOf(Refusal.class);
  }
}
