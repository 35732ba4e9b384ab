package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;

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
}
