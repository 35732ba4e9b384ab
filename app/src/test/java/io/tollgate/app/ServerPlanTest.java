package io.tollgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.config.Setting;
import io.tollgate.web.HttpInterface;
import io.tollgate.web.InterfaceRoutes;
import io.tollgate.web.Routes;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServerPlanTest {
  private static final Routes RELAY = (_, _, _) -> {};
  private static final Routes BACKEND = (_, _, _) -> {};
  private static final Routes SYNC = (_, _, _) -> {};
  private static final Routes ADMIN = (_, _, _) -> {};
  private static final HttpInterface OF_SYNC =
      HttpInterface.open("sync").withOwnPort(Setting.port("sync.port", 1, "")).alsoInternal();
  private static final HttpInterface OF_ADMIN =
      HttpInterface.open("console").withOwnPort(Setting.port("console.port", 2, ""));
  private static final List<InterfaceRoutes> OFFERED =
      List.of(
          new InterfaceRoutes(HttpInterface.open("gateway"), RELAY),
          new InterfaceRoutes(HttpInterface.internal("billing"), BACKEND),
          new InterfaceRoutes(OF_SYNC, SYNC),
          new InterfaceRoutes(OF_ADMIN, ADMIN));

  @Test
  void together_all_interfaces_share_a_public_and_a_private_server() {
    ServerPlan plan = ServerPlan.together(OFFERED);
    assertThat(plan.own()).isEmpty();
    assertThat(plan.publicly()).containsExactly(RELAY, SYNC, ADMIN);
    assertThat(plan.privately()).containsExactly(BACKEND, SYNC);
    assertThat(ServerPlan.together(List.of()).hasPublic()).isTrue();
  }

  @Test
  void apart_a_role_has_its_own_port_and_what_backends_use_stays_private() {
    ServerPlan plan = ServerPlan.apart(OFFERED, Set.of("sync", "console"));
    assertThat(plan.own()).containsOnlyKeys(OF_SYNC, OF_ADMIN);
    assertThat(plan.own().get(OF_SYNC)).containsExactly(SYNC);
    assertThat(plan.own().get(OF_ADMIN)).containsExactly(ADMIN);
    assertThat(plan.privately()).containsExactly(SYNC);
    assertThat(plan.hasPublic()).isFalse();
  }

  @Test
  void apart_the_gateway_is_on_the_public_port_and_roles_that_were_not_chosen_nowhere() {
    ServerPlan plan = ServerPlan.apart(OFFERED, Set.of("gateway"));
    assertThat(plan.publicly()).containsExactly(RELAY);
    assertThat(plan.hasPublic()).isTrue();
    assertThat(plan.own()).isEmpty();
    assertThat(plan.privately()).isEmpty();
    assertThat(ServerPlan.apart(OFFERED, Set.of("billing")).privately()).containsExactly(BACKEND);
  }
}
