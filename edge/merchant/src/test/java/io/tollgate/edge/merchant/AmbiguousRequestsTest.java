package io.tollgate.edge.merchant;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.ListRequest;
import io.tollgate.identity.TenantRegister.OldKeys;
import io.tollgate.identity.Tenants.NewTenant;
import io.tollgate.rewards.AccountNature;
import io.tollgate.rewards.CardType;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.ProfitShare.ProfitClose;
import io.tollgate.rewards.RewardTerms;
import io.tollgate.rewards.RewardTerms.WithdrawalTerms;
import io.tollgate.rewards.Withdrawals.PayoutAddress;
import io.tollgate.rewards.Withdrawals.WithdrawalFilter;
import io.tollgate.site.testing.ServedAnswer;
import io.tollgate.web.Json;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What could be read in two ways, came too late, or was let through before. */
@Tag("slow")
class AmbiguousRequestsTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String RECHARGE = "/merchant/user/recharge";
  private static final String BALANCE = "/merchant/balance";
  private static final byte[] NOTHING = {};

  private static MerchantSite site;

  @BeforeAll
  static void start() {
    site = new MerchantSite();
    var _ = site.user("plain@x.example");
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "email=plain@x.example&amount=1&amount=1",
        "email=plain@x.example&amount=1&%61mount=1000",
        "email=plain@x.example&email=other@x.example&amount=1",
        "email=plain@x.example&amount=%",
        "email=plain@x.example&amount=%zz",
        "email=plain@x.example&amount=1%00",
        "email=plain@x.example&amount%00=1",
        "email=plain@x.example&amount=%C0%B1",
        "email=plain@x.example&amount=%ED%A0%80",
        "email=plain@x.example&amount=\u00ff",
        "email=plain@x.example;amount=1",
        "email=plain@x.example&amount[]=1",
        "{\"email\":\"plain@x.example\",\"amount\":1}"
      })
  void a_form_that_is_none_or_two_moves_nothing(String form) {
    assertThat(posted(FORM, form.getBytes(ISO_8859_1)).text("code")).as(form).isEqualTo("400");
    assertThat(points("plain@x.example")).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"email\":\"plain@x.example\",\"amount\":1,\"amount\":1}",
        "{\"email\":\"plain@x.example\",\"amount\":1,\"\\u0061mount\":1000}",
        "{\"email\":\"plain@x.example\",\"amount\":{\"amount\":1}}",
        "{\"email\":\"plain@x.example\",\"amount\":1e30}",
        "{\"email\":\"plain@x.example\",\"amount\":1e-9}",
        "{\"email\":\"plain@x.example\",\"amount\":1e999999999}",
        "{\"email\":\"plain@x.example\",\"amount\":-1}",
        "{\"email\":\"plain@x.example\",\"amount\":true}",
        "{\"email\":\"plain@x.example\",\"amount\":\"\uff11\uff12\"}",
        "{\"email\":\"plain@x.example\",\"amount\":\"1\\u0000\"}",
        "{\"email\":\"plain@x.example\",\"amount\":1}{}",
        "email=plain@x.example&amount=1"
      })
  void json_that_is_none_or_two_moves_nothing(String json) {
    assertThat(posted("application/json", json.getBytes(UTF_8)).text("code"))
        .as(json)
        .isEqualTo("400");
    assertThat(points("plain@x.example")).isEqualTo("0");
  }

  @Test
  void a_form_of_other_types_and_charsets_is_not_guessed() {
    String form = "email=plain@x.example&amount=1";
    assertThat(posted("multipart/form-data; boundary=x", form.getBytes(UTF_8)).status())
        .isEqualTo(415);
    assertThat(posted("text/plain", form.getBytes(UTF_8)).status()).isEqualTo(415);
    for (Charset other : List.of(UTF_16BE, Charset.forName("UTF-32"))) {
      assertThat(posted(FORM, form.getBytes(other)).text("code")).isEqualTo("400");
    }
    assertThat(points("plain@x.example")).isEqualTo("0");
  }

  @Test
  void hundreds_of_fields_are_read_and_more_refused() {
    var _ = site.user("fields@x.example");
    StringBuilder form = new StringBuilder("email=fields@x.example&amount=1");
    for (int i = 0; i < 298; i++) {
      form.append("&field").append(i).append('=').append(i);
    }
    assertThat(posted(FORM, form.toString().getBytes(UTF_8)).text("code")).isEqualTo("0");
    for (int i = 298; i < 500; i++) {
      form.append("&field").append(i).append('=').append(i);
    }
    assertThat(posted(FORM, form.toString().getBytes(UTF_8)).text("code")).isEqualTo("400");
    assertThat(points("fields@x.example")).isEqualTo("1");
  }

  @Test
  void a_parameter_of_a_query_that_is_given_twice_is_refused_also_with_one_value() {
    String target = "/merchant/user/info?email=plain%40x.example&email=plain%40x.example";
    assertThat(sent(target, signed(site.tenant, target)).text("code")).isEqualTo("400");
  }

  @Test
  void what_is_signed_is_the_target_as_it_was_sent() {
    NewTenant by = site.tenant;
    String sent = "/merchant/user/info?email=plain%40x.example";
    for (String other :
        List.of(
            "/merchant/user/info?email=plain@x.example",
            "/merchant/user/info?email=plain%40X.example",
            "/merchant/user/info",
            "/MERCHANT/user/info?email=plain%40x.example")) {
      assertThat(sent(sent, signed(by, other)).status()).as(other).isEqualTo(401);
    }
    assertThat(sent(sent, signed(by, sent)).text("code")).isEqualTo("0");
    // a question mark that nothing follows is no query
    assertThat(sent(BALANCE + "?", signed(by, BALANCE)).text("code")).isEqualTo("0");
    assertThat(sent(BALANCE + "?", signed(by, BALANCE + "?")).status()).isEqualTo(401);
    for (String around :
        List.of("//merchant/balance", "/merchant//balance", "/merchant/%62alance/")) {
      assertThat(sent(around, signed(by, around)).status()).as(around).isEqualTo(404);
    }
  }

  @Test
  void a_signature_in_another_form_is_none() {
    NewTenant by = site.tenant;
    for (String sign : List.of("0".repeat(64), "f", "x".repeat(10_000), "\u00ff".repeat(64))) {
      Map<String, String> headers = signed(by, BALANCE);
      headers.put("X-Sign", sign);
      assertThat(sent(BALANCE, headers).status()).isEqualTo(401);
    }
    Map<String, String> asOld = signed(by, BALANCE);
    asOld.remove("X-Sign-Version");
    assertThat(sent(BALANCE, asOld).status()).isEqualTo(401);
    Map<String, String> asNew = Signed.byMd5(by.appKey(), by.appSecret(), site.now());
    asNew.put("X-Sign-Version", "2");
    asNew.put("X-Nonce", "0123456789abcdef");
    assertThat(sent(BALANCE, asNew).status()).isEqualTo(401);
    for (String nonce : List.of("", "x".repeat(129), "x".repeat(15))) {
      Map<String, String> headers =
          Signed.byHmac(by.appKey(), by.appSecret(), site.now(), nonce, "GET", BALANCE, NOTHING);
      assertThat(sent(BALANCE, headers).status()).as(nonce).isEqualTo(401);
    }
  }

  @Test
  void a_request_from_five_minutes_ahead_is_no_replay_ten_minutes_later() {
    NewTenant by = site.tenant;
    Map<String, String> headers =
        Signed.byHmac(by.appKey(), by.appSecret(), site.now() + 300, "GET", BALANCE, NOTHING);
    assertThat(sent(BALANCE, headers).status()).isEqualTo(200);
    site.clock.advance(Duration.ofMinutes(10));
    assertThat(sent(BALANCE, headers).status()).isEqualTo(401);
    site.clock.advance(Duration.ofMillis(900));
    assertThat(sent(BALANCE, headers).status()).isEqualTo(401);
  }

  @Test
  void a_tenant_that_is_put_off_between_signature_and_call_moves_nothing() {
    NewTenant by = site.tenant("Soon off");
    site.recharge(by, CardType.GIFT, 10);
    var _ = site.user(by, "off@x.example", Optional.empty());
    byte[] body = "email=off@x.example&amount=1".getBytes(UTF_8);
    Map<String, String> headers =
        Signed.byHmac(by.appKey(), by.appSecret(), site.now(), "POST", RECHARGE, body);
    headers.put("Content-Type", FORM);
    active(by, false);
    assertThat(ServedAnswer.of(site.send("POST", RECHARGE, body, headers)).text("code"))
        .isEqualTo("403");
    active(by, true);
    // the nonce was not used up, and the call not counted
    assertThat(ServedAnswer.of(site.send("POST", RECHARGE, body, headers)).text("code"))
        .isEqualTo("0");
  }

  @Test
  void replaced_keys_sign_for_a_day_and_not_a_second_more() {
    NewTenant old = site.tenant("Rotating");
    NewTenant second = rotated(old, OldKeys.GO_ON);
    assertThat(sent(BALANCE, Signed.byMd5(old.appKey(), second.appSecret(), site.now())).status())
        .isEqualTo(401);
    site.clock.advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(sent(BALANCE, signed(old, BALANCE)).status()).isEqualTo(200);
    site.clock.advance(Duration.ofSeconds(1));
    assertThat(sent(BALANCE, signed(old, BALANCE)).status()).isEqualTo(401);
    NewTenant third = rotated(old, OldKeys.GO_ON);
    NewTenant fourth = rotated(old, OldKeys.GO_ON);
    assertThat(sent(BALANCE, signed(fourth, BALANCE)).status()).isEqualTo(200);
    assertThat(sent(BALANCE, signed(third, BALANCE)).status()).isEqualTo(200);
    NewTenant last = rotated(old, OldKeys.END);
    for (NewTenant ended : List.of(old, second, third, fourth)) {
      assertThat(sent(BALANCE, signed(ended, BALANCE)).status()).isEqualTo(401);
    }
    assertThat(sent(BALANCE, signed(last, BALANCE)).status()).isEqualTo(200);
  }

  @Test
  void tenants_of_two_currencies_have_points_users_and_keys_of_their_own() {
    NewTenant yuan =
        site.site.write(tx -> site.site.identity().tenants().create(tx, "Yuan", "CNY", 0));
    site.recharge(yuan, CardType.GIFT, 10);
    var _ = site.user("same@x.example");
    var _ = site.user(yuan, "same@x.example", Optional.empty());
    for (NewTenant by : List.of(site.tenant, yuan)) {
      for (int times = 0; times < 2; times++) {
        assertThat(
                ServedAnswer.of(
                        site.raw(
                            by,
                            "POST",
                            RECHARGE,
                            Map.of("Idempotency-Key", "two currencies"),
                            "email",
                            "same@x.example",
                            "amount",
                            by == yuan ? "2" : "1"))
                    .text("code"))
            .isEqualTo("0");
      }
    }
    assertThat(points("same@x.example")).isEqualTo("1");
    String target = "/merchant/user/info?email=same%40x.example";
    assertThat(
            sent(target, signed(yuan, target))
                .json()
                .required("data")
                .required("point_card_total")
                .decimalValue())
        .isEqualByComparingTo("2");
  }

  @Test
  void what_a_card_or_one_movement_may_come_to_is_bounded() {
    NewTenant rich = site.tenant("Rich");
    var _ = site.user(rich, "rich@x.example", Optional.empty());
    for (int i = 0; i < 10; i++) {
      site.recharge(rich, CardType.SELF, 1_000_000_000);
      assertThat(recharged(rich, "rich@x.example", "1000000000")).isEqualTo("0");
    }
    site.recharge(rich, CardType.SELF, 1_000_000_000);
    assertThat(recharged(rich, "rich@x.example", "1000000000.00000001")).isEqualTo("400");
    assertThat(recharged(rich, "rich@x.example", "0.00000001")).isEqualTo("409");
    assertThat(sent(BALANCE, signed(rich, BALANCE)).text("code")).isEqualTo("0");
  }

  @Test
  void a_withdrawal_under_its_key_has_the_first_answer_whatever_is_set_since() {
    var user = site.user("paid@x.example");
    var source = site.user(site.tenant, "paying@x.example", Optional.of(user.id()));
    site.site.run(
        tx -> {
          var _ =
              site.rewards
                  .members()
                  .tellTotal(
                      tx,
                      site.tenant.tenant().id(),
                      user.id(),
                      Points.of(BigDecimal.valueOf(1_000)));
        });
    site.recharge(site.tenant, CardType.SELF, 2_000);
    var _ = site.post(RECHARGE, "email", "paying@x.example", "amount", "2000", "type", "1");
    site.site.run(
        tx -> {
          var _ =
              site.rewards
                  .profits()
                  .close(
                      tx,
                      new ProfitClose(
                          site.tenant.tenant().id(),
                          source.id(),
                          "a",
                          "c",
                          Points.of(BigDecimal.valueOf(6_000)),
                          AccountNature.REAL));
        });
    site.distribute();
    String[] form = {
      "email", "paid@x.example", "amount", "50", "wallet_address", "T1", "wallet_network", "trc20"
    };
    Map<String, String> key = Map.of("Idempotency-Key", "first");
    byte[] first = site.raw("POST", "/merchant/user/withdraw", key, form).body();
    assertThat(new String(first, UTF_8)).startsWith("{\"code\":0");
    RewardTerms terms = RewardTerms.DEFAULT;
    WithdrawalTerms set = terms.withdrawals();
    terms(
        new RewardTerms(
            terms.profitRate(),
            terms.highWaterMark(),
            terms.transferWholeTenant(),
            terms.levels(),
            new WithdrawalTerms(
                Points.of(BigDecimal.valueOf(60)),
                set.feeRate(),
                List.of("ERC20"),
                Duration.ofDays(1),
                set.dailyLimit(),
                set.secondAdminFrom())));
    assertThat(site.raw("POST", "/merchant/user/withdraw", key, form).body()).isEqualTo(first);
    form[7] = "ERC20";
    assertThat(code(site.raw("POST", "/merchant/user/withdraw", key, form).body()))
        .isEqualTo("409");
    assertThat(code(site.raw("POST", "/merchant/user/withdraw", Map.of(), form).body()))
        .isEqualTo("400");
    // more than there is, at an address that is named for the first time: it waits from then on
    form[3] = "60";
    assertThat(code(site.raw("POST", "/merchant/user/withdraw", Map.of(), form).body()))
        .isEqualTo("402");
    List<PayoutAddress> addresses =
        site.site.write(
            tx -> site.rewards.withdrawals().addresses(tx, site.tenant.tenant().id(), user.id()));
    assertThat(addresses)
        .extracting(each -> each.network() + " " + each.address())
        .containsExactlyInAnyOrder("TRC20 T1", "ERC20 T1");
    assertThat(
            site.site
                .write(
                    tx ->
                        site.rewards
                            .withdrawals()
                            .page(
                                tx,
                                new WithdrawalFilter(
                                    Optional.of(site.tenant.tenant().id()),
                                    Optional.of(user.id()),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty()),
                                ListRequest.first(10)))
                .rows())
        .hasSize(1);
    terms(terms);
  }

  private static void terms(RewardTerms terms) {
    site.site.run(
        tx -> {
          var _ = site.rewards.terms().set(tx, site.tenant.tenant().id(), terms);
        });
  }

  private static void active(NewTenant tenant, boolean active) {
    site.site.run(
        tx -> {
          var _ = site.site.identity().tenantRegister().setActive(tx, tenant.tenant().id(), active);
        });
  }

  private static NewTenant rotated(NewTenant tenant, OldKeys old) {
    return site.site.write(
        tx -> site.site.identity().tenantRegister().rotateKeys(tx, tenant.tenant().id(), old));
  }

  private static String recharged(NewTenant by, String email, String amount) {
    return code(
        site.raw(by, "POST", RECHARGE, Map.of(), "email", email, "amount", amount, "type", "1")
            .body());
  }

  private static String code(byte[] envelope) {
    return Json.read(envelope).required("code").toString();
  }

  private static ServedAnswer posted(String type, byte[] body) {
    NewTenant by = site.tenant;
    Map<String, String> headers =
        Signed.byHmac(by.appKey(), by.appSecret(), site.now(), "POST", RECHARGE, body);
    headers.put("Content-Type", type);
    return ServedAnswer.of(site.send("POST", RECHARGE, body, headers));
  }

  private static Map<String, String> signed(NewTenant by, String target) {
    return Signed.byHmac(by.appKey(), by.appSecret(), site.now(), "GET", target, NOTHING);
  }

  private static ServedAnswer sent(String target, Map<String, String> headers) {
    return ServedAnswer.of(site.send("GET", target, NOTHING, headers));
  }

  private static String points(String email) {
    return site.get("/merchant/user/info", "email", email)
        .required("point_card_total")
        .decimalValue()
        .toPlainString();
  }
}
