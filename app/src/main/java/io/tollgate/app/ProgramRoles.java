package io.tollgate.app;

import io.tollgate.ground.config.SettingsException;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.web.HttpInterface;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The parts of the program that can run as processes of their own, as the modules name them. */
final class ProgramRoles {
  static final String SANDBOX = "sandbox";

  /** Has a process to itself, which has no database; no module of the others. */
  static final String NODE = "node";

  private ProgramRoles() {}

  /** All of them, in the order of the alphabet. */
  static Set<String> all() {
    return of(ProgramModules.ALL);
  }

  static Set<String> of(List<ModuleEntry<?>> modules) {
    Set<String> roles = new TreeSet<>();
    for (ModuleEntry<?> module : modules) {
      module.role().ifPresent(roles::add);
      module.facts().all(HttpInterface.class).forEach(face -> roles.add(face.role()));
    }
    return roles;
  }

  /** What a process can be chosen to be, in the order of the alphabet. */
  static Set<String> choices() {
    Set<String> choices = new TreeSet<>(all());
    choices.add(NODE);
    return choices;
  }

  /** Reads names separated by commas. */
  static Set<String> parse(String text) {
    Set<String> known = choices();
    Set<String> roles = new LinkedHashSet<>();
    for (String given : text.split(",", -1)) {
      String name = given.strip().toLowerCase(Locale.ROOT);
      if (!known.contains(name)) {
        throw new SettingsException(
            "role: " + given + " (expected: some of " + String.join(", ", known) + ")");
      }
      roles.add(name);
    }
    return roles;
  }
}
