package io.tollgate.edge.merchant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.identity.TenantRegister.OldKeys;
import io.tollgate.identity.TenantRegister.TenantChange;
import io.tollgate.identity.Tenants.NewTenant;
import io.tollgate.site.testing.ServedAnswer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MerchantSignatureTest {
  private static final String BALANCE = "/merchant/balance";
  private static final String RECHARGE = "/merchant/user/recharge";
  private static final byte[] NOTHING = {};

  private static MerchantSite site;

  @BeforeAll
  static void start() {
    site = new MerchantSite();
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @Test
  void both_signatures_are_taken() {
    NewTenant tenant = site.tenant;
    assertThat(sent(Signed.byMd5(tenant.appKey(), tenant.appSecret(), site.now())).status())
        .isEqualTo(200);
    assertThat(sent(hmac(tenant, site.now())).text("msg")).isEqualTo("success");
  }

  @Test
  void a_request_is_good_for_five_minutes_before_and_after() {
    NewTenant tenant = site.tenant;
    for (long apart : new long[] {-300, -299, 0, 300}) {
      long time = site.now() + apart;
      assertThat(sent(Signed.byMd5(tenant.appKey(), tenant.appSecret(), time)).status())
          .isEqualTo(200);
      assertThat(sent(hmac(tenant, time)).status()).isEqualTo(200);
    }
    for (long apart : new long[] {-301, 301, -1_000_000}) {
      long time = site.now() + apart;
      assertRefused(Signed.byMd5(tenant.appKey(), tenant.appSecret(), time));
      assertRefused(hmac(tenant, time));
    }
  }

  @Test
  void two_requests_over_one_nonce_are_one() {
    NewTenant tenant = site.tenant;
    Map<String, String> headers =
        Signed.byHmac(
            tenant.appKey(),
            tenant.appSecret(),
            site.now(),
            "a-nonce-of-20-chars!",
            "GET",
            BALANCE,
            NOTHING);
    assertThat(sent(headers).status()).isEqualTo(200);
    assertRefused(headers);
    // whatever else is signed with it
    assertRefused(
        Signed.byHmac(
            tenant.appKey(),
            tenant.appSecret(),
            site.now() + 1,
            "a-nonce-of-20-chars!",
            "GET",
            BALANCE,
            NOTHING));
  }

  @Test
  void nothing_that_is_signed_can_be_altered() {
    NewTenant tenant = site.tenant;
    byte[] body = Signed.encoded("email", "a@x.example", "amount", "1").getBytes(UTF_8);
    byte[] more = Signed.encoded("email", "a@x.example", "amount", "1000").getBytes(UTF_8);
    String form = "application/x-www-form-urlencoded";
    Map<String, String> headers =
        Signed.byHmac(tenant.appKey(), tenant.appSecret(), site.now(), "POST", RECHARGE, body);
    headers.put("Content-Type", form);
    assertThat(answer("POST", RECHARGE, more, headers).status()).isEqualTo(401);
    assertThat(answer("POST", RECHARGE + "?x=1", body, headers).status()).isEqualTo(401);
    assertThat(answer("POST", "/merchant/user/withdraw", body, headers).status()).isEqualTo(401);
    // as it was signed it is taken: there is no such user
    assertThat(answer("POST", RECHARGE, body, headers).text("code")).isEqualTo("404");
    Map<String, String> query =
        Signed.byHmac(
            tenant.appKey(),
            tenant.appSecret(),
            site.now(),
            "GET",
            "/merchant/users?page=1",
            NOTHING);
    assertThat(answer("GET", "/merchant/users?page=2", NOTHING, query).status()).isEqualTo(401);
    assertThat(answer("GET", "/merchant/users?page=1", NOTHING, query).status()).isEqualTo(200);
  }

  @Test
  void every_part_of_it_must_be_there_and_right() {
    NewTenant tenant = site.tenant;
    for (String name : new String[] {"X-App-Key", "X-Timestamp", "X-Sign", "X-Nonce"}) {
      Map<String, String> headers = hmac(tenant, site.now());
      headers.remove(name);
      assertThat(sent(headers).text("msg")).contains(name);
      assertRefused(headers);
    }
    for (String version : new String[] {"3", "two", "-2"}) {
      Map<String, String> headers = hmac(tenant, site.now());
      headers.put("X-Sign-Version", version);
      assertRefused(headers);
    }
    for (String nonce : new String[] {"short", "x".repeat(65)}) {
      assertRefused(
          Signed.byHmac(
              tenant.appKey(), tenant.appSecret(), site.now(), nonce, "GET", BALANCE, NOTHING));
    }
    for (String time : new String[] {"now", "-1", "1e9", "99999999999999999999", "0x10"}) {
      Map<String, String> headers = Signed.byMd5(tenant.appKey(), tenant.appSecret(), site.now());
      headers.put("X-Timestamp", time);
      assertRefused(headers);
    }
    Map<String, String> loud = Signed.byMd5(tenant.appKey(), tenant.appSecret(), site.now());
    loud.compute("X-Sign", (_, sign) -> String.valueOf(sign).toUpperCase(Locale.ROOT));
    assertRefused(loud);
    NewTenant other = site.tenant("Other by key");
    assertRefused(Signed.byMd5(tenant.appKey(), other.appSecret(), site.now()));
    Map<String, String> unknown = Signed.byMd5("ak-nobody", "secret", site.now());
    assertThat(sent(unknown).text("msg"))
        .isEqualTo(sent(Signed.byMd5(tenant.appKey(), "wrong", site.now())).text("msg"))
        .isEqualTo("签名验证失败");
    assertRefused(unknown);
  }

  @Test
  void md5_can_be_turned_off_for_a_tenant_and_its_keys_rotate_with_an_overlap() {
    NewTenant tenant = site.tenant("Careful");
    site.site.run(
        tx -> {
          var _ =
              site.site
                  .identity()
                  .tenantRegister()
                  .change(
                      tx,
                      tenant.tenant().id(),
                      new TenantChange(
                          Optional.empty(),
                          Optional.empty(),
                          OptionalLong.empty(),
                          Optional.empty(),
                          Optional.of(false)));
        });
    assertRefused(Signed.byMd5(tenant.appKey(), tenant.appSecret(), site.now()));
    assertThat(sent(hmac(tenant, site.now())).status()).isEqualTo(200);
    NewTenant rotated =
        site.site.write(
            tx ->
                site.site
                    .identity()
                    .tenantRegister()
                    .rotateKeys(tx, tenant.tenant().id(), OldKeys.GO_ON));
    assertThat(sent(hmac(tenant, site.now())).status()).isEqualTo(200);
    assertThat(sent(hmac(rotated, site.now())).status()).isEqualTo(200);
    site.site.run(
        tx -> {
          var _ = site.site.identity().tenantRegister().setActive(tx, tenant.tenant().id(), false);
        });
    ServedAnswer off = sent(hmac(rotated, site.now()));
    assertThat(off.status()).isEqualTo(200);
    assertThat(off.text("code")).isEqualTo("403");
  }

  private static Map<String, String> hmac(NewTenant tenant, long time) {
    return Signed.byHmac(tenant.appKey(), tenant.appSecret(), time, "GET", BALANCE, NOTHING);
  }

  private static ServedAnswer sent(Map<String, String> headers) {
    return answer("GET", BALANCE, NOTHING, headers);
  }

  private static ServedAnswer answer(
      String method, String target, byte[] body, Map<String, String> headers) {
    return ServedAnswer.of(site.send(method, target, body, headers));
  }

  private static void assertRefused(Map<String, String> headers) {
    ServedAnswer answer = sent(headers);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.text("code")).isEqualTo("401");
    assertThat(answer.json().required("data").isNull()).isTrue();
  }
}
