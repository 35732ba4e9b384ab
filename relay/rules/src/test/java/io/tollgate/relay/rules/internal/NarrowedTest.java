package io.tollgate.relay.rules.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import org.junit.jupiter.api.Test;

class NarrowedTest {
  private static final TenantId TENANT = new TenantId(1);
  private static final ApiKeyId KEY = new ApiKeyId(5);

  private record Limit(boolean enabled, int most) implements Narrowed.Terms {
    Limit within(Limit own) {
      return new Limit(true, Math.min(most, own.most));
    }
  }

  private final Narrowed<Limit> rules = new Narrowed<>(Limit::within);

  @Test
  void a_key_has_its_tenants_rule_or_less() {
    rules.add(1, null, new Limit(true, 10));
    rules.add(1, 5L, new Limit(true, 3));
    rules.add(1, 6L, new Limit(true, 30));
    rules.add(1, 7L, new Limit(false, 3));
    assertThat(rules.of(TENANT)).contains(new Limit(true, 10));
    assertThat(rules.of(TENANT, KEY)).contains(new Limit(true, 3));
    assertThat(rules.of(TENANT, new ApiKeyId(6))).contains(new Limit(true, 10));
    assertThat(rules.of(TENANT, new ApiKeyId(7))).isEmpty();
    assertThat(rules.of(TENANT, new ApiKeyId(8))).contains(new Limit(true, 10));
  }

  @Test
  void a_keys_rule_does_nothing_alone() {
    rules.add(1, 5L, new Limit(true, 3));
    rules.add(2, null, new Limit(false, 3));
    assertThat(rules.of(TENANT, KEY)).isEmpty();
    assertThat(rules.of(new TenantId(2))).isEmpty();
    assertThat(rules.tenants()).isEmpty();
  }
}
