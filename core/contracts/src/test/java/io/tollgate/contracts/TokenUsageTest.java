package io.tollgate.contracts;

import static io.tollgate.contracts.TokenUsage.MAX_OTHER_UNITS;
import static io.tollgate.contracts.TokenUsage.MAX_TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenUsageTest {
  @Test
  void totals_of_text_are_split_into_kinds_that_do_not_overlap() {
    TokenUsage usage = new TokenUsage(100, 30, 10, 20, 5);
    assertThat(usage.count(UsageKind.TEXT_INPUT)).isEqualTo(60);
    assertThat(usage.count(UsageKind.CACHE_READ)).isEqualTo(30);
    assertThat(usage.count(UsageKind.CACHE_WRITE)).isEqualTo(10);
    assertThat(usage.count(UsageKind.TEXT_OUTPUT)).isEqualTo(15);
    assertThat(usage.count(UsageKind.REASONING)).isEqualTo(5);
    assertThat(usage.input()).isEqualTo(100);
    assertThat(usage.cached()).isEqualTo(30);
    assertThat(usage.cacheWrite()).isEqualTo(10);
    assertThat(usage.output()).isEqualTo(20);
    assertThat(usage.reasoning()).isEqualTo(5);
    assertThat(usage.total()).isEqualTo(120);
    assertThat(usage)
        .hasToString("TokenUsage[input=60, output=15, cache_read=30, reasoning=5, cache_write=10]");
  }

  @Test
  void totals_are_the_sums_of_kinds_whatever_they_are() {
    SplittableRandom random = new SplittableRandom(20_261_129L);
    for (int run = 0; run < 2_000; run++) {
      Map<UsageKind, Long> counts = new EnumMap<>(UsageKind.class);
      TokenUsage.Builder builder = TokenUsage.builder();
      for (UsageKind kind : UsageKind.all()) {
        long count = random.nextBoolean() ? 0 : random.nextLong(1_000_000);
        counts.put(kind, count);
        builder.add(kind, count / 2).add(kind, count - count / 2);
      }
      TokenUsage usage = builder.build();
      counts.forEach((kind, count) -> assertThat(usage.count(kind)).isEqualTo(count));
      long tokens = sum(counts, UsageUnit.TOKEN);
      assertThat(usage.total()).isEqualTo(tokens).isEqualTo(usage.input() + usage.output());
      assertThat(usage.otherUnits())
          .isEqualTo(counts.values().stream().mapToLong(Long::longValue).sum() - tokens);
      assertThat(usage.kinds())
          .isEqualTo((int) counts.values().stream().filter(count -> count != 0).count());
      TokenUsage.Builder again = TokenUsage.builder();
      usage.forEach(again::add);
      assertThat(again.build()).isEqualTo(usage).hasSameHashCodeAs(usage);
    }
  }

  @Test
  void one_usage_is_equal_however_it_was_made() {
    assertThat(
            TokenUsage.builder()
                .add(UsageKind.TEXT_INPUT, 3)
                .add(UsageKind.TEXT_OUTPUT, 4)
                .add(UsageKind.SEARCH_UNITS, 0)
                .build())
        .isEqualTo(TokenUsage.of(3, 4))
        .isNotEqualTo(TokenUsage.of(4, 3));
    assertThat(TokenUsage.of(0, 0)).isEqualTo(TokenUsage.NONE);
    assertThat(TokenUsage.builder().build()).isEqualTo(TokenUsage.NONE);
  }

  @Test
  void both_lifetimes_of_a_cache_write_are_one_total() {
    TokenUsage usage =
        TokenUsage.builder()
            .add(UsageKind.CACHE_WRITE, 7)
            .add(UsageKind.CACHE_WRITE_1H, 5)
            .add(UsageKind.AUDIO_CACHE_READ, 2)
            .build();
    assertThat(usage.cacheWrite()).isEqualTo(12);
    assertThat(usage.cached()).isEqualTo(2);
    assertThat(usage.input()).isEqualTo(14);
  }

  @Test
  void what_is_no_token_is_in_no_total_of_tokens() {
    TokenUsage usage =
        TokenUsage.builder()
            .add(UsageKind.SECONDS, 60)
            .add(UsageKind.CHARACTERS, 100)
            .add(UsageKind.IMAGES, 2)
            .add(UsageKind.SEARCH_UNITS, 3)
            .build();
    assertThat(usage.total()).isZero();
    assertThat(usage.input()).isZero();
    assertThat(usage.output()).isZero();
    assertThat(usage.otherUnits()).isEqualTo(165);
  }

  @Test
  void the_most_that_a_request_can_have_is_a_usage_and_one_more_is_none() {
    TokenUsage most =
        TokenUsage.builder()
            .add(UsageKind.TEXT_INPUT, MAX_TOKENS - 1)
            .add(UsageKind.AUDIO_INPUT, 1)
            .add(UsageKind.REASONING, MAX_TOKENS)
            .add(UsageKind.IMAGES, MAX_OTHER_UNITS)
            .build();
    assertThat(most.total()).isEqualTo(2 * MAX_TOKENS);
    assertThatThrownBy(
            () ->
                TokenUsage.builder()
                    .add(UsageKind.TEXT_INPUT, MAX_TOKENS)
                    .add(UsageKind.CACHE_READ, 1)
                    .build())
        .hasMessage("input tokens: 1000000001 (expected: 0 to 1000000000)");
    assertThatThrownBy(
            () ->
                TokenUsage.builder()
                    .add(UsageKind.IMAGE_OUTPUT, MAX_TOKENS)
                    .add(UsageKind.TEXT_OUTPUT, 1)
                    .build())
        .hasMessage("output tokens: 1000000001 (expected: 0 to 1000000000)");
    assertThatThrownBy(
            () ->
                TokenUsage.builder()
                    .add(UsageKind.IMAGES, MAX_OTHER_UNITS)
                    .add(UsageKind.SECONDS, 1)
                    .build())
        .hasMessage("units other than tokens: 100000001 (expected: 0 to 100000000)");
    assertThatThrownBy(() -> TokenUsage.builder().add(UsageKind.SECONDS, -1))
        .hasMessage("seconds: -1 (expected: 0 to 1000000000)");
    assertThatThrownBy(() -> TokenUsage.builder().add(UsageKind.REASONING, Long.MAX_VALUE))
        .hasMessage("reasoning: 9223372036854775807 (expected: 0 to 1000000000)");
  }

  @Test
  void parts_beyond_their_total_are_refused() {
    assertThatThrownBy(() -> new TokenUsage(10, 7, 4, 0, 0))
        .hasMessage("cache write tokens: 4 (expected: 0 to 3)");
    assertThatThrownBy(() -> new TokenUsage(10, 11, 0, 0, 0))
        .hasMessage("cached tokens: 11 (expected: 0 to 10)");
    assertThatThrownBy(() -> new TokenUsage(0, 0, 0, 1, 2))
        .hasMessage("reasoning tokens: 2 (expected: 0 to 1)");
    assertThatThrownBy(() -> TokenUsage.of(-1, 0))
        .hasMessage("input tokens: -1 (expected: 0 to 1000000000)");
  }

  private static long sum(Map<UsageKind, Long> counts, UsageUnit unit) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().unit() == unit)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
