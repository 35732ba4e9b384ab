package io.tollgate.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTierTest {
  @ParameterizedTest
  @ValueSource(strings = {"default", "auto", "standard", "standard_only", "on_demand", "Default"})
  void every_makers_word_for_the_usual_tier_is_that(String wire) {
    assertThat(ServiceTier.of(wire)).isEqualTo(ServiceTier.STANDARD);
  }

  @Test
  void a_tier_is_known_by_its_name_in_small_letters() {
    assertThat(ServiceTier.of("PRIORITY")).isEqualTo(ServiceTier.PRIORITY);
    assertThat(ServiceTier.of("turbo-2")).isEqualTo(new ServiceTier("turbo-2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a:b",
        "a,b",
        "-",
        "\u0000",
        "é",
        "0123456789012345678901234567890123"
      })
  void what_is_no_name_is_unknown_and_not_taken_into_a_price_version(String wire) {
    assertThat(ServiceTier.of(wire)).isEqualTo(ServiceTier.UNKNOWN);
    assertThatThrownBy(() -> new ServiceTier(wire)).hasMessageStartingWith("service tier: ");
  }
}
