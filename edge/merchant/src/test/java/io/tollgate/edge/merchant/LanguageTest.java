package io.tollgate.edge.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | ENGLISH",
        "en-US,en;q=0.9 | ENGLISH",
        "zh-CN | CHINESE",
        "zh | CHINESE",
        "fr | CHINESE",
        "fr, en;q=0.5, zh;q=0.4 | ENGLISH",
        "en;q=0.2, zh-TW;q=0.9 | CHINESE",
        "en;q=0 | CHINESE",
        "en;q=NaN | CHINESE",
        "en;q=9 | CHINESE",
        "* | CHINESE",
        ";;;,,, | CHINESE",
        "EN | ENGLISH"
      })
  void the_language_that_a_caller_reads_best_of_ours(String header, Language language) {
    assertThat(Language.of(Optional.of(header))).isEqualTo(language);
  }

  @Test
  void who_says_nothing_reads_chinese_and_a_long_header_is_read_in_part() {
    assertThat(Language.of(Optional.empty())).isEqualTo(Language.CHINESE);
    assertThat(Language.of(Optional.of("fr,".repeat(5_000) + "en"))).isEqualTo(Language.CHINESE);
  }
}
