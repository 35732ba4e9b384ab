package io.tollgate.billing.internal.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WideProductTest {
  @Test
  void what_does_not_fit_is_an_error_and_not_a_wrong_number() {
    WideProduct max = WideProduct.product(Long.MAX_VALUE, Long.MAX_VALUE);
    assertThatThrownBy(() -> max.times(4)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> max.plus(max).plus(max)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> max.dividedHalfEven(1)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> max.dividedUp(0)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> WideProduct.product(-1, 1)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void a_product_of_two_words_divides_back() {
    assertThat(WideProduct.product(Long.MAX_VALUE, Long.MAX_VALUE).dividedHalfEven(Long.MAX_VALUE))
        .isEqualTo(Long.MAX_VALUE);
  }
}
