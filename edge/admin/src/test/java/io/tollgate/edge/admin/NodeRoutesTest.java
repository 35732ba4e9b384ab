package io.tollgate.edge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.AdminRole;
import io.tollgate.site.testing.ServedAnswer;
import io.tollgate.trading.exchange.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Execution nodes over HTTP: the register, heartbeats, and whose accounts they trade for. */
class NodeRoutesTest {
  private static final String PATH = "/api/nodes";
  private static TradingSite site;

  @BeforeAll
  static void open() {
    site = new TradingSite();
  }

  @AfterAll
  static void close() {
    site.close();
  }

  private static String order(String code) {
    return "{\"node_code\":\"" + code + "\",\"base_url\":\"https://" + code + ".example:9101/\"}";
  }

  private static JsonNode made(String code) {
    ServedAnswer answer = site.post(PATH, order(code));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.data();
  }

  private static String one(JsonNode node) {
    return PATH + "/" + node.required("id").longValue();
  }

  @Test
  void a_node_is_made_changed_listed_and_taken_away() {
    JsonNode node = made("tokyo-1");
    assertThat(node.propertyNames())
        .containsExactly(
            "id",
            "node_code",
            "name",
            "base_url",
            "status",
            "online",
            "last_heartbeat_at",
            "accounts",
            "created_at");
    assertThat(node.toString())
        .contains(
            "\"node_code\":\"tokyo-1\",\"name\":\"tokyo-1\","
                + "\"base_url\":\"https://tokyo-1.example:9101\",\"status\":1,\"online\":false,"
                + "\"last_heartbeat_at\":null,\"accounts\":0");
    assertThat(site.post(PATH, order("tokyo-1")).status()).isEqualTo(400);
    JsonNode changed =
        site.put(one(node), "{\"name\":\"Tokyo\",\"status\":0,\"base_url\":\"http://10.0.0.1\"}")
            .data();
    assertThat(changed.toString())
        .contains("\"name\":\"Tokyo\",\"base_url\":\"http://10.0.0.1\",\"status\":0");
    assertThat(site.put(one(node), "{\"node_code\":\"other\"}").status()).isEqualTo(400);
    assertThat(site.get(PATH + "?status=0").data().toString()).contains("tokyo-1");
    assertThat(site.get(PATH + "?status=1").data().toString()).doesNotContain("tokyo-1");
    assertThat(site.delete(one(node)).status()).isEqualTo(200);
    assertThat(site.delete(one(node)).status()).isEqualTo(404);
    assertThat(site.put(one(node), "{}").status()).isEqualTo(404);
    assertThat(site.logged("PUT /api/nodes/{id}")).contains("Tokyo");
  }

  @Test
  void addresses_and_codes_that_are_none_are_refused() {
    for (String url :
        new String[] {
          "node",
          "ftp://node",
          "https://node/path",
          "https://node?x=1",
          "https://me@node",
          "https://"
        }) {
      String body = "{\"node_code\":\"bad\",\"base_url\":\"" + url + "\"}";
      assertThat(site.post(PATH, body).status()).as(url).isEqualTo(400);
    }
    assertThat(site.post(PATH, order("a b")).status()).isEqualTo(400);
    assertThat(site.post(PATH, "{\"node_code\":\"x\"}").status()).isEqualTo(400);
  }

  @Test
  void a_heartbeat_with_the_secret_makes_a_known_node_online() {
    JsonNode node = made("osaka-1");
    assertThat(site.heartbeat("osaka-1", "wrong").status()).isEqualTo(401);
    assertThat(site.heartbeat("osaka-1", "").status()).isEqualTo(401);
    assertThat(site.heartbeat("osaka-2", TradingSite.CENTER_TOKEN).status()).isEqualTo(404);
    assertThat(site.get(PATH + "?sort=-id").data().required(0).required("online").booleanValue())
        .isFalse();
    ServedAnswer heard = site.heartbeat("osaka-1", TradingSite.CENTER_TOKEN);
    assertThat(heard.status()).isEqualTo(200);
    assertThat(heard.data().required("node_code").asString()).isEqualTo("osaka-1");
    JsonNode row = site.get(PATH + "?sort=-id").data().required(0);
    assertThat(row.required("id")).isEqualTo(node.required("id"));
    assertThat(row.required("online").booleanValue()).isTrue();
    assertThat(row.required("last_heartbeat_at"))
        .isEqualTo(heard.data().required("last_heartbeat_at"));
  }

  @Test
  void accounts_are_assigned_to_nodes_that_are_on_and_given_back_to_the_centre() {
    TenantId tenant = site.tenant("assigned");
    UserId user = site.user(tenant, "assigned@example.com", "0");
    long first = site.account(tenant, user, Exchange.GATE, "key-of-first-0123");
    long second = site.account(tenant, user, Exchange.BINANCE, "key-of-second-012");
    JsonNode node = made("seoul-1");
    long id = node.required("id").longValue();
    String assign = "/api/exchange-accounts/" + first + "/assign-node";
    assertThat(site.put(assign, "{\"execution_node_id\":" + id + "}").status()).isEqualTo(200);
    assertThat(site.put(assign, "{\"execution_node_id\":999999}").status()).isEqualTo(404);
    assertThat(site.put(assign, "{}").status()).isEqualTo(400);
    assertThat(
            site.put("/api/exchange-accounts/999999/assign-node", "{\"execution_node_id\":0}")
                .status())
        .isEqualTo(404);
    ServedAnswer both =
        site.post(
            "/api/exchange-accounts/batch-assign-node",
            "{\"account_ids\":["
                + first
                + ","
                + second
                + ","
                + second
                + ",999999],\"execution_node_id\":"
                + id
                + "}");
    assertThat(both.toString())
        .contains("\"affected\":2", "\"execution_node_id\":" + id, "\"message\":");
    assertThat(site.get(one(node) + "/accounts").data()).hasSize(2);
    assertThat(site.get(PATH + "/999999/accounts").status()).isEqualTo(404);
    assertThat(site.get("/api/exchange-accounts?execution_node_id=" + id).data()).hasSize(2);
    assertThat(site.delete(one(node)).status()).isEqualTo(400);
    assertThat(site.put(one(node), "{\"status\":0}").data().toString()).contains("\"accounts\":2");
    assertThat(site.put(assign, "{\"execution_node_id\":" + id + "}").status()).isEqualTo(400);
    assertThat(
            site.post(
                    "/api/exchange-accounts/batch-assign-node",
                    "{\"account_ids\":[" + first + "," + second + "],\"execution_node_id\":null}")
                .status())
        .isEqualTo(200);
    assertThat(site.get(one(node) + "/accounts").data()).isEmpty();
    assertThat(site.delete(one(node)).status()).isEqualTo(200);
  }

  @Test
  void owners_alone_change_nodes() {
    JsonNode node = made("owned-1");
    for (AdminRole role : new AdminRole[] {AdminRole.FINANCE, AdminRole.SUPPORT}) {
      String token = site.login(role);
      assertThat(site.send("POST", PATH, order("other-1"), token).status()).isEqualTo(403);
      assertThat(site.send("PUT", one(node), "{\"status\":0}", token).status()).isEqualTo(403);
      assertThat(site.send("DELETE", one(node), "", token).status()).isEqualTo(403);
      assertThat(site.send("GET", PATH, "", token).status()).isEqualTo(200);
    }
    assertThat(site.send("GET", PATH, "", "none").status()).isEqualTo(401);
  }
}
