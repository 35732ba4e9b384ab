package io.tollgate.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.AdminRole;
import io.tollgate.site.testing.ServedAnswer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("slow")
class RequestChargeRoutesTest {
  private static final Asset USD = Asset.money("USD");
  private static final String REASON = "{\"reason\":\"asked for\"}";
  private static final AdminSite site = new AdminSite();
  private static final String token = site.login();
  private static final TenantId tenant = site.tenant("one");

  @AfterAll
  static void close() {
    assertThat(site.findings()).isEmpty();
    site.close();
  }

  @Test
  void a_charge_is_explained_by_lines_that_add_up_to_it() throws Exception {
    ChargeId charge = served(rich("lines"));
    JsonNode data = get(charge).data();
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode line : data.path("lines")) {
      sum = sum.add(line.path("amount").decimalValue());
    }
    assertThat(data.path("lines").size()).isEqualTo(2);
    assertThat(data.path("lines").path(0).path("count").longValue()).isEqualTo(1_000);
    assertThat(data.path("lines").path(0).path("per_million").decimalValue())
        .isEqualByComparingTo("0.15");
    assertThat(sum).isEqualByComparingTo("0.00021");
    assertThat(data.path("full").decimalValue()).isEqualByComparingTo(sum);
    assertThat(data.path("cost").decimalValue()).isEqualByComparingTo(sum);
    assertThat(data.path("legs").size()).isOne();
    assertThat(data.path("legs").path(0).path("account_kind").asString()).isEqualTo("gift");
    assertThat(data.path("refund").isNull()).isTrue();
  }

  @Test
  void a_charge_is_given_back_once_to_who_paid_it() throws Exception {
    UserId user = rich("back");
    ChargeId charge = served(user);
    String before = means(user);
    ServedAnswer first = refund(charge, "key-back");
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.data().path("amount").decimalValue()).isEqualByComparingTo("0.00021");
    assertThat(refund(charge, "key-back").data()).isEqualTo(first.data());
    assertThat(refund(charge, "key-other").status()).isEqualTo(409);
    assertThat(before).isEqualTo("9.99979");
    assertThat(means(user)).isEqualTo("10");
    JsonNode data = get(charge).data();
    assertThat(data.path("refund").path("transfer_id")).isEqualTo(first.data().path("transfer_id"));
    assertThat(data.path("legs").size()).isEqualTo(2);
  }

  @Test
  void of_many_at_once_one_gives_it_back() throws Exception {
    UserId user = rich("race");
    ChargeId charge = served(user);
    List<Callable<Integer>> tries = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String key = "race-" + i;
      tries.add(() -> refund(charge, key).status());
    }
    List<Integer> answers = new ArrayList<>();
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var each : many.invokeAll(tries)) {
        answers.add(each.get());
      }
    }
    assertThat(answers).containsOnlyOnce(200);
    assertThat(answers).containsOnly(200, 409);
    assertThat(means(user)).isEqualTo("10");
  }

  @Test
  void what_free_tokens_paid_comes_back_as_tokens() throws Exception {
    UserId user = site.user(tenant, "free");
    site.give(tenant, "free", new Amount(Asset.TOKEN, 5_000), "k-free");
    ChargeId charge = served(user);
    JsonNode data = get(charge).data();
    assertThat(data.path("quota_tokens").longValue()).isEqualTo(1_100);
    assertThat(data.path("by_quota").decimalValue()).isEqualByComparingTo("0.00021");
    assertThat(data.path("cost").decimalValue()).isEqualByComparingTo("0");
    ServedAnswer back = refund(charge, "key-free");
    assertThat(back.data().path("quota_tokens").longValue()).isEqualTo(1_100);
    assertThat(balance(user, "grant", "TOKEN")).isEqualTo("5000");
  }

  @Test
  void what_is_not_charged_by_a_result_is_not_given_back() throws Exception {
    UserId user = rich("doubt");
    ChargeId charge = site.leaveInDoubt(tenant, user, TokenUsage.of(100, 10));
    assertThat(refund(charge, "key-doubt").status()).isEqualTo(409);
    String unknown = "/api/request-logs/019ac1f4-8a5e-7b30-9a40-5f6d2b1c0e77";
    assertThat(site.postOnce(token, unknown + "/refund", REASON, "k").status()).isEqualTo(404);
    assertThat(site.get(token, unknown + "/charge").status()).isEqualTo(404);
  }

  @Test
  void a_key_is_needed_and_belongs_to_one_charge_and_support_may_not() throws Exception {
    UserId user = rich("keys");
    ChargeId one = served(user);
    ChargeId other = served(user);
    assertThat(site.post(token, path(one) + "/refund", REASON).status()).isEqualTo(400);
    ServedAnswer nothing = site.postOnce(token, path(one) + "/refund", "{}", "key-keys");
    assertThat(nothing.status()).isEqualTo(400);
    assertThat(nothing.json().path("fields").has("reason")).isTrue();
    assertThat(refund(one, "key-keys").status()).isEqualTo(200);
    ServedAnswer again = refund(other, "key-keys");
    assertThat(again.text("code")).isEqualTo("IDEMPOTENCY_CONFLICT");
    String support = site.login(AdminRole.SUPPORT);
    assertThat(site.postOnce(support, path(other) + "/refund", REASON, "key-x").status())
        .isEqualTo(403);
  }

  private static ServedAnswer get(ChargeId charge) throws Exception {
    return site.get(token, path(charge) + "/charge");
  }

  private static ServedAnswer refund(ChargeId charge, String key) throws Exception {
    return site.postOnce(token, path(charge) + "/refund", REASON, key);
  }

  private static String path(ChargeId charge) {
    return "/api/request-logs/" + charge;
  }

  private static String means(UserId user) throws Exception {
    return balance(user, "gift", "USD");
  }

  private static String balance(UserId user, String kind, String asset) throws Exception {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode row :
        site.get(token, "/api/ledger/accounts?owner=user:" + user + "&kind=" + kind).data()) {
      if (row.path("asset").asString().equals(asset)) {
        sum = sum.add(row.path("balance").decimalValue());
      }
    }
    return sum.stripTrailingZeros().toPlainString();
  }

  private static UserId rich(String externalId) {
    site.give(tenant, externalId, Amount.parse(USD, "10"), "k-" + externalId);
    return site.user(tenant, externalId);
  }

  private static ChargeId served(UserId user) {
    return site.serve(tenant, user, TokenUsage.of(1_000, 100));
  }
}
