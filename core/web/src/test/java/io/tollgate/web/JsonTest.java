package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
  record Line(
      UserId userId,
      Instant createdAt,
      BigDecimal unitPrice,
      Amount costSum,
      Optional<String> noteText,
      List<Optional<Instant>> times) {}

  @Test
  void record_is_written_in_snake_case_with_exact_numbers_and_utc_times() {
    Line line =
        new Line(
            new UserId(7),
            Instant.parse("2026-11-21T12:00:00.5Z"),
            new BigDecimal("0.10"),
            new Amount(Asset.money("USD"), 1),
            Optional.empty(),
            List.of(Optional.of(Instant.EPOCH)));
    assertThat(text(line))
        .isEqualTo(
            "{\"user_id\":7,\"created_at\":\"2026-11-21T12:00:00.500Z\",\"unit_price\":0.1,"
                + "\"cost_sum\":0.000000001,\"note_text\":null,\"times\":[\"1970-01-01T00:00:00Z\"]}");
  }

  @Test
  void decimal_is_written_plainly_whatever_its_scale() {
    assertThat(text(new BigDecimal("1E+3"))).isEqualTo("1000");
    assertThat(text(new BigDecimal("10.000"))).isEqualTo("10");
    assertThat(text(new BigDecimal("1E-9"))).isEqualTo("0.000000001");
    assertThat(text(Amount.parse(Asset.money("USD"), "9223372036.854775807")))
        .isEqualTo("9223372036.854775807");
  }

  @Test
  void number_is_read_without_binary_rounding() {
    assertThat(Json.read("0.1".getBytes(StandardCharsets.UTF_8)).decimalValue())
        .isEqualTo(new BigDecimal("0.1"));
  }

  @Test
  void what_is_not_json_is_refused_saying_where() {
    assertThatThrownBy(() -> Json.read("{\n\"a\": }".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.MALFORMED_BODY);
              assertThat(refusal.sentence()).isEqualTo("the body is not JSON at line 2, column 6");
            });
    String deep = "[".repeat(100_000);
    assertThatThrownBy(() -> Json.read(deep.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Refusal.class);
  }

  private static String text(Object value) {
    return new String(Json.write(value), StandardCharsets.UTF_8);
  }
}
