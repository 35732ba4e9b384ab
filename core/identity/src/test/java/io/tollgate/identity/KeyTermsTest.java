package io.tollgate.identity;

import static io.tollgate.identity.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.ErrorCode;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTermsTest {
  @ParameterizedTest
  @CsvSource({
    "gpt-4o-mini, true",
    "gpt-4o, false",
    "gpt-4o-mini-2024, false",
    "claude-sonnet-4-5, true",
    "claude-, true",
    "claude, false",
    "Claude-sonnet, false"
  })
  void a_model_is_allowed_by_its_name_or_by_how_it_begins(String model, boolean allowed) {
    AllowedModels models = AllowedModels.of(List.of("gpt-4o-mini", "claude-*"));
    assertThat(models.allow(model)).isEqualTo(allowed);
    assertThat(AllowedModels.ALL.allow(model)).isTrue();
    assertThat(AllowedModels.of(List.of("*")).allow(model)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpt *", "*gpt", "g*pt", "gpt**", "modèle", "a\nb"})
  void what_is_no_model_is_refused_by_its_place(String pattern) {
    assertThatThrownBy(() -> AllowedModels.of(List.of("gpt-4o", pattern)))
        .hasMessageStartingWith("models[1]: ")
        .hasMessageContaining("(expected: a model such as gpt-4o-mini, or a beginning with *");
    refused(ErrorCode.INVALID_REQUEST, () -> AllowedModels.of(Collections.nCopies(201, "gpt-4o")));
    refused(ErrorCode.INVALID_REQUEST, () -> AllowedModels.of(List.of()));
    refused(ErrorCode.INVALID_REQUEST, () -> AllowedModels.of(List.of("x".repeat(101))));
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, true",
    "11.1.2.3, false",
    "192.0.2.7, true",
    "192.0.2.8, false",
    "::ffff:10.1.2.3, true",
    "2001:db8::1, true",
    "2001:db9::1, false",
    "unix, false"
  })
  void an_address_is_allowed_by_the_block_that_it_is_in(String address, boolean allowed) {
    AllowedAddresses addresses =
        AllowedAddresses.of(List.of("10.0.0.0/8", "192.0.2.7", "2001:db8::/32"));
    assertThat(addresses.allow(address)).isEqualTo(allowed);
    assertThat(AllowedAddresses.ALL.allow(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10.0.0.1/8", "10.0.0.0/33", "localhost", "10.0.0", "::/129", "*"})
  void what_is_no_block_is_refused_by_its_place(String block) {
    assertThatThrownBy(() -> AllowedAddresses.of(List.of("::1", block)))
        .hasMessageStartingWith("addresses[1]: ")
        .hasMessageContaining("(expected: an address or a block such as 10.0.0.0/8");
  }

  @Test
  void rates_and_groups_are_within_bounds() {
    refused(ErrorCode.INVALID_REQUEST, () -> KeyRates.requests(OptionalInt.of(0)));
    refused(ErrorCode.INVALID_REQUEST, () -> KeyRates.requests(OptionalInt.of(1_000_001)));
    refused(ErrorCode.INVALID_REQUEST, () -> rates(1, 0, 1));
    refused(ErrorCode.INVALID_REQUEST, () -> rates(1, 1, 0));
    for (Set<String> groups : List.<Set<String>>of(Set.of(), Set.of(""), Set.of("a b"))) {
      refused(ErrorCode.INVALID_REQUEST, () -> grouped(groups));
    }
    assertThat(grouped(Set.of("b", "a")).sortedGroups()).containsExactly("a", "b");
  }

  @Test
  void rates_are_within_others_when_none_of_them_is_higher() {
    assertThat(rates(5, 5, 5).within(rates(5, 6, 7))).isTrue();
    assertThat(rates(5, 7, 5).within(rates(5, 6, 7))).isFalse();
    assertThat(rates(5, 5, 5).within(KeyRates.NONE)).isTrue();
    assertThat(KeyRates.NONE.within(rates(5, 5, 5))).isFalse();
  }

  private static KeyTerms grouped(Set<String> groups) {
    return new KeyTerms(
        "key", Optional.empty(), AllowedModels.ALL, AllowedAddresses.ALL, KeyRates.NONE, groups);
  }

  private static KeyRates rates(int requests, long tokens, int concurrent) {
    return new KeyRates(
        OptionalInt.of(requests), OptionalLong.of(tokens), OptionalInt.of(concurrent));
  }
}
