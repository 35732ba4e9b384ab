package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvLineTest {
  @Test
  void what_a_spreadsheet_would_compute_is_shown_as_text() {
    assertThat(CsvLine.of(List.of("=1+1", "+1", "-1", "@A1", "\tx", "a=b", "")))
        .isEqualTo("\"'=1+1\",\"'+1\",\"'-1\",\"'@A1\",\"'\tx\",\"a=b\",\"\"\r\n");
  }

  @Test
  void quotes_commas_and_ends_of_lines_stay_in_their_cell() {
    assertThat(CsvLine.of(List.of("a\"b", "c,d", "e\r\nf")))
        .isEqualTo("\"a\"\"b\",\"c,d\",\"e\r\nf\"\r\n");
  }

  @Test
  void a_number_below_zero_is_no_formula() {
    assertThat(CsvLine.ofValues(-1, new BigDecimal("-0.000000001"), "-1"))
        .isEqualTo("\"-1\",\"-0.000000001\",\"'-1\"\r\n");
  }

  @Test
  void a_file_says_its_encoding_before_the_names_of_its_columns() {
    assertThat(CsvLine.head(List.of("time", "amount"))).isEqualTo("\uFEFFtime,amount\r\n");
  }

  @Test
  void values_are_written_in_full_and_what_is_null_as_nothing() {
    assertThat(CsvLine.ofValues(1, null, new BigDecimal("1E+3"), new BigDecimal("0.000000001")))
        .isEqualTo("\"1\",\"\",\"1000\",\"0.000000001\"\r\n");
  }

  @Test
  void a_number_below_zero_stays_a_number() {
    assertThat(CsvLine.ofValues(new BigDecimal("-0.50"), -7L, "-7"))
        .isEqualTo("\"-0.50\",\"-7\",\"'-7\"\r\n");
  }
}
