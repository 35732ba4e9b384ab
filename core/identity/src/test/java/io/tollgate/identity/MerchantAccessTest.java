package io.tollgate.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.MerchantAccess.Merchant;
import io.tollgate.identity.TenantRegister.OldKeys;
import io.tollgate.identity.TenantRegister.TenantChange;
import io.tollgate.identity.Tenants.NewTenant;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MerchantAccessTest {
  private final IdentityFixture fixture = new IdentityFixture();
  private final MerchantAccess access = fixture.identity.merchantAccess();
  private final QuotaPlans plans = fixture.identity.quotaPlans();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_key_is_found_with_its_secret_and_one_that_nobody_has_is_not() {
    NewTenant made = made("Acme");
    assertThat(find(made.appKey()).orElseThrow().secret()).isEqualTo(made.appSecret());
    assertThat(find("ak-nobodys")).isEmpty();
    assertThat(find("k".repeat(10_000))).isEmpty();
  }

  @Test
  void keys_that_were_replaced_go_on_for_24_hours_and_those_before_them_end() {
    NewTenant first = made("Acme");
    NewTenant second = rotated(first, OldKeys.GO_ON);
    assertThat(find(first.appKey()).orElseThrow().secret()).isEqualTo(first.appSecret());
    assertThat(find(second.appKey()).orElseThrow().secret()).isEqualTo(second.appSecret());
    NewTenant third = rotated(first, OldKeys.GO_ON);
    assertThat(find(first.appKey())).isEmpty();
    assertThat(find(second.appKey())).isPresent();
    fixture.advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(find(second.appKey())).isPresent();
    fixture.advance(Duration.ofSeconds(1));
    assertThat(find(second.appKey())).isEmpty();
    assertThat(find(third.appKey()).orElseThrow().secret()).isEqualTo(third.appSecret());
  }

  @Test
  void keys_that_somebody_else_has_are_ended_at_once() {
    NewTenant first = made("Acme");
    NewTenant second = rotated(first, OldKeys.END);
    assertThat(find(first.appKey())).isEmpty();
    assertThat(find(second.appKey())).isPresent();
  }

  @Test
  void of_many_who_use_a_nonce_at_once_one_may_and_again_when_ten_minutes_are_over()
      throws InterruptedException {
    Tenant tenant = fixture.tenant("Acme");
    Tenant other = fixture.tenant("Other");
    List<Boolean> used = IdentityFixture.atOnce(20, () -> use(tenant, "0123456789abcdef"));
    assertThat(used).containsOnlyOnce(true);
    assertThat(use(other, "0123456789abcdef")).isTrue();
    fixture.advance(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(use(tenant, "0123456789abcdef")).isFalse();
    fixture.advance(Duration.ofSeconds(1));
    assertThat(use(tenant, "0123456789abcdef")).isTrue();
    fixture.advance(Duration.ofMinutes(11));
    assertThat(fixture.<Integer>write(access::purgeNonces)).isEqualTo(2);
    assertThat(fixture.<Integer>write(access::purgeNonces)).isZero();
  }

  @Test
  void exactly_as_many_calls_of_a_day_pass_as_the_plan_says_from_whichever_process()
      throws InterruptedException {
    Tenant tenant = limited(OptionalLong.of(20), OptionalLong.empty());
    MerchantAccess elsewhere = fixture.start().merchantAccess();
    AtomicInteger turns = new AtomicInteger();
    List<Boolean> passed =
        IdentityFixture.atOnce(
            50, () -> count(turns.getAndIncrement() % 2 == 0 ? access : elsewhere, tenant));
    assertThat(passed.stream().filter(Boolean::booleanValue)).hasSize(20);
    assertThat(now(tenant).today()).isEqualTo(20);
  }

  @Test
  void days_and_months_are_those_of_the_tenant_s_zone() {
    Tenant tenant = limited(OptionalLong.of(2), OptionalLong.of(3));
    // 23:59:30 of November 30th in Shanghai
    fixture.clock.set(Instant.parse("2026-11-30T15:59:30Z"));
    assertThat(count(access, tenant)).isTrue();
    assertThat(count(access, tenant)).isTrue();
    assertThatThrownBy(() -> counted(access, tenant))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
              assertThat(refusal.retryAfter()).hasValue(Duration.ofSeconds(30));
            });
    fixture.advance(Duration.ofSeconds(30));
    assertThat(count(access, tenant)).isTrue();
    assertThat(count(access, tenant)).isTrue();
    fixture.advance(Duration.ofDays(1));
    assertThat(count(access, tenant)).isTrue();
    assertThatThrownBy(() -> counted(access, tenant))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                // January 1st in Shanghai
                assertThat(fixture.clock.instant().plus(refusal.retryAfter().orElseThrow()))
                    .isEqualTo(Instant.parse("2026-12-31T16:00:00Z")));
    assertThat(now(tenant).today()).isEqualTo(1);
    assertThat(now(tenant).thisMonth()).isEqualTo(3);
    List<QuotaPlans.DayOfCalls> days =
        fixture
            .database
            .transactions()
            .read(
                tx ->
                    plans.calls(
                        tx, tenant.id(), LocalDate.of(2026, 11, 1), LocalDate.of(2026, 12, 31)));
    assertThat(days).extracting(QuotaPlans.DayOfCalls::calls).containsExactly(2L, 2L, 1L);
  }

  @Test
  void a_tenant_without_a_plan_has_no_limit_and_is_counted() {
    Tenant tenant = fixture.tenant("Acme");
    for (int i = 0; i < 5; i++) {
      assertThat(count(access, tenant)).isTrue();
    }
    assertThat(now(tenant).thisMonth()).isEqualTo(5);
  }

  @Test
  void no_call_passes_where_the_plan_has_none() {
    Tenant tenant = limited(OptionalLong.of(0), OptionalLong.empty());
    assertThat(count(access, tenant)).isFalse();
    assertThat(now(tenant).today()).isZero();
  }

  private Tenant limited(OptionalLong daily, OptionalLong monthly) {
    Tenant tenant = fixture.tenant("Acme");
    var limits =
        new QuotaPlan.Limits(
            daily, monthly, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    QuotaPlan plan =
        fixture.write(
            tx -> plans.create(tx, "tiny", new QuotaPlans.Terms("Tiny", limits, BigDecimal.ZERO)));
    fixture.write(
        tx -> {
          plans.assign(tx, tenant.id(), Optional.of(plan.id()));
          return fixture
              .identity
              .tenantRegister()
              .change(
                  tx,
                  tenant.id(),
                  new TenantChange(
                      Optional.empty(),
                      Optional.of(ZoneId.of("Asia/Shanghai")),
                      OptionalLong.empty(),
                      Optional.empty(),
                      Optional.empty()));
        });
    return tenant;
  }

  private QuotaPlans.CallsNow now(Tenant tenant) {
    return fixture.database.transactions().read(tx -> plans.callsNow(tx, tenant));
  }

  private boolean count(MerchantAccess by, Tenant tenant) {
    try {
      return counted(by, tenant);
    } catch (Refusal refusal) {
      return false;
    }
  }

  private boolean counted(MerchantAccess by, Tenant tenant) {
    return fixture.write(
        tx -> {
          by.countCall(tx, tenant);
          return true;
        });
  }

  private boolean use(Tenant tenant, String nonce) {
    return fixture.write(tx -> access.useNonce(tx, tenant, nonce, Instant.EPOCH));
  }

  private Optional<Merchant> find(String key) {
    return fixture.find(tx -> access.find(tx, key));
  }

  private NewTenant made(String name) {
    return fixture.write(tx -> fixture.identity.tenants().create(tx, name, "USD", 0));
  }

  private NewTenant rotated(NewTenant tenant, OldKeys old) {
    return fixture.write(
        tx -> fixture.identity.tenantRegister().rotateKeys(tx, tenant.tenant().id(), old));
  }
}
