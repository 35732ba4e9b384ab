package io.tollgate.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailAddressTest {
  @ParameterizedTest
  @CsvSource({
    "Ann@Example.COM, ann@example.com",
    "' ann@example.com ', ann@example.com",
    "ann@BÜCHER.example, ann@xn--bcher-kva.example",
    "ann@例え.テスト, ann@xn--r8jz45g.xn--zckzah",
    "ann@xn--bcher-kva.example, ann@xn--bcher-kva.example",
    "ann+tag@example.com, ann+tag@example.com",
    "o'hara@example.com, o'hara@example.com",
  })
  void two_spellings_of_one_address_are_equal(String given, String expected) {
    assertThat(EmailAddress.parse(given)).isEqualTo(new EmailAddress(expected));
  }

  @Test
  void a_letter_that_only_looks_like_another_is_another_address() {
    assertThat(EmailAddress.find("\u212Aate@example.com")).isEmpty();
    assertThat(EmailAddress.find("\u0130van@example.com")).isEmpty();
    assertThat(EmailAddress.find("аnn@example.com")).isEmpty();
  }

  @Test
  void a_language_is_the_first_that_a_browser_says_and_we_write() {
    assertThat(MailLanguage.accepted("fr, zh-TW;q=0.8, en;q=0.7")).isEqualTo(MailLanguage.ZH);
    assertThat(MailLanguage.accepted("en-GB,zh")).isEqualTo(MailLanguage.EN);
    assertThat(MailLanguage.accepted("")).isEqualTo(MailLanguage.EN);
    assertThat(MailLanguage.accepted(",".repeat(10_000))).isEqualTo(MailLanguage.EN);
  }
}
