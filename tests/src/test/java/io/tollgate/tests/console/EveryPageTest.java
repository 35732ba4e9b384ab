package io.tollgate.tests.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every page of both faces, as a browser sees it that speaks both languages. */
@Tag("slow")
class EveryPageTest {
  @Test
  void every_page_opens_in_both_languages_and_themes_without_a_finding() throws Exception {
    try (BrowserRun browser = BrowserRun.start()) {
      assertThat(browser.script("visit.mjs", "--probes")).contains(", 0 findings");
    }
  }
}
