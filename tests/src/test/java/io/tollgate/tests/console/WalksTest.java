package io.tollgate.tests.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people do in a browser, step by step, and what becomes of it when the program dies. */
@Tag("slow")
class WalksTest {
  private static BrowserRun browser;

  @BeforeAll
  static void start() throws Exception {
    browser = BrowserRun.start();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void what_people_do_is_as_short_as_stated_and_nobody_does_what_they_may_not() throws Exception {
    assertThat(browser.script("walk.mjs")).contains(" 0 failed");
  }

  @Test
  void a_newcomers_first_call_and_a_recharge_take_no_more_clicks_than_stated() throws Exception {
    assertThat(browser.script("journeys.mjs")).contains("2 walked, 0 failed");
  }

  @Test
  void killed_while_money_dialogs_wait_a_second_try_gives_one_result() throws Exception {
    CompletableFuture<Void> again =
        browser
            .installation()
            .process()
            .onExit()
            .thenRunAsync(() -> browser.installation().startAgain());
    assertThat(browser.script("kill.mjs")).contains("1 passed, 0 failed");
    again.get(60, TimeUnit.SECONDS);
  }
}
