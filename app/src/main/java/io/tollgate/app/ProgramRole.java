package io.tollgate.app;

import io.tollgate.ground.config.SettingsException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A part of the program that can run as a process of its own. */
enum ProgramRole {
  /** The relay for callers. */
  GATEWAY,
  /** Billing for backends, on the private port. */
  BILLING,
  /** The numbers of users for their devices. */
  SYNC,
  /** The admin interface. */
  CONSOLE,
  /** The sandbox provider. */
  SANDBOX;

  /** Reads names separated by commas. */
  static Set<ProgramRole> parse(String text) {
    Set<ProgramRole> roles = EnumSet.noneOf(ProgramRole.class);
    for (String name : text.split(",", -1)) {
      roles.add(
          Arrays.stream(values())
              .filter(role -> role.code().equals(name.strip().toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(
                  () ->
                      new SettingsException(
                          "role: " + name + " (expected: some of " + codes() + ")")));
    }
    return roles;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String codes() {
    return Arrays.stream(values()).map(ProgramRole::code).collect(Collectors.joining(", "));
  }
}
