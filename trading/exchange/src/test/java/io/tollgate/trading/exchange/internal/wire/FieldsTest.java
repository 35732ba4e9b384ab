package io.tollgate.trading.exchange.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FieldsTest {
  @Test
  void numbers_are_exact_whether_they_are_written_as_numbers_or_as_texts() {
    Fields fields =
        Fields.read("{\"a\":0.1000000000000000055,\"b\":\"0.1000000000000000055\",\"c\":1e-8}");
    assertThat(fields.number("a")).isEqualTo(fields.number("b"));
    assertThat(fields.number("c")).isEqualByComparingTo("0.00000001");
    assertThat(fields.findNumber("none")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"1e999999999\"}",
        "{\"a\":\"-1e-999999999\"}",
        "{\"a\":1e999999}",
        "{\"a\":\"NaN\"}",
        "{\"a\":{}}",
        "{\"a\":\"\"}",
        "{}",
        "[]",
        "{\"a\":\"11111111111111111111111111111111111111111111111111111111111111111\"}"
      })
  void what_is_no_usable_number_is_unreadable(String json) {
    assertThatThrownBy(() -> Fields.read(json).number("a")).isInstanceOf(UnreadableAnswer.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "<html>", "{\"a\":1"})
  void what_is_no_json_is_unreadable(String text) {
    assertThatThrownBy(() -> Fields.read(text).text("a")).isInstanceOf(UnreadableAnswer.class);
  }
}
