package io.tollgate.relay.gateway.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTextTest {
  @ParameterizedTest
  @CsvSource({
    "0,9,0",
    "1,9,0.000000001",
    "21000,9,0.000021",
    "1000000000,9,1",
    "1500000000,9,1.5",
    "120000000000,9,120",
    "123456789012,9,123.456789012",
    "70,0,70",
    "9223372036854775807,9,9223372036.854775807"
  })
  void a_price_is_written_as_people_write_it(long units, int scale, String text) {
    assertThat(PriceText.of(units, scale)).isEqualTo(text);
  }

  @Test
  void what_is_written_is_the_same_number() {
    SplittableRandom random = new SplittableRandom(13);
    for (int i = 0; i < 100_000; i++) {
      long units = random.nextLong(1, Long.MAX_VALUE) >>> random.nextInt(60);
      assertThat(new BigDecimal(PriceText.of(units, 9)))
          .isEqualByComparingTo(BigDecimal.valueOf(units, 9));
    }
  }
}
