package io.tollgate.billing.internal.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.ChargedPart;
import io.tollgate.billing.KindPrices;
import io.tollgate.billing.LongContextPrice;
import io.tollgate.billing.TierPrice;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Asset;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteVersionTest {
  private static final Asset USD = Asset.money("USD");
  private static final KindPrices PRICES =
      KindPrices.builder()
          .set(UsageKind.TEXT_INPUT, 150_000_000)
          .set(UsageKind.TEXT_OUTPUT, 1)
          .set(UsageKind.CACHE_WRITE_1H, 0)
          .set(UsageKind.IMAGES, 10_000_000_000_000_000L)
          .build();

  @Test
  void a_quote_is_found_again_by_its_version_alone() {
    QuoteTerms terms = terms(ServiceTier.STANDARD, "maker/model:free", new TierPrice(PRICES));
    String version = new ListQuote(terms).version();
    assertThat(version)
        .isEqualTo(
            "v2:USD:1:standard:input=0.15,output=0.000000001,cache_write_1h=0,images=10000000:-:"
                + "list-1:maker/model:free");
    assertThat(QuoteVersion.read(version)).isEqualTo(terms);
  }

  @Test
  void so_is_one_of_another_tier_with_a_price_for_long_inputs() {
    LongContextPrice longer =
        new LongContextPrice(200_000, KindPrices.of(7_000_000_000L, 8_500_000_000L));
    QuoteTerms terms =
        terms(
            ServiceTier.PRIORITY,
            "m",
            new TierPrice(KindPrices.of(1_000_000_000L, 2_000_000_000L), Optional.of(longer)));
    String version = new ListQuote(terms).version();
    assertThat(version)
        .isEqualTo("v2:USD:1:priority:input=1,output=2:200000,input=7,output=8.5:list-1:m");
    assertThat(QuoteVersion.read(version)).isEqualTo(terms);
  }

  @Test
  void a_part_of_a_price_stands_in_the_version_and_in_nothing_else() {
    QuoteTerms whole = terms(ServiceTier.STANDARD, "m", new TierPrice(PRICES));
    ChargedPart half = ChargedPart.cacheHit(new BigDecimal("0.50"));
    String version = half.of(new ListQuote(whole)).version();
    assertThat(version).startsWith("v4:USD:1*1*hit=0.5:standard:input=0.15,");
    assertThat(QuoteVersion.read(version)).isEqualTo(whole.inPart(half));
    assertThat(ChargedPart.in(version)).contains(half);
    assertThat(ChargedPart.in(new ListQuote(whole).version())).isEmpty();
    assertThat(version.length() - new ListQuote(whole).version().length())
        .isLessThanOrEqualTo(ChargedPart.ROOM_IN_VERSION);
    String longest = ChargedPart.refused().of(new ListQuote(whole)).version();
    assertThat(longest).contains(":1*1*refused=0:");
  }

  @Test
  void versions_of_the_first_form_are_read() {
    KindPrices usual = first(1, 2, 3, 4, 5);
    assertThat(QuoteVersion.read("v1:USD:1:1,2,3,4,5:-:list-1:a:b"))
        .isEqualTo(terms(ServiceTier.STANDARD, "a:b", new TierPrice(usual)));
    LongContextPrice longer = new LongContextPrice(200_000, first(6, 7, 8, 9, 10));
    assertThat(QuoteVersion.read("v1:USD:1:1,2,3,4,5:200000,6,7,8,9,10:list-1:m"))
        .isEqualTo(terms(ServiceTier.STANDARD, "m", new TierPrice(usual, Optional.of(longer))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1",
        "v2",
        "list-1/m/1",
        "v3:USD:1:standard:input=1,output=2:-:l:m",
        "v4:USD:1*1:standard:input=1,output=2:-:l:m",
        "v4:USD:1*hit=1:standard:input=1,output=2:-:l:m",
        "v4:USD:1*1*hit=2:standard:input=1,output=2:-:l:m",
        "v4:USD:1*1*hit=0.00001:standard:input=1,output=2:-:l:m",
        "v4:USD:1*1*gift=0.5:standard:input=1,output=2:-:l:m",
        "v3:USD:1*1*hit=0.5:standard:input=1,output=2:-:l:m",
        "v2:USD:2:standard:input=1,output=2:-:l:m",
        "v2:USD:1:standard:input=1:-:l:m",
        "v2:USD:1:standard:input=1,output=2,input=1:-:l:m",
        "v2:USD:1:standard:input=1,output=2,smell=1:-:l:m",
        "v2:USD:1:standard:input=1,output=x:-:l:m",
        "v2:USD:1:standard:input=1,output=-2:-:l:m",
        "v2:USD:1:standard:input=1,output=2.0000000001:-:l:m",
        "v2:USD:1:standard:input=1,output=1e40:-:l:m",
        "v2:USD:1:Standard:input=1,output=2:-:l:m",
        "v2:USD:1:standard:input=1,output=2:7:l:m",
        "v2:U D:1:standard:input=1,output=2:-:l:m",
        "v1:USD:2:1,2,3,4,5:-:l:m",
        "v1:USD:1:1,2,3,4:-:l:m",
        "v1:USD:1:1,2,3,4,x:-:l:m",
        "v1:USD:1:1,2,3,4,5:7:l:m",
        "v1:USD:1:1,2,3,4,-5:-:l:m",
        "v1:U D:1:1,2,3,4,5:-:l:m"
      })
  void what_is_no_version_is_refused(String text) {
    assertThatThrownBy(() -> QuoteVersion.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static QuoteTerms terms(ServiceTier tier, String model, TierPrice price) {
    return new QuoteTerms("list-1", model, USD, tier, price);
  }

  private static KindPrices first(
      long input, long cacheRead, long cacheWrite, long output, long reasoning) {
    return KindPrices.builder()
        .set(UsageKind.TEXT_INPUT, input)
        .set(UsageKind.CACHE_READ, cacheRead)
        .set(UsageKind.CACHE_WRITE, cacheWrite)
        .set(UsageKind.TEXT_OUTPUT, output)
        .set(UsageKind.REASONING, reasoning)
        .build();
  }
}
