package io.tollgate.tests.upstream;

import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How long a provider asks to be left alone, in each form. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class RetryAfterTest {
  private static final String BUSY =
      "{\"error\":{\"message\":\"slow down\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}";

  private final Site site;

  RetryAfterTest(Site site) {
    this.site = site;
  }

  @Test
  void b27_a_date_is_read_and_passed_on() {
    String date =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(Instant.now().plusSeconds(100));
    rests("Retry-After", date, 90, 101);
  }

  @Test
  void b27_seconds_are_read_and_passed_on() {
    rests("Retry-After", "100", 95, 100);
  }

  @Test
  void b27_milliseconds_are_read_and_passed_on() {
    rests("retry-after-ms", "90500", 85, 91);
  }

  @Test
  void b27_a_date_in_the_past_or_nonsense_rests_as_one_without() {
    for (String value : new String[] {"Wed, 21 Oct 2015 07:28:00 GMT", "-5", "soon", "1e9"}) {
      Payer payer = site.payer("1");
      var accounts = site.accounts(2);
      site.upstream().put(accounts.getFirst().match(), 1, limited("Retry-After", value));
      site.upstream().put(accounts.getLast().match(), 1, good());
      Answered answered = payer.ask(Chat.ofTokens("gpt-4o-mini", 60));
      assertThat(answered.status()).as(value).isEqualTo(200);
      payer.charged(answered).is("0.000021", 100, 10);
    }
  }

  private void rests(String header, String value, int least, int most) {
    Payer payer = site.payer("1");
    var account = site.account();
    site.upstream().put(account.match(), 1, limited(header, value));
    Answered first = payer.ask(Chat.mini());
    assertThat(first.status()).isEqualTo(429);
    assertThat(Integer.parseInt(first.header("Retry-After"))).isBetween(least, most);
    Answered second = payer.ask(Chat.mini());
    assertThat(second.status()).isEqualTo(503);
    assertThat(second.errorCode()).isEqualTo("no_available_account");
    assertThat(Integer.parseInt(second.header("Retry-After"))).isBetween(least - 5, most);
    assertThat(site.received(account)).hasSize(1);
    payer.charged(first).isFree();
    assertThat(payer.balance()).isEqualByComparingTo("1");
  }

  private static Script limited(String header, String value) {
    return Script.answer().status(429).header(header, value).json(BUSY).done();
  }

  private static Script good() {
    return Script.json(200, Answers.chat("A fee.", usage(100, 10)));
  }
}
