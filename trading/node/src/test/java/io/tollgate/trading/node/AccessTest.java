package io.tollgate.trading.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.AddressBlock;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.trading.exchange.ExchangeAddresses;
import io.tollgate.web.CenterToken;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call a node, and how it may be set. Nothing here reaches an exchange. */
class AccessTest {
  private static final String NOWHERE = "http://127.0.0.1:1";
  private static final String BODY = "{\"tasks\":[]}";

  @TempDir private static Path folder;
  private static ExecutionNode node;
  private static NodeCaller caller;

  @BeforeAll
  static void open() {
    node = NodeSite.start(NodeSite.config(NOWHERE), folder.resolve("node"));
    caller = new NodeCaller(node.port());
  }

  @AfterAll
  static void close() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "execute",
        "sync-balance",
        "sync-positions",
        "sync-trades",
        "close-position",
        "cancel-conditionals"
      })
  void without_the_token_nothing_is_answered(String call) {
    assertThat(caller.post(call, BODY, "").statusCode()).isEqualTo(401);
    assertThat(caller.post(call, BODY, NodeCaller.SECRET + "x").statusCode()).isEqualTo(401);
    assertThat(caller.post(call, BODY, NodeCaller.SECRET.substring(0, 10)).statusCode())
        .isEqualTo(401);
    assertThat(caller.post(call, BODY, NodeCaller.SECRET).statusCode()).isNotEqualTo(401);
  }

  @Test
  void an_address_that_is_not_listed_is_turned_away_with_the_right_token() {
    NodeConfig elsewhere =
        NodeSite.with(
            NodeSite.config(NOWHERE),
            List.of(AddressBlock.parse("10.0.0.0/8")),
            Optional.empty(),
            Optional.empty());
    try (ExecutionNode guarded = NodeSite.start(elsewhere, folder.resolve("elsewhere"))) {
      NodeCaller near = new NodeCaller(guarded.port());
      assertThat(near.post("sync-balance", BODY, NodeCaller.SECRET).statusCode()).isEqualTo(401);
      assertThat(near.get("/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void health_is_told_to_everybody() {
    String health = caller.get("/health").body();
    assertThat(health)
        .contains("\"status\":\"healthy\"")
        .contains("\"service\":\"execution-node\"")
        .contains("\"version\":\"1.2\"")
        .contains("\"heartbeat_enabled\":false")
        .contains(
            "\"heartbeat\":{\"enabled\":false,\"center_url\":null,\"node_code\":null,"
                + "\"interval\":null}");
    assertThat(caller.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(caller.get("/api/execute").statusCode()).isEqualTo(405);
    assertThat(caller.get("/api/elsewhere").statusCode()).isEqualTo(404);
  }

  @Test
  void it_does_not_start_without_a_secret() {
    assertThatThrownBy(() -> config(Map.of(), true))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("node.auth.secret is not set");
    assertThatThrownBy(() -> config(Map.of("node.auth.secret", "short"), true))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("16 characters");
    assertThat(config(Map.of("node.auth.secret", NodeCaller.SECRET), false).token().secret())
        .contains(NodeCaller.SECRET);
  }

  @Test
  void it_asks_nobody_for_the_secret_on_a_loopback_address_only() {
    NodeConfig open = config(Map.of("node.auth.enabled", "false"), true);
    assertThat(open.token().toString()).isEqualTo("CenterToken[not asked]");
    assertThatThrownBy(() -> config(Map.of("node.auth.enabled", "false"), false))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("loopback");
  }

  @Test
  void settings_that_do_not_go_together_are_refused() {
    String secret = NodeCaller.SECRET;
    assertThatThrownBy(() -> config(Map.of("node.auth.secret", secret, "node.code", "n1"), true))
        .hasMessageContaining("node.center.url");
    assertThatThrownBy(
            () -> config(Map.of("node.auth.secret", secret, "node.tls.callers", "ca.pem"), true))
        .hasMessageContaining("node.tls.certificate");
    assertThatThrownBy(
            () -> config(Map.of("node.auth.secret", secret, "node.allowed.ips", "here"), true))
        .hasMessageContaining("node.allowed.ips: here");
    assertThatThrownBy(
            () ->
                config(
                    Map.of(
                        "node.auth.secret", secret, "node.code", "n1", "node.center.url", "center"),
                    true))
        .hasMessageContaining("node.center.url: center");
  }

  private static NodeConfig config(Map<String, String> given, boolean loopback) {
    List<Setting<?>> known = new ArrayList<>(NodeConfig.settings());
    known.addAll(ExchangeAddresses.settings());
    known.addAll(CenterToken.settings());
    return NodeConfig.from(
        Settings.merge(known, Map.of(), given, Map.of(), Map.of(), "file"), loopback);
  }
}
