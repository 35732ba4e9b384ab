package io.tollgate.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UsageKindTest {
  /** What records in the books and price versions rely on. A new kind is added here by nobody. */
  private static final List<String> RELEASED =
      List.of(
          "1 input TOKEN -",
          "2 output TOKEN -",
          "3 cache_read TOKEN input",
          "4 reasoning TOKEN output",
          "5 cache_write TOKEN input",
          "6 cache_write_1h TOKEN cache_write",
          "7 audio_input TOKEN input",
          "8 audio_output TOKEN output",
          "9 audio_cache_read TOKEN cache_read",
          "10 image_input TOKEN input",
          "11 image_output TOKEN output",
          "12 image_cache_read TOKEN cache_read",
          "13 seconds SECOND -",
          "14 characters CHARACTER -",
          "15 images IMAGE -",
          "16 search_units SEARCH_UNIT -",
          "17 web_searches CALL -",
          "18 web_fetches CALL -",
          "19 file_searches CALL -",
          "20 code_sessions CALL -",
          "21 map_searches CALL -",
          "22 requests REQUEST -");

  @Test
  void kinds_that_are_in_the_books_keep_what_records_name() {
    assertThat(UsageKind.all().stream().map(UsageKindTest::line)).containsAll(RELEASED);
  }

  @ParameterizedTest
  @EnumSource
  void every_kind_is_found_by_its_number_and_code(UsageKind kind) {
    assertThat(kind.number()).isBetween(1, UsageKind.MAX_NUMBER);
    assertThat(kind.code()).matches("[a-z0-9_]{1,32}");
    assertThat(UsageKind.byNumber(kind.number())).contains(kind);
    assertThat(UsageKind.byCode(kind.code())).contains(kind);
  }

  @ParameterizedTest
  @EnumSource
  void a_kind_falls_back_to_one_before_it_of_the_same_unit_and_side(UsageKind kind) {
    kind.fallback()
        .ifPresent(
            other -> {
              assertThat(other.ordinal()).isLessThan(kind.ordinal());
              assertThat(other.unit()).isEqualTo(kind.unit());
              assertThat(other.part().side()).isEqualTo(kind.part().side());
            });
  }

  /** So that a price list need not name each kind of token for none to be free. */
  @ParameterizedTest
  @EnumSource
  void every_kind_of_token_ends_at_a_price_of_text(UsageKind kind) {
    UsageKind last = kind;
    while (last.fallback().isPresent()) {
      last = last.fallback().orElseThrow();
    }
    if (kind.unit() == UsageUnit.TOKEN) {
      assertThat(last).isIn(UsageKind.TEXT_INPUT, UsageKind.TEXT_OUTPUT);
    }
  }

  @Test
  void what_no_kind_has_is_found_nowhere() {
    assertThat(UsageKind.byNumber(0)).isEmpty();
    assertThat(UsageKind.byNumber(-1)).isEmpty();
    assertThat(UsageKind.byNumber(UsageKind.MAX_NUMBER)).isEmpty();
    assertThat(UsageKind.byNumber(UsageKind.MAX_NUMBER + 1)).isEmpty();
    assertThat(UsageKind.byCode("smell")).isEmpty();
  }

  private static String line(UsageKind kind) {
    return "%d %s %s %s"
        .formatted(
            kind.number(),
            kind.code(),
            kind.unit(),
            kind.fallback().map(UsageKind::code).orElse("-"));
  }
}
