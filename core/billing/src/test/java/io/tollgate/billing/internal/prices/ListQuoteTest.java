package io.tollgate.billing.internal.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.ChargedPart;
import io.tollgate.billing.KindPrices;
import io.tollgate.billing.TierPrice;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.contracts.UsageUnit;
import io.tollgate.ground.Asset;
import io.tollgate.metering.PriceQuote;
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

  /** A third of the tokens, rounded up, and of the price: exact, rounded once. */
  @Test
  void a_part_is_charged_of_the_price_and_of_the_tokens_that_a_quota_pays() {
    ListQuote whole = quote(price(150_000_000, 600_000_000));
    PriceQuote part = ChargedPart.cacheHit(new BigDecimal("0.3333")).of(whole);
    TokenUsage usage = TokenUsage.of(1000, 1000);
    assertThat(part.price(usage, 0)).isEqualTo(249_975);
    assertThat(part.payableTokens(usage)).isEqualTo(667);
    assertThat(part.price(usage, 667)).isZero();
    // 249,975 × 1 / 667 = 374.78
    assertThat(part.price(usage, 666)).isEqualTo(375);
    assertThatThrownBy(() -> part.price(usage, 668)).isInstanceOf(IllegalArgumentException.class);
    PriceQuote free = ChargedPart.refused().of(whole);
    assertThat(free.price(usage, 0)).isZero();
    assertThat(free.payableTokens(usage)).isZero();
    PriceQuote all = ChargedPart.cacheHit(BigDecimal.ONE).of(whole);
    assertThat(all.price(usage, 500)).isEqualTo(whole.price(usage, 500));
    PriceQuote little = ChargedPart.cacheHit(new BigDecimal("0.0001")).of(whole);
    assertThat(little.payableTokens(TokenUsage.of(1, 0))).isEqualTo(1);
    assertThat(little.price(TokenUsage.of(1, 0), 0)).isZero();
    assertThat(little.estimate(TokenUsage.of(1, 0), 0)).isEqualTo(1);
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

  /** 400 + 600 tokens at 0.15 and 0.6 USD per million, two images at 0.04, 30 seconds at 0.0001. */
  @Test
  void a_quota_covers_tokens_and_never_what_is_counted_otherwise() {
    ListQuote quote =
        quote(
            KindPrices.builder()
                .set(UsageKind.TEXT_INPUT, 150_000_000)
                .set(UsageKind.TEXT_OUTPUT, 600_000_000)
                .set(UsageKind.IMAGES, 40_000_000_000_000L)
                .set(UsageKind.SECONDS, 100_000_000_000L)
                .build());
    TokenUsage usage =
        TokenUsage.builder()
            .add(UsageKind.TEXT_INPUT, 400)
            .add(UsageKind.TEXT_OUTPUT, 600)
            .add(UsageKind.IMAGES, 2)
            .add(UsageKind.SECONDS, 30)
            .build();
    long others = 80_000_000 + 3_000_000;
    assertThat(quote.price(usage, 0)).isEqualTo(60_000 + 360_000 + others);
    assertThat(quote.price(usage, 500)).isEqualTo(210_000 + others);
    assertThat(quote.price(usage, 999)).isEqualTo(420 + others);
    assertThat(quote.price(usage, 1_000)).isEqualTo(others);
    assertThat(quote.estimate(usage, 1_000)).isEqualTo(others);
  }

  @Test
  void what_has_no_tokens_at_all_costs_its_full_price() {
    ListQuote quote =
        quote(
            KindPrices.builder()
                .set(UsageKind.TEXT_INPUT, 0)
                .set(UsageKind.TEXT_OUTPUT, 0)
                .set(UsageKind.SEARCH_UNITS, 2_500_000)
                .build());
    assertThat(quote.price(units(UsageKind.SEARCH_UNITS, 1), 0)).isEqualTo(2);
    assertThat(quote.price(units(UsageKind.SEARCH_UNITS, 3), 0)).isEqualTo(8);
    assertThat(quote.estimate(units(UsageKind.SEARCH_UNITS, 1), 0)).isEqualTo(3);
    assertThat(quote.price(units(UsageKind.IMAGES, 5), 0)).as("no price").isZero();
  }

  @Test
  void what_has_no_price_is_named_and_what_is_free_in_words_is_not() {
    ListQuote quote =
        quote(
            KindPrices.builder()
                .set(UsageKind.TEXT_INPUT, 0)
                .set(UsageKind.TEXT_OUTPUT, 0)
                .set(UsageKind.IMAGES, 0)
                .build());
    TokenUsage.Builder all = TokenUsage.builder();
    UsageKind.all().forEach(kind -> all.add(kind, 1));
    assertThat(quote.withoutPrice(TokenUsage.NONE)).isEmpty();
    assertThat(quote.withoutPrice(all.build()))
        .containsExactlyElementsOf(
            UsageKind.all().stream()
                .filter(kind -> kind.unit() != UsageUnit.TOKEN && kind != UsageKind.IMAGES)
                .toList());
  }

  @Test
  void a_kind_of_token_without_a_price_costs_what_it_falls_back_to() {
    ListQuote quote =
        quote(
            KindPrices.builder()
                .set(UsageKind.TEXT_INPUT, 1_000_000)
                .set(UsageKind.CACHE_READ, 100_000)
                .set(UsageKind.CACHE_WRITE, 1_250_000)
                .set(UsageKind.TEXT_OUTPUT, 4_000_000)
                .build());
    assertThat(quote.price(units(UsageKind.CACHE_WRITE_1H, 1_000), 0)).isEqualTo(1_250);
    assertThat(quote.price(units(UsageKind.AUDIO_CACHE_READ, 1_000), 0)).isEqualTo(100);
    assertThat(quote.price(units(UsageKind.IMAGE_INPUT, 1_000), 0)).isEqualTo(1_000);
    assertThat(quote.price(units(UsageKind.AUDIO_OUTPUT, 1_000), 0)).isEqualTo(4_000);
    assertThat(quote.price(units(UsageKind.REASONING, 1_000), 0)).isEqualTo(4_000);
  }

  @Test
  void the_most_of_everything_at_the_highest_price_still_fits() {
    KindPrices.Builder prices = KindPrices.builder();
    UsageKind.all().forEach(kind -> prices.set(kind, KindPrices.max(kind)));
    ListQuote quote = quote(prices.build());
    TokenUsage usage =
        TokenUsage.builder()
            .add(UsageKind.TEXT_INPUT, MAX)
            .add(UsageKind.TEXT_OUTPUT, MAX)
            .add(UsageKind.IMAGES, TokenUsage.MAX_OTHER_UNITS)
            .build();
    assertThat(quote.price(usage, 0)).isEqualTo(3_000_000_000_000_000_000L);
    assertThat(quote.price(usage, 2 * MAX)).isEqualTo(1_000_000_000_000_000_000L);
  }

  /** Any kinds, also those that are not thought of yet: against exact decimals. */
  @Test
  void every_charge_of_any_kinds_is_what_exact_decimals_say() {
    long seed = 20_261_129L;
    SplittableRandom random = new SplittableRandom(seed);
    for (int run = 0; run < 20_000; run++) {
      KindPrices.Builder builder = KindPrices.builder();
      TokenUsage.Builder used = TokenUsage.builder();
      int kinds = UsageKind.all().size();
      for (UsageKind kind : UsageKind.all()) {
        boolean always = kind == UsageKind.TEXT_INPUT || kind == UsageKind.TEXT_OUTPUT;
        if (always || random.nextBoolean()) {
          builder.set(kind, within(random, KindPrices.max(kind)));
        }
        if (random.nextBoolean()) {
          long max = kind.unit().coveredByQuota() ? MAX : TokenUsage.MAX_OTHER_UNITS;
          used.add(kind, within(random, max / kinds));
        }
      }
      KindPrices prices = builder.build();
      TokenUsage usage = used.build();
      long covered = within(random, usage.total());
      String which =
          "seed %d, run %d: %s %s covered %d".formatted(seed, run, prices, usage, covered);
      assertThat(quote(prices).price(usage, covered))
          .as(which)
          .isEqualTo(exact(prices, usage, covered, RoundingMode.HALF_EVEN));
      assertThat(quote(prices).estimate(usage, covered))
          .as(which)
          .isEqualTo(exact(prices, usage, covered, RoundingMode.CEILING));
      assertThat(QuoteVersion.read(quote(prices).version()).price().usual())
          .as(which)
          .isEqualTo(prices);
    }
  }

  private static long exact(
      KindPrices prices, TokenUsage usage, long covered, RoundingMode rounding) {
    BigInteger tokens = BigInteger.ZERO;
    BigInteger others = BigInteger.ZERO;
    for (UsageKind kind : UsageKind.all()) {
      UsageKind priced = kind;
      while (!prices.has(priced) && priced.fallback().isPresent()) {
        priced = priced.fallback().orElseThrow();
      }
      BigInteger cost = times(usage.count(kind), prices.perMillion(priced));
      if (kind.unit().coveredByQuota()) {
        tokens = tokens.add(cost);
      } else {
        others = others.add(cost);
      }
    }
    BigInteger total = BigInteger.valueOf(Math.max(1, usage.total()));
    return new BigDecimal(
            tokens
                .multiply(BigInteger.valueOf(usage.total() - covered))
                .add(others.multiply(total)))
        .divide(new BigDecimal(total.multiply(BigInteger.valueOf(1_000_000))), 0, rounding)
        .longValueExact();
  }

  private static TokenUsage units(UsageKind kind, long count) {
    return TokenUsage.builder().add(kind, count).build();
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
