package io.tollgate.relay.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {
  @Test
  void a_base_url_is_taken_apart() {
    assertThat(BaseUrl.parse("https://api.openai.com/v1/"))
        .isEqualTo(new BaseUrl(true, "api.openai.com", 443, "/v1"));
    assertThat(BaseUrl.parse("http://127.0.0.1:18190"))
        .isEqualTo(new BaseUrl(false, "127.0.0.1", 18190, ""));
    assertThat(BaseUrl.parse("http://[::1]:8080/a/b"))
        .isEqualTo(new BaseUrl(false, "::1", 8080, "/a/b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api.openai.com",
        "ftp://host/v1",
        "https:///v1",
        "https://host/v1?key=1",
        "https://host/#x",
        "http://ho st/"
      })
  void what_is_no_base_url_is_refused(String text) {
    assertThatThrownBy(() -> BaseUrl.parse(text))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("base url: " + text)
        .hasMessageContaining("expected: http:// or https://");
  }

  @Test
  void a_password_in_a_base_url_is_refused_and_not_repeated() {
    assertThatThrownBy(() -> BaseUrl.parse("https://user:secret@host/v1"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("base url: with a user in it (expected: ")
        .hasMessageNotContaining("secret");
  }
}
