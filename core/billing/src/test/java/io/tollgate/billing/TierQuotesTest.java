package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.PriceQuote;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The tier that a request asks for, and the one that serves it. */
class TierQuotesTest {
  private static final TokenUsage THOUSAND_EACH = TokenUsage.of(1_000, 1_000);
  private final PriceTable prices = PriceTable.shipped();

  @Test
  void each_tier_of_gpt_5_has_the_price_of_its_maker() {
    TierQuotes quotes = quotes("gpt-5");
    assertThat(quotes.standard().price(THOUSAND_EACH, 0)).isEqualTo(11_250_000);
    assertThat(asked(quotes, "default")).isEqualTo(11_250_000);
    assertThat(asked(quotes, "auto")).isEqualTo(11_250_000);
    assertThat(asked(quotes, "flex")).isEqualTo(5_625_000);
    assertThat(asked(quotes, "priority")).isEqualTo(22_500_000);
    assertThat(asked(quotes, "batch")).isEqualTo(5_625_000);
  }

  @Test
  void a_tier_without_a_price_is_refused_with_the_field_and_what_is_expected() {
    assertThatThrownBy(() -> quotes("gpt-5").asked("service_tier", ServiceTier.of("scale")))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
        .hasMessage(
            "service_tier: scale (expected: batch, fast, flex, priority, the usual tier; gpt-5 has no"
                + " price for another)");
    assertThatThrownBy(() -> quotes("kimi-k2.6").asked("service_tier", ServiceTier.PRIORITY))
        .hasMessage(
            "service_tier: priority (expected: the usual tier; kimi-k2.6 has no price for another)");
  }

  @Test
  void the_tier_that_served_decides_whatever_was_asked_for() {
    TierQuotes quotes = quotes("gpt-5");
    assertThat(served(quotes, ServiceTier.PRIORITY, "default")).isEqualTo(11_250_000);
    assertThat(served(quotes, ServiceTier.STANDARD, "priority")).isEqualTo(22_500_000);
    assertThat(quotes.served(ServiceTier.FLEX, Optional.empty()).price(THOUSAND_EACH, 0))
        .as("an answer that names none")
        .isEqualTo(5_625_000);
    assertThat(prices.servedWithoutPrice()).isZero();
  }

  @Test
  void a_tier_served_unasked_without_a_price_costs_the_standard_one_and_is_counted() {
    TierQuotes quotes = quotes("gpt-5");
    assertThat(served(quotes, ServiceTier.STANDARD, "scale")).isEqualTo(11_250_000);
    assertThat(served(quotes, ServiceTier.FLEX, "\u0000")).isEqualTo(11_250_000);
    assertThat(prices.servedWithoutPrice()).isEqualTo(2);
  }

  @Test
  void the_version_names_the_tier_and_gives_its_price_again() {
    PriceQuote priority = quotes("gpt-5.6").asked("service_tier", ServiceTier.PRIORITY);
    assertThat(priority.version())
        .matches(
            "v2:USD:1:priority:input=8,output=40,cache_read=0\\.8,cache_write=10,"
                + "web_searches=10000,file_searches=2500,code_sessions=30000:"
                + "272000,input=16,output=60,cache_read=1\\.6,cache_write=20,"
                + "web_searches=10000,file_searches=2500,code_sessions=30000:.*:gpt-5\\.6");
    TokenUsage usage = new TokenUsage(300_000, 1_000, 2_000, 10, 5);
    assertThat(prices.byVersion(priority.version()).price(usage, 7))
        .isEqualTo(priority.price(usage, 7));
  }

  private long asked(TierQuotes quotes, String tier) {
    return quotes.asked("service_tier", ServiceTier.of(tier)).price(THOUSAND_EACH, 0);
  }

  private static long served(TierQuotes quotes, ServiceTier asked, String tier) {
    return quotes.served(asked, Optional.of(ServiceTier.of(tier))).price(THOUSAND_EACH, 0);
  }

  private TierQuotes quotes(String model) {
    return prices.quotes(
        prices.find(model).orElseThrow(),
        new TenantId(1),
        new UserId(1),
        Asset.money("USD"),
        Instant.EPOCH);
  }
}
