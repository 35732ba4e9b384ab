package io.tollgate.identity;

import static io.tollgate.identity.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.identity.Tenant.InDoubtRule;
import io.tollgate.identity.Tenants.MerchantKeys;
import io.tollgate.identity.Tenants.NewTenant;
import java.security.SecureRandom;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class TenantsTest {
  private final IdentityFixture fixture = new IdentityFixture();
  private final Tenants tenants = fixture.identity.tenants();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_tenant_has_the_defaults_and_is_found() {
    NewTenant made = fixture.write(tx -> tenants.create(tx, "Acme 有限公司", "USD", 5_000));

    Tenant expected =
        new Tenant(
            new TenantId(1),
            "Acme 有限公司",
            Asset.money("USD"),
            ZoneId.of("Asia/Shanghai"),
            5_000,
            InDoubtRule.CHARGE_INPUT);
    assertThat(made.tenant()).isEqualTo(expected);
    assertThat(fixture.find(tx -> tenants.find(tx, new TenantId(1)))).contains(expected);
    assertThat(fixture.find(tx -> tenants.findByName(tx, "Acme 有限公司"))).contains(expected);
    assertThat(fixture.find(tx -> tenants.find(tx, new TenantId(2)))).isEmpty();
    assertThat(fixture.find(tx -> tenants.findByName(tx, "a\0b"))).isEmpty();
  }

  @Test
  void the_signing_secret_is_read_again_after_a_restart() {
    NewTenant made = fixture.write(tx -> tenants.create(tx, "Acme", "USD", 0));

    Tenants restarted = fixture.start().tenants();
    assertThat(fixture.find(tx -> restarted.merchantKeys(tx, made.tenant().id())))
        .contains(new MerchantKeys(made.appKey(), made.appSecret()));
    assertThat(made.toString()).doesNotContain(made.appSecret());
  }

  @Test
  void a_sealed_secret_put_into_another_tenants_row_does_not_open() {
    fixture.tenant("Acme");
    Tenant other = fixture.tenant("Other");
    fixture.sql(
        "update identity.tenant set app_secret_sealed ="
            + " (select app_secret_sealed from identity.tenant where id = 1) where id = 2");

    assertThatThrownBy(() -> fixture.write(tx -> tenants.merchantKeys(tx, other.id())))
        .hasStackTraceContaining("cannot open app secret of tenant 2");
  }

  @Test
  void a_name_is_used_once_and_bad_parts_are_refused() {
    fixture.tenant("Acme");

    refused(ErrorCode.CONFLICT, () -> fixture.tenant("Acme"));
    refused(ErrorCode.INVALID_REQUEST, () -> fixture.tenant(" "));
    refused(ErrorCode.INVALID_REQUEST, () -> fixture.tenant("a\0b"));
    refused(ErrorCode.INVALID_REQUEST, () -> fixture.tenant("x".repeat(101)));
    refused(
        ErrorCode.INVALID_REQUEST, () -> fixture.write(tx -> tenants.create(tx, "B", "usd", 0)));
    refused(
        ErrorCode.INVALID_REQUEST, () -> fixture.write(tx -> tenants.create(tx, "B", "USD", -1)));
  }

  @Test
  void another_master_key_is_told_at_start() {
    MasterKey another = MasterKey.parse("HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    assertThatThrownBy(
            () ->
                new IdentityModule(
                    fixture.database.transactions(),
                    fixture.clock,
                    fixture.clock,
                    new SecureRandom(),
                    IdentityFixture.config(),
                    another))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("not the key this database was set up with");
  }
}
