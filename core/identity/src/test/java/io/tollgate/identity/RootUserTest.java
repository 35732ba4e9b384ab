package io.tollgate.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.ListRequest;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RootUserTest {
  private final IdentityFixture fixture = new IdentityFixture();
  private final Users users = fixture.identity.users();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_tenant_has_one_user_that_is_itself_from_the_beginning() {
    Tenant tenant = fixture.tenant("Acme");
    User root = root(tenant);
    assertThat(root.root()).isTrue();
    assertThat(root.active()).isTrue();
    assertThat(root.email()).hasValue("root@tenant-" + tenant.id() + ".invalid");
    assertThat(root.inviteCode()).matches("[A-HJ-NP-Z2-9]{8}");
    assertThat(root.externalId()).isEqualTo(root.id().toString());
    assertThat(fixture.user(tenant).root()).isFalse();
    assertThat(
            fixture
                .<Long>write(
                    tx ->
                        fixture
                            .identity
                            .peopleFigures()
                            .counts(tx, Optional.of(tenant.id()))
                            .users())
                .longValue())
        .isEqualTo(1);
  }

  @Test
  void tenants_that_were_there_before_have_one_too_and_a_second_is_not_made() {
    Tenant tenant = fixture.tenant("Acme");
    fixture.sql("DELETE FROM identity.tenant_user WHERE is_root");
    fixture.sql("SELECT identity.make_root(t) FROM identity.tenant t");
    fixture.sql("SELECT identity.make_root(t) FROM identity.tenant t");
    assertThat(root(tenant).root()).isTrue();
  }

  @Test
  void a_number_that_is_somebody_s_external_id_is_passed_over() {
    Tenant tenant = fixture.tenant("Acme");
    long first = root(tenant).id().value();
    // of the two numbers that come next one is the user's own, and the other one their name
    User _ = fixture.write(tx -> users.findOrCreate(tx, tenant.id(), Long.toString(first + 2)));
    fixture.sql("DELETE FROM identity.tenant_user WHERE is_root");
    fixture.sql("SELECT identity.make_root(t) FROM identity.tenant t");
    assertThat(root(tenant).id().value()).isEqualTo(first + 3);
  }

  @Test
  void it_is_not_switched_off() {
    Tenant tenant = fixture.tenant("Acme");
    User root = root(tenant);
    Refusals.refused(
        ErrorCode.CONFLICT,
        () ->
            fixture.write(
                tx -> {
                  fixture.identity.userProfiles().setActive(tx, root.id(), false);
                  return true;
                }));
  }

  @Test
  void who_is_invited_has_an_inviter_of_the_same_tenant() {
    Tenant tenant = fixture.tenant("Acme");
    Tenant other = fixture.tenant("Other");
    User root = root(tenant);
    User made =
        fixture.write(tx -> users.create(tx, IdentityFixture.newUser(tenant).invitedBy(root.id())));
    assertThat(
            fixture
                .find(tx -> fixture.identity.userProfiles().find(tx, made.id()))
                .orElseThrow()
                .inviter())
        .hasValue(root.id());
    assertThat(
            fixture.find(
                tx ->
                    users.findByInviteCode(
                        tx, tenant.id(), made.inviteCode().toLowerCase(Locale.ROOT))))
        .hasValue(made);
    assertThat(fixture.find(tx -> users.findByInviteCode(tx, other.id(), made.inviteCode())))
        .isEmpty();
    Refusals.refused(
        ErrorCode.USER_NOT_FOUND,
        () ->
            fixture.write(
                tx -> users.create(tx, IdentityFixture.newUser(other).invitedBy(root.id()))));
  }

  @Test
  void exactly_as_many_users_are_made_as_the_plan_says_by_whichever_way()
      throws InterruptedException {
    Tenant tenant = fixture.tenant("Acme");
    QuotaPlans plans = fixture.identity.quotaPlans();
    var limits =
        new QuotaPlan.Limits(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.of(3),
            OptionalLong.empty(),
            OptionalLong.empty());
    boolean _ =
        fixture.write(
            tx -> {
              QuotaPlan plan =
                  plans.create(tx, "tiny", new QuotaPlans.Terms("Tiny", limits, BigDecimal.ZERO));
              plans.assign(tx, tenant.id(), Optional.of(plan.id()));
              return true;
            });
    List<Boolean> made =
        IdentityFixture.atOnce(
            8,
            () -> {
              try {
                User _ = fixture.user(tenant);
                return true;
              } catch (Refusal refusal) {
                assertThat(refusal.code()).isEqualTo(ErrorCode.PLAN_LIMIT);
                return false;
              }
            });
    assertThat(made.stream().filter(Boolean::booleanValue)).hasSize(3);
    Refusals.refused(
        ErrorCode.PLAN_LIMIT,
        () -> fixture.write(tx -> users.findOrCreate(tx, tenant.id(), "told-by-a-backend")));
    // who is there already is found
    assertThat(
            fixture
                .write(
                    tx ->
                        fixture
                            .identity
                            .userProfiles()
                            .list(
                                tx, UserFilter.ALL, new ListRequest(1, 20, Optional.empty(), true)))
                .total())
        .hasValue(4);
    boolean _ =
        fixture.write(
            tx -> {
              plans.assign(tx, tenant.id(), Optional.empty());
              return true;
            });
    assertThat(fixture.user(tenant).root()).isFalse();
  }

  @Test
  void plans_are_there_as_installed_and_are_changed_and_switched_off() {
    QuotaPlans plans = fixture.identity.quotaPlans();
    List<QuotaPlan> installed =
        fixture.write(tx -> plans.list(tx, Optional.empty(), ListRequest.first(20))).rows();
    assertThat(installed)
        .extracting(QuotaPlan::code)
        .containsExactly("free", "basic", "pro", "enterprise");
    assertThat(installed.getFirst().limits())
        .isEqualTo(
            new QuotaPlan.Limits(
                OptionalLong.of(1_000),
                OptionalLong.of(20_000),
                OptionalLong.of(100),
                OptionalLong.of(2),
                OptionalLong.of(10)));
    assertThat(installed.getLast().limits()).isEqualTo(QuotaPlan.Limits.NONE);
    long id = installed.getFirst().id();
    var terms = new QuotaPlans.Terms("Free", QuotaPlan.Limits.NONE, new BigDecimal("9.90"));
    QuotaPlan changed = fixture.write(tx -> plans.change(tx, id, terms));
    assertThat(changed.fee()).isEqualTo(new BigDecimal("9.9"));
    QuotaPlan off = fixture.write(tx -> plans.setActive(tx, id, false));
    assertThat(off.active()).isFalse();
    Tenant tenant = fixture.tenant("Acme");
    Refusals.refused(
        ErrorCode.CONFLICT,
        () ->
            fixture.write(
                tx -> {
                  plans.assign(tx, tenant.id(), Optional.of(id));
                  return true;
                }));
    Refusals.refused(
        ErrorCode.CONFLICT, () -> fixture.write(tx -> plans.create(tx, "free", terms)));
    Refusals.refused(
        ErrorCode.INVALID_REQUEST,
        () ->
            fixture.write(
                tx ->
                    plans.create(
                        tx,
                        "x",
                        new QuotaPlans.Terms(
                            "X", QuotaPlan.Limits.NONE, new BigDecimal("1e999999")))));
  }

  private User root(Tenant tenant) {
    return fixture.write(tx -> users.root(tx, tenant.id()));
  }
}
