package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.testing.TableScans;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lists of what is sold and given away, on filled tables: 10,000 subscriptions and batches. */
@Tag("slow")
class SoldListsTest {
  private final House house = new House();
  private final ServicesModule services = house.services();

  @AfterEach
  void close() {
    services.close();
    house.close();
  }

  @Test
  void every_list_of_plans_subscriptions_and_codes_is_read_from_an_index() {
    fill();
    SubscriptionsModule selling =
        SubscriptionsModule.over(
            house.database.transactions(),
            house.ledger,
            house.identity,
            house.billing.standings(),
            GrantLimits.defaults(),
            Duration.ofDays(3),
            Duration.ofHours(1),
            Duration.ofSeconds(5),
            house.clock,
            new SimpleMeterRegistry(),
            _ -> {});
    Optional<TenantId> seven = Optional.of(new TenantId(7));
    for (Subscriptions.Filter filter :
        List.of(
            filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
            filter(seven, Optional.empty(), Optional.empty(), Optional.empty()),
            filter(seven, Optional.of(new UserId(46)), Optional.empty(), Optional.empty()),
            filter(Optional.empty(), Optional.empty(), Optional.of(2_000L), Optional.empty()),
            filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Subscription.State.ENDED)))) {
      byIndex("subscription", (tx, page) -> selling.subscriptions().list(tx, filter, page));
    }
    for (Optional<TenantId> tenant : List.of(Optional.<TenantId>empty(), seven)) {
      Plans.Filter filter = new Plans.Filter(tenant, Optional.empty());
      byIndex("plan", (tx, page) -> selling.plans().list(tx, filter, page));
    }
    CodesModule codes =
        CodesModule.over(
            house.ledger,
            house.identity,
            services.services(),
            GrantLimits.defaults(),
            house.clock,
            new SecureRandom());
    for (Optional<TenantId> tenant : List.of(Optional.<TenantId>empty(), seven)) {
      byIndex("code_batch", (tx, page) -> codes.codes().list(tx, tenant, page));
    }
  }

  private void fill() {
    house.owner(
        """
        INSERT INTO billing.plan (tenant_id, code, name, currency, price, period_unit, period_count,
                                  tokens, window_days, selling, created_at, updated_at)
        SELECT 1 + n % 40, 'p' || n, 'p', 'USD', 1, 'month', 1, 1, 0, true, now(), now()
          FROM generate_series(1, 5000) AS n
        """);
    house.owner(
        """
        INSERT INTO billing.subscription (tenant_id, user_id, plan_id, state, renews, bought_key,
                                          bought_plan_id, anchor_at, period_number,
                                          period_starts_at, period_ends_at, period_price,
                                          window_ends_at, due_at, steps, created_at, ended_at)
        SELECT 1 + n % 40, n, 1 + n % 5000, CASE WHEN n % 500 = 0 THEN 'ended' ELSE 'active' END,
               true, 'k', 1 + n % 5000, now(), 0, now(), now() + interval '1 month', 1,
               now() + interval '1 month', now() + interval '1 month', 0, now(),
               CASE WHEN n % 500 = 0 THEN now() END
          FROM generate_series(1, 10000) AS n
        """);
    house.owner(
        """
        INSERT INTO billing.code_batch (tenant_id, name, asset, scale, amount, codes, active,
                                        admin_id, created_at)
        SELECT 1 + n % 40, 'b', 'TOKEN', 0, 1, 1, true, 1, now()
          FROM generate_series(1, 10000) AS n
        """);
    house.owner("ANALYZE billing.plan, billing.subscription, billing.code_batch");
  }

  private void byIndex(String table, BiConsumer<Transaction, ListRequest> list) {
    for (ListRequest page :
        List.of(ListRequest.first(20), new ListRequest(1, 20, Optional.of("2500"), false))) {
      house.run(
          transaction -> {
            list.accept(transaction, page);
            assertThat(TableScans.sequential(transaction, "billing", table)).as(table).isZero();
            assertThat(TableScans.byIndex(transaction, "billing", table)).as(table).isPositive();
          });
    }
  }

  private static Subscriptions.Filter filter(
      Optional<TenantId> tenant,
      Optional<UserId> user,
      Optional<Long> plan,
      Optional<Subscription.State> state) {
    return new Subscriptions.Filter(tenant, user, plan, state);
  }
}
