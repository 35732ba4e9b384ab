package io.tollgate.billing.internal.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.KindPrices;
import io.tollgate.billing.TierPrice;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Asset;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ListQuoteTest {
  private static final long MAX = TokenUsage.MAX_TOKENS;
  private static final long MAX_PRICE = KindPrices.MAX_PER_MILLION_TOKENS;

  @Test
  void each_kind_of_token_has_its_own_price() {
    ListQuote quote = quote(text(1_000_000, 100_000, 1_250_000, 4_000_000, 5_000_000));
    // 60 plain, 30 read, 10 written; 15 answered, 5 thought
    assertThat(quote.price(new TokenUsage(100, 30, 10, 20, 5), 0))
        .isEqualTo((60 * 1_000 + 30 * 100 + 10 * 1_250 + 15 * 4_000 + 5 * 5_000) / 1_000);
  }

  @Test
  void a_quota_that_covers_half_halves_the_price() {
    ListQuote quote = quote(price(150_000_000, 600_000_000));
    TokenUsage usage = TokenUsage.of(1000, 1000);
    assertThat(quote.price(usage, 0)).isEqualTo(750_000);
    assertThat(quote.price(usage, 1000)).isEqualTo(375_000);
    assertThat(quote.price(usage, 1999)).isEqualTo(375);
    assertThat(quote.price(usage, 2000)).isZero();
  }

  @Test
  void a_tie_goes_to_the_even_nano_and_an_estimate_up() {
    ListQuote quote = quote(price(500_000, 500_000));
    assertThat(quote.price(TokenUsage.of(1, 0), 0)).isZero();
    assertThat(quote.price(TokenUsage.of(3, 0), 0)).isEqualTo(2);
    assertThat(quote.price(TokenUsage.of(5, 0), 0)).isEqualTo(2);
    assertThat(quote.estimate(TokenUsage.of(1, 0), 0)).isEqualTo(1);
    assertThat(quote.estimate(TokenUsage.of(2, 0), 0)).isEqualTo(1);
  }

  @Test
  void nothing_used_costs_nothing() {
    ListQuote quote = quote(price(MAX_PRICE, MAX_PRICE));
    assertThat(quote.price(TokenUsage.NONE, 0)).isZero();
    assertThat(quote.estimate(TokenUsage.NONE, 0)).isZero();
  }

  @Test
  void the_most_tokens_at_the_highest_price_still_fit() {
    ListQuote quote = quote(price(MAX_PRICE, MAX_PRICE));
    assertThat(quote.price(TokenUsage.of(MAX, MAX), 0)).isEqualTo(2_000_000_000_000_000_000L);
  }

  @Test
  void more_covered_than_used_is_refused() {
    ListQuote quote = quote(price(1, 1));
    assertThatThrownBy(() -> quote.price(TokenUsage.of(1, 1), 3))
        .hasMessage("covered tokens: 3 (expected: 0 to 2)");
    assertThatThrownBy(() -> quote.estimate(TokenUsage.of(1, 1), -1))
        .hasMessage("covered tokens: -1 (expected: 0 to 2)");
  }

  @Test
  void every_charge_is_what_exact_decimals_say() {
    long seed = 20_261_121L;
    SplittableRandom random = new SplittableRandom(seed);
    for (int run = 0; run < 50_000; run++) {
      KindPrices price =
          text(
              within(random, MAX_PRICE),
              within(random, MAX_PRICE),
              within(random, MAX_PRICE),
              within(random, MAX_PRICE),
              within(random, MAX_PRICE));
      long input = within(random, MAX);
      long cached = within(random, input);
      long cacheWrite = within(random, input - cached);
      long output = within(random, MAX);
      TokenUsage usage = new TokenUsage(input, cached, cacheWrite, output, within(random, output));
      long covered = within(random, usage.total());
      String which =
          "seed %d, run %d: %s %s covered %d".formatted(seed, run, price, usage, covered);
      ListQuote quote = quote(price);
      assertThat(quote.price(usage, covered))
          .as(which)
          .isEqualTo(expected(price, usage, covered, RoundingMode.HALF_EVEN));
      assertThat(quote.estimate(usage, covered))
          .as(which)
          .isEqualTo(expected(price, usage, covered, RoundingMode.CEILING));
    }
  }

  private static long expected(
      KindPrices price, TokenUsage usage, long covered, RoundingMode rounding) {
    if (usage.total() == 0) {
      return 0;
    }
    BigInteger full =
        times(
                usage.input() - usage.cached() - usage.cacheWrite(),
                price.perMillion(UsageKind.TEXT_INPUT))
            .add(times(usage.cached(), price.perMillion(UsageKind.CACHE_READ)))
            .add(times(usage.cacheWrite(), price.perMillion(UsageKind.CACHE_WRITE)))
            .add(times(usage.output() - usage.reasoning(), price.perMillion(UsageKind.TEXT_OUTPUT)))
            .add(times(usage.reasoning(), price.perMillion(UsageKind.REASONING)));
    return new BigDecimal(full.multiply(BigInteger.valueOf(usage.total() - covered)))
        .divide(
            BigDecimal.valueOf(usage.total()).multiply(BigDecimal.valueOf(1_000_000)), 0, rounding)
        .longValueExact();
  }

  private static BigInteger times(long left, long right) {
    return BigInteger.valueOf(left).multiply(BigInteger.valueOf(right));
  }

  /** Extremes often, else any size evenly by its number of bits. */
  private static long within(SplittableRandom random, long most) {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> most;
      case 2 -> Math.min(1, most);
      default -> Math.min(most, random.nextLong() >>> random.nextInt(1, 64));
    };
  }

  private static KindPrices price(long input, long output) {
    return KindPrices.of(input, output);
  }

  private static KindPrices text(
      long input, long cacheRead, long cacheWrite, long output, long reasoning) {
    return KindPrices.builder()
        .set(UsageKind.TEXT_INPUT, input)
        .set(UsageKind.CACHE_READ, cacheRead)
        .set(UsageKind.CACHE_WRITE, cacheWrite)
        .set(UsageKind.TEXT_OUTPUT, output)
        .set(UsageKind.REASONING, reasoning)
        .build();
  }

  private static ListQuote quote(KindPrices price) {
    return new ListQuote(
        new QuoteTerms(
            "list", "m", Asset.money("USD"), ServiceTier.STANDARD, new TierPrice(price)));
  }
}
