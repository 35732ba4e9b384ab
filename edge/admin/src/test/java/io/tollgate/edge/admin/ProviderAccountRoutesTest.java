package io.tollgate.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.contracts.Protocol;
import io.tollgate.identity.AdminRole;
import io.tollgate.relay.accounts.AccountFailure;
import io.tollgate.relay.accounts.AccountQuery;
import io.tollgate.relay.accounts.AccountRouting.Choice;
import io.tollgate.relay.accounts.AccountUse;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.site.testing.ServedAnswer;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Tag("slow")
class ProviderAccountRoutesTest {
  private static final String PATH = "/api/provider-accounts";
  private static final AdminSite site = new AdminSite();
  private static final String token = site.login();
  private static final AtomicInteger models = new AtomicInteger();

  private final String model = "m-" + models.incrementAndGet();

  @BeforeAll
  static void makeProvider() throws Exception {
    ServedAnswer made =
        site.post(
            token,
            "/api/providers",
            "{\"name\":\"acme\",\"protocols\":[\"openai\",\"responses\"],"
                + "\"base_url\":\"http://10.0.0.7:8080/v1\"}");
    assertThat(made.status()).as(made.json().toString()).isEqualTo(200);
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void an_account_is_made_shown_with_its_secrets_masked_and_serves() throws Exception {
    ServedAnswer made =
        create(
            "\"keys\":[\"sk-abcdefghijklmnop1234\",{\"key\":\"sk-second-key-of-it-5678\"}],"
                + "\"headers\":[{\"name\":\"X-Team\",\"value\":\"blue\"},"
                + "{\"name\":\"x-gate\",\"value\":\"open-sesame\",\"secret\":true}],"
                + "\"proxy_url\":\"socks5://me:hush@proxy.local:1080\","
                + "\"model_mapping\":{\"other\":\"theirs\"},\"priority\":3,\"weight\":7,"
                + "\"requests_per_minute\":60,\"tokens_per_minute\":100000,"
                + "\"max_concurrency\":5,\"cost_factor\":\"0.85\"");
    assertThat(made.status()).as(made.json().toString()).isEqualTo(200);
    JsonNode row = made.data();
    assertThat(row.path("state").asString()).isEqualTo("healthy");
    assertThat(row.path("protocols").toString()).isEqualTo("[\"openai\",\"responses\"]");
    assertThat(row.path("base_url").asString()).isEqualTo("http://10.0.0.7:8080/v1");
    assertThat(row.path("own_base_url").isNull()).isTrue();
    assertThat(row.path("keys").path(0).path("key").asString()).isEqualTo("****1234");
    assertThat(row.path("keys").path(1).path("key").asString()).isEqualTo("****5678");
    assertThat(row.path("headers").path(0).path("value").asString()).isEqualTo("blue");
    assertThat(row.path("headers").path(1).path("value").isNull()).isTrue();
    assertThat(row.path("proxy_url").asString()).isEqualTo("socks5://****@proxy.local:1080");
    assertThat(row.path("cost_factor").toString()).isEqualTo("0.85");
    assertThat(row.required("total_cost").decimalValue()).isZero();
    assertThat(row.required("today_requests").asLong()).isZero();
    String listed = site.get(token, PATH + "?model=" + model).json().toString();
    for (String secret : new String[] {"abcdefghijklmnop", "open-sesame", "hush"}) {
      assertThat(listed).doesNotContain(secret);
    }
    ProviderAccount serving = use().account();
    assertThat(serving.settings().headers().get(1).value()).isEqualTo("open-sesame");
    assertThat(serving.settings().proxy().orElseThrow().password()).contains("hush");
    assertThat(serving.upstreamModel("other")).isEqualTo("theirs");
  }

  @Test
  void what_a_change_leaves_out_stays_and_a_new_name_keeps_the_secrets() throws Exception {
    JsonNode made =
        create(
                "\"keys\":[\"first-key-0123456789\"],"
                    + "\"headers\":[{\"name\":\"x-gate\",\"value\":\"sesame\",\"secret\":true}]")
            .data();
    long key = made.path("keys").path(0).path("id").longValue();
    String path = PATH + "/" + made.path("id");
    ServedAnswer changed =
        site.put(
            token,
            path,
            "{\"name\":\"renamed "
                + model
                + "\",\"keys\":[{\"id\":"
                + key
                + "},\"another-key-987654\"],"
                + "\"headers\":[{\"name\":\"x-gate\"}],\"weight\":9,\"models\":[]}");
    assertThat(changed.status()).as(changed.json().toString()).isEqualTo(200);
    assertThat(changed.data().path("keys").path(0).path("id").longValue()).isEqualTo(key);
    assertThat(changed.data().path("models").isNull()).isTrue();
    assertThat(changed.data().path("readable").asBoolean()).isTrue();
    await()
        .untilAsserted(
            () -> {
              ProviderAccount serving = use().account();
              assertThat(serving.settings().keys().getFirst().secret())
                  .isEqualTo("first-key-0123456789");
              assertThat(serving.settings().headers().getFirst().value()).isEqualTo("sesame");
              assertThat(serving.settings().weight()).isEqualTo(9);
            });
    assertThat(site.delete(token, path).status()).isEqualTo(200);
  }

  @Test
  void an_account_is_switched_off_and_on() throws Exception {
    String path = PATH + "/" + create("\"keys\":[\"key-0\"]").data().path("id");
    assertThat(site.patch(token, path + "/toggle", "").data().path("state").asString())
        .isEqualTo("off");
    await().until(() -> choose() instanceof Choice.None);
    String on = "{\"enabled\":true}";
    assertThat(site.patch(token, path + "/toggle", on).data().path("enabled").asBoolean()).isTrue();
    assertThat(site.patch(token, path + "/toggle", on).data().path("enabled").asBoolean()).isTrue();
    await().until(() -> choose() instanceof Choice.Chosen);
  }

  @Test
  void a_banned_account_says_why_and_serves_again_when_it_is_reset() throws Exception {
    String path = PATH + "/" + create("\"keys\":[\"key-1\"]").data().path("id");
    use().failed(new AccountFailure.Banned(402));
    await().until(() -> site.get(token, path).data().path("state").asString().equals("banned"));
    JsonNode banned = site.get(token, path).data();
    assertThat(banned.path("last_failure").path("code").asString()).isEqualTo("banned");
    assertThat(banned.path("last_failure").path("status").intValue()).isEqualTo(402);
    assertThat(
            site.get(token, PATH + "?state=banned&model=" + model).json().path("total").intValue())
        .isEqualTo(1);
    assertThat(choose()).isInstanceOf(Choice.None.class);
    ServedAnswer reset = site.post(token, path + "/reset", "");
    assertThat(reset.data().path("state").asString()).isEqualTo("healthy");
    assertThat(reset.data().path("last_failure").path("status").intValue()).isEqualTo(402);
    await().until(() -> choose() instanceof Choice.Chosen);
  }

  @Test
  void a_deleted_account_is_gone_and_its_name_is_free() throws Exception {
    String path = PATH + "/" + create("\"keys\":[\"key-2\"]").data().path("id");
    assertThat(create("\"keys\":[\"key-2\"]").status()).isEqualTo(409);
    assertThat(site.delete(token, path).status()).isEqualTo(200);
    assertThat(site.delete(token, path).status()).isEqualTo(404);
    assertThat(site.get(token, path).status()).isEqualTo(404);
    await().until(() -> choose() instanceof Choice.None);
    assertThat(create("\"keys\":[\"key-2\"]").status()).isEqualTo(200);
  }

  @Test
  void a_provider_that_is_off_takes_its_accounts_along() throws Exception {
    JsonNode provider =
        site.post(
                token,
                "/api/providers",
                "{\"name\":\"p-" + model + "\",\"protocols\":[\"openai\"]}")
            .data();
    String toggle = "/api/providers/" + provider.path("id") + "/toggle";
    ServedAnswer nowhere =
        site.post(
            token, PATH, "{\"provider\":\"p-" + model + "\",\"name\":\"a\",\"keys\":[\"k\"]}");
    assertThat(nowhere.status()).isEqualTo(400);
    assertThat(nowhere.text("error")).contains("base_url is missing");
    site.post(
        token,
        PATH,
        "{\"provider\":\"p-"
            + model
            + "\",\"name\":\"a\",\"keys\":[\"k\"],\"base_url\":\"http://h/v1\",\"models\":[\""
            + model
            + "\"]}");
    await().until(() -> choose() instanceof Choice.Chosen);
    assertThat(site.patch(token, toggle, "").data().path("healthy_accounts").intValue()).isZero();
    await().until(() -> choose() instanceof Choice.None);
    assertThat(site.patch(token, toggle, "").data().path("healthy_accounts").intValue()).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"keys\":[]|keys",
        "\"keys\":\"sk\"|keys",
        "\"keys\":[\"has space\"]|key",
        "\"keys\":[\"a\",\"a\"]|keys",
        "\"keys\":[{\"id\":1}]|keys",
        "\"keys\":[17]|keys",
        "\"keys\":[\"k\"],\"base_url\":\"ftp://h\"|base url",
        "\"keys\":[\"k\"],\"base_url\":\"http://u:p@h/v1\"|base url",
        "\"keys\":[\"k\"],\"proxy_url\":\"gopher://h:1\"|proxy url",
        "\"keys\":[\"k\"],\"proxy_url\":\"socks5://h\"|proxy url",
        "\"keys\":[\"k\"],\"headers\":[{\"name\":\"host\",\"value\":\"x\"}]|headers",
        "\"keys\":[\"k\"],\"headers\":[{\"name\":\"x\"}]|headers",
        "\"keys\":[\"k\"],\"headers\":[{\"name\":\"x\",\"value\":\"a\\nb\"}]|headers",
        "\"keys\":[\"k\"],\"protocols\":[\"soap\"]|protocols",
        "\"keys\":[\"k\"],\"protocols\":[\"openai\",\"openai\"]|protocols",
        "\"keys\":[\"k\"],\"groups\":[]|groups",
        "\"keys\":[\"k\"],\"groups\":[\"No Spaces\"]|groups",
        "\"keys\":[\"k\"],\"weight\":0|weight",
        "\"keys\":[\"k\"],\"priority\":1.5|priority",
        "\"keys\":[\"k\"],\"requests_per_minute\":-1|requests_per_minute",
        "\"keys\":[\"k\"],\"cost_factor\":0.00001|cost_factor",
        "\"keys\":[\"k\"],\"model_mapping\":{\"a\":1}|model_mapping",
        "\"keys\":[\"k\"],\"models\":[\"\"]|models",
        "\"keys\":[\"k\"],\"enabled\":\"yes\"|enabled"
      })
  void what_cannot_be_is_refused_naming_the_field(String given) throws Exception {
    String[] parts = given.split("\\|");
    ServedAnswer refused =
        site.post(
            token, PATH, "{\"provider\":\"acme\",\"name\":\"bad " + model + "\"," + parts[0] + "}");
    assertThat(refused.status()).as(refused.json().toString()).isEqualTo(400);
    assertThat(refused.text("error")).startsWith(parts[1]).contains("(expected: ");
  }

  @Test
  void an_unknown_provider_is_not_found_and_its_name_is_not_taken_twice() throws Exception {
    assertThat(
            site.post(token, PATH, "{\"provider\":\"nobody\",\"name\":\"a\",\"keys\":[\"k\"]}")
                .status())
        .isEqualTo(404);
    assertThat(
            site.post(token, "/api/providers", "{\"name\":\"acme\",\"protocols\":[\"openai\"]}")
                .status())
        .isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource({"state=ill", "protocol=soap", "enabled=maybe", "cursor=x", "page=0"})
  void a_bad_filter_is_refused(String query) throws Exception {
    assertThat(site.get(token, PATH + "?" + query).status()).isEqualTo(400);
  }

  @Test
  void only_owners_change_accounts_and_support_may_reset_them() throws Exception {
    String path = PATH + "/" + create("\"keys\":[\"key-3\"]").data().path("id");
    for (AdminRole role : new AdminRole[] {AdminRole.SUPPORT, AdminRole.READ_ONLY}) {
      String name = "admin-" + role.name().toLowerCase(java.util.Locale.ROOT);
      var _ =
          site.write(tx -> site.identity.admins().create(tx, name, name, AdminSite.PASSWORD, role));
      String other = site.identity.admins().login(name, AdminSite.PASSWORD, "127.0.0.1").token();
      assertThat(site.put(other, path, "{}").status()).isEqualTo(403);
      assertThat(site.delete(other, path).status()).isEqualTo(403);
      assertThat(site.post(other, path + "/reset", "").status())
          .isEqualTo(role == AdminRole.SUPPORT ? 200 : 403);
      assertThat(site.get(other, path).status()).isEqualTo(200);
    }
    assertThat(site.get("", path).status()).isEqualTo(401);
  }

  @Test
  void a_tenants_strategy_is_set_and_read() throws Exception {
    String path = "/api/tenants/" + site.tenant("t-" + model) + "/routing";
    assertThat(site.get(token, path).data().path("strategy").asString()).isEqualTo("weighted");
    assertThat(site.put(token, path, "{\"strategy\":\"least_cost\"}").status()).isEqualTo(200);
    assertThat(site.get(token, path).data().path("strategy").asString()).isEqualTo("least_cost");
    assertThat(site.put(token, path, "{\"strategy\":\"luck\"}").status()).isEqualTo(400);
    assertThat(site.get(token, "/api/tenants/999999/routing").status()).isEqualTo(404);
  }

  private ServedAnswer create(String fields) throws Exception {
    return site.post(
        token,
        PATH,
        "{\"provider\":\"acme\",\"name\":\"account "
            + model
            + "\",\"models\":[\""
            + model
            + "\"],"
            + fields
            + "}");
  }

  private Choice choose() {
    Choice choice = site.relay.routing().choose(AccountQuery.of(Protocol.OPENAI, model), Set.of());
    if (choice instanceof Choice.Chosen(AccountUse use)) {
      use.released();
    }
    return choice;
  }

  private AccountUse use() {
    await().until(() -> choose() instanceof Choice.Chosen);
    return ((Choice.Chosen)
            site.relay.routing().choose(AccountQuery.of(Protocol.OPENAI, model), Set.of()))
        .use();
  }
}
