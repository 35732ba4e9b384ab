package io.tollgate.relay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.ModelPrices;
import io.tollgate.billing.TierQuotes;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.PriceQuote;
import io.tollgate.relay.gateway.rig.GatewayRig;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is used and has no price shows in the metrics, each time. */
@Tag("slow")
class UsageWithoutPriceTest {
  private static final String ANSWER =
      "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4o-mini\","
          + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},"
          + "\"finish_reason\":\"stop\"}],"
          + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}}";
  private static final String METER = "tollgate.relay.usage.without.price";

  private GatewayRig rig = new GatewayRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void each_request_that_used_something_without_a_price_is_counted_by_kind() {
    rig.close();
    rig = new GatewayRig(Map.of(), UsageWithoutPriceTest::outputHasNone, routes -> routes);
    for (int i = 0; i < 2; i++) {
      rig.upstream.answersJson(200, ANSWER);
      assertThat(rig.chat(GatewayRig.request(false, "")).statusCode()).isEqualTo(200);
    }
    assertThat(rig.counted(METER, "kind", "output")).isEqualTo(2);
    assertThat(rig.counted(METER, "kind", "input")).isZero();
  }

  @Test
  void usual_requests_count_nothing() {
    rig.upstream.answersJson(200, ANSWER);
    assertThat(rig.chat(GatewayRig.request(false, "")).statusCode()).isEqualTo(200);
    for (UsageKind kind : UsageKind.all()) {
      assertThat(rig.counted(METER, "kind", kind.code())).isZero();
    }
  }

  private static RelayParts outputHasNone(RelayParts parts) {
    return new RelayParts(
        parts.config(),
        parts.apiKeys(),
        parts.requestLimits(),
        parts.tokenLimits(),
        parts.concurrencyLimits(),
        new OutputHasNone(parts.prices()),
        parts.passages(),
        parts.routing(),
        parts.tokenCounter(),
        parts.clients(),
        parts.meters(),
        parts.clock(),
        parts.spoolFolder());
  }

  /** Prices that lack one for what chats have. */
  private record OutputHasNone(ModelPrices prices) implements ModelPrices {
    @Override
    public Optional<ModelPrice> find(String model) {
      return prices.find(model);
    }

    @Override
    public List<ModelPrice> all() {
      return prices.all();
    }

    @Override
    public TierQuotes quotes(
        ModelPrice model, TenantId tenant, UserId user, Asset currency, Instant at) {
      PriceQuote quote = new Quote(prices.quote(model, tenant, user, currency, at));
      return new TierQuotes() {
        @Override
        public Optional<PriceQuote> find(ServiceTier tier) {
          return Optional.of(quote);
        }

        @Override
        public PriceQuote standard() {
          return quote;
        }

        @Override
        public PriceQuote asked(String field, ServiceTier tier) {
          return quote;
        }

        @Override
        public PriceQuote served(ServiceTier asked, Optional<ServiceTier> served) {
          return quote;
        }
      };
    }

    @Override
    public long servedWithoutPrice() {
      return prices.servedWithoutPrice();
    }
  }

  private record Quote(PriceQuote quote) implements PriceQuote {
    @Override
    public String version() {
      return quote.version();
    }

    @Override
    public Asset currency() {
      return quote.currency();
    }

    @Override
    public long price(TokenUsage usage, long covered) {
      return quote.price(usage, covered);
    }

    @Override
    public long estimate(TokenUsage usage, long covered) {
      return quote.estimate(usage, covered);
    }

    @Override
    public Set<UsageKind> withoutPrice(TokenUsage usage) {
      return usage.count(UsageKind.TEXT_OUTPUT) > 0 ? Set.of(UsageKind.TEXT_OUTPUT) : Set.of();
    }
  }
}
