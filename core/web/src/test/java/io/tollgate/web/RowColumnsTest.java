package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.Refusal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowColumnsTest {
  private static final RowColumns COLUMNS = RowColumns.of(Row.class);

  private static final Row FIRST =
      new Row("=1+1", new BigDecimal("-0.10"), Instant.parse("2026-11-30T10:00:00Z"), List.of(1));
  private static final Row SECOND =
      new Row("b", new BigDecimal("9"), Instant.parse("2026-11-30T10:00:00.5Z"), List.of());
  private static final Row THIRD = new Row("C", null, null, List.of());

  private record Row(
      String givenName,
      @Nullable BigDecimal amount,
      @Nullable Instant createdAt,
      List<Integer> parts) {}

  @Test
  void lines_have_the_names_of_the_wire_and_values_in_full() {
    assertThat(COLUMNS.head()).isEqualTo("\uFEFFgiven_name,amount,created_at,parts\r\n");
    assertThat(COLUMNS.line(FIRST))
        .isEqualTo("\"'=1+1\",\"-0.1\",\"2026-11-30T10:00:00Z\",\"[1]\"\r\n");
    assertThat(COLUMNS.line(THIRD)).isEqualTo("\"C\",\"\",\"\",\"[]\"\r\n");
  }

  @Test
  void rows_stand_in_the_order_asked_for_and_what_is_missing_comes_last() {
    assertThat(sorted("amount")).containsExactly(FIRST, SECOND, THIRD);
    assertThat(sorted("-amount")).containsExactly(SECOND, FIRST, THIRD);
    assertThat(sorted("-created_at")).containsExactly(SECOND, FIRST, THIRD);
    assertThat(sorted("given_name")).containsExactly(FIRST, SECOND, THIRD);
  }

  @Test
  void an_order_that_there_is_not_names_those_that_there_are() {
    assertThatThrownBy(() -> COLUMNS.order("parts"))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.field()).contains("sort"))
        .hasMessage("sort: parts (expected: one of given_name, amount, created_at)");
    assertThatThrownBy(() -> COLUMNS.order("-none")).isInstanceOf(Refusal.class);
  }

  private static List<Row> sorted(String order) {
    return List.of(THIRD, SECOND, FIRST).stream().sorted(COLUMNS.order(order)).toList();
  }
}
