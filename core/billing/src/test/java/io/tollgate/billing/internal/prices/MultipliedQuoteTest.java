package io.tollgate.billing.internal.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.KindPrices;
import io.tollgate.billing.PriceMultipliers;
import io.tollgate.billing.TierPrice;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Asset;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Prices multiplied for one caller. */
class MultipliedQuoteTest {
  private static final Asset USD = Asset.money("USD");

  @Test
  void a_discount_and_a_surcharge_multiply_before_the_one_rounding() {
    ListQuote quote = quote(KindPrices.of(150_000_000, 600_000_000), "1.2", "0.95");
    // 750,000 nano at list price, times 1.14
    assertThat(quote.price(TokenUsage.of(1_000, 1_000), 0)).isEqualTo(855_000);
    assertThat(quote.version()).isEqualTo("v3:USD:1.2*0.95:standard:input=0.15,output=0.6:-:l:m");
    // one token of input: 150 nano, times 1.14 is 171
    assertThat(quote.price(TokenUsage.of(1, 0), 0)).isEqualTo(171);
    assertThat(quote(KindPrices.of(150_000_000, 0), "1.01", "1").price(TokenUsage.of(1, 0), 0))
        .as("151.5, a tie to the even one")
        .isEqualTo(152);
    assertThat(quote(KindPrices.of(150_000_000, 0), "1.01", "1").estimate(TokenUsage.of(1, 0), 0))
        .isEqualTo(152);
  }

  @Test
  void nothing_is_charged_at_zero() {
    ListQuote quote = quote(KindPrices.of(150_000_000, 600_000_000), "0", "3");
    assertThat(quote.price(TokenUsage.of(1_000, 1_000), 0)).isZero();
    assertThat(quote.estimate(TokenUsage.of(1_000, 1_000), 0)).isZero();
  }

  @Test
  void every_price_equals_the_exact_fraction_and_its_version_gives_it_again() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      KindPrices prices =
          KindPrices.builder()
              .set(UsageKind.TEXT_INPUT, random.nextLong(1_000_000_000_000L))
              .set(UsageKind.TEXT_OUTPUT, random.nextLong(1_000_000_000_000L))
              .set(UsageKind.IMAGES, random.nextLong(1_000_000_000_000L))
              .build();
      BigDecimal tenant = BigDecimal.valueOf(random.nextInt(100_001), 4);
      BigDecimal user = BigDecimal.valueOf(random.nextInt(100_001), 4);
      ListQuote quote = quote(prices, tenant.toPlainString(), user.toPlainString());
      TokenUsage usage =
          TokenUsage.builder()
              .add(UsageKind.TEXT_INPUT, random.nextInt(1_000_000))
              .add(UsageKind.TEXT_OUTPUT, 1 + random.nextInt(1_000_000))
              .add(UsageKind.IMAGES, random.nextInt(10))
              .build();
      long covered = random.nextLong(usage.total() + 1);
      BigDecimal tokens =
          BigDecimal.valueOf(usage.input() * prices.perMillion(UsageKind.TEXT_INPUT))
              .add(
                  BigDecimal.valueOf(usage.output())
                      .multiply(BigDecimal.valueOf(prices.perMillion(UsageKind.TEXT_OUTPUT))));
      BigDecimal others =
          BigDecimal.valueOf(usage.count(UsageKind.IMAGES) * prices.perMillion(UsageKind.IMAGES));
      BigDecimal exact =
          tokens
              .multiply(BigDecimal.valueOf(usage.total() - covered))
              .add(others.multiply(BigDecimal.valueOf(usage.total())))
              .multiply(tenant)
              .multiply(user)
              .divide(BigDecimal.valueOf(usage.total() * 1_000_000L), 0, RoundingMode.HALF_EVEN);
      assertThat(quote.price(usage, covered))
          .as("seed %d, round %d", seed, i)
          .isEqualTo(exact.longValueExact());
      assertThat(new ListQuote(QuoteVersion.read(quote.version())).price(usage, covered))
          .as("seed %d, round %d", seed, i)
          .isEqualTo(quote.price(usage, covered));
    }
  }

  @Test
  void a_price_that_leaves_its_bounds_is_refused_when_the_quote_is_made() {
    KindPrices highest = KindPrices.of(1, KindPrices.MAX_PER_MILLION_TOKENS);
    assertThatThrownBy(() -> quote(highest, "1.0001", "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("output of m times 1.0001*1 (expected: at most 1000000000000000");
    long most = quote(highest, "0.5", "2").price(TokenUsage.of(0, TokenUsage.MAX_TOKENS), 0);
    assertThat(most).isEqualTo(1_000_000_000_000_000_000L);
  }

  private static ListQuote quote(KindPrices prices, String tenant, String user) {
    return new ListQuote(
        new QuoteTerms(
            "l",
            "m",
            USD,
            new PriceMultipliers(new BigDecimal(tenant), new BigDecimal(user)),
            ServiceTier.STANDARD,
            new TierPrice(prices)));
  }
}
