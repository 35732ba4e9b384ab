package io.tollgate.identity.internal.passport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
  private static final String EMAIL = "somebody.long@example.com";

  private final PasswordRules rules = new PasswordRules();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ninechars",
        "password123",
        "PASSWORD123",
        "qwertyuiop",
        "aaaaaaaaaaaa",
        "abcdefghijkl",
        "9876543210",
        EMAIL,
        "Somebody.Long",
      })
  void a_password_that_is_easily_guessed_is_refused_and_not_repeated(String password) {
    assertThatThrownBy(() -> rules.check(password, EMAIL))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("password: ");
    if (!password.isEmpty()) {
      assertThatThrownBy(() -> rules.check(password, EMAIL)).hasMessageNotContaining(password);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"four words are enough", "密码要足够长才能安全一些", "x1x2x3x4x5"})
  void length_is_enough(String password) {
    rules.check(password, EMAIL);
    rules.check(password, "");
    assertThat(password).isNotEmpty();
  }

  @Test
  void the_longest_has_two_hundred_characters() {
    rules.check("ab".repeat(100), EMAIL);
    assertThatThrownBy(() -> rules.check("ab".repeat(100) + "a", EMAIL))
        .hasMessage("password: 201 characters (expected: 10 to 200 characters)");
  }
}
