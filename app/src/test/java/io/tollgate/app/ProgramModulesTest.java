package io.tollgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.AuditReservation;
import io.tollgate.web.HttpInterface;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgramModulesTest {
  @Test
  void the_roles_are_those_that_modules_and_their_interfaces_name() {
    assertThat(ProgramRoles.all())
        .containsExactly(
            "backtest",
            "billing",
            "console",
            "gateway",
            "merchant",
            "sandbox",
            "signal-monitor",
            "sync");
    assertThat(ProgramRoles.parse("Gateway, sync")).containsExactly("gateway", "sync");
    assertThatThrownBy(() -> ProgramRoles.parse("gateway,synk"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "role: synk (expected: some of backtest, billing, console, gateway, merchant, node, sandbox, signal-monitor, sync)");
  }

  @Test
  void a_port_of_an_interface_can_be_set() {
    assertThat(KnownSettings.all())
        .containsAll(
            ProgramModules.facts(HttpInterface.class).stream()
                .map(HttpInterface::ownPort)
                .flatMap(Optional::stream)
                .map(port -> (Setting<?>) port)
                .toList());
  }

  @Test
  void a_setting_that_is_no_longer_used_is_not_one_and_names_one_that_is() {
    assertThat(KnownSettings.all())
        .extracting(Setting::name)
        .doesNotContainAnyElementsOf(KnownSettings.retired().keySet());
  }

  @Test
  void the_audit_has_the_checks_of_every_module() {
    assertThat(ProgramModules.facts(AuditCheck.class))
        .extracting(AuditCheck::name)
        .doesNotHaveDuplicates()
        .contains("billing.spend_windows")
        .anySatisfy(name -> assertThat(name).startsWith("metering."));
    assertThat(ProgramModules.facts(AuditReservation.class)).isNotEmpty();
  }
}
