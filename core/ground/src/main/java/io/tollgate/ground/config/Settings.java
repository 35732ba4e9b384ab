package io.tollgate.ground.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings in force: flags before environment before file before defaults. Made once at start
 * with everything that may be set, so that an unknown name is an error that names the nearest known
 * one. Immutable.
 */
public final class Settings {
  /** Prefix of environment variables that are settings. */
  public static final String ENVIRONMENT_PREFIX = "TOLLGATE_";

  private final Map<String, Given> given;

  private Settings(Map<String, Given> given) {
    this.given = Map.copyOf(given);
  }

  /**
   * Merges the sources, strongest first.
   *
   * @param known every setting there is
   * @param retired names no longer used, each with a sentence on what to use instead
   * @param flags names without leading dashes
   * @param environment the process's environment; only variables with our prefix are read
   * @param file flattened entries of the configuration file
   * @param fileName how the file is called in messages
   * @throws SettingsException naming every unknown or retired setting, and every value that does
   *     not parse
   */
  public static Settings merge(
      List<Setting<?>> known,
      Map<String, String> retired,
      Map<String, String> flags,
      Map<String, String> environment,
      Map<String, String> file,
      String fileName) {
    Map<String, Setting<?>> byName = new TreeMap<>();
    for (Setting<?> setting : known) {
      if (byName.put(setting.name(), setting) != null) {
        throw new IllegalArgumentException("setting declared twice: " + setting.name());
      }
    }
    Map<String, Given> given = new LinkedHashMap<>();
    file.forEach((name, value) -> put(given, name, value, fileName));
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(ENVIRONMENT_PREFIX)) {
            put(given, name.substring(ENVIRONMENT_PREFIX.length()), value, name);
          }
        });
    flags.forEach((name, value) -> put(given, name, value, "--" + name));

    List<String> faults = new ArrayList<>();
    given.forEach(
        (name, value) -> {
          Setting<?> setting = byName.get(name);
          if (setting == null) {
            faults.add(unknown(name, value.origin(), byName, retired));
            return;
          }
          try {
            var unused = setting.parse(value.text(), value.origin());
          } catch (SettingsException e) {
            faults.add(String.valueOf(e.getMessage()));
          }
        });
    if (!faults.isEmpty()) {
      throw new SettingsException(String.join("\n", faults));
    }
    return new Settings(given);
  }

  /** The setting's value, or its default. */
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(
            () ->
                new SettingsException(
                    setting.name() + " is not set (" + setting.description() + ")"));
  }

  /** The setting's value or default, or nothing where it has neither. */
  public <T> Optional<T> find(Setting<T> setting) {
    Given value = given.get(setting.name());
    return value == null
        ? setting.parse(null, "default")
        : setting.parse(value.text(), value.origin());
  }

  /** Whether someone set it, as opposed to its default applying. */
  public boolean isGiven(Setting<?> setting) {
    return given.containsKey(setting.name());
  }

  private static void put(Map<String, Given> given, String name, String text, String origin) {
    given.put(Setting.canonical(name), new Given(text, origin));
  }

  private static String unknown(
      String name, String origin, Map<String, Setting<?>> known, Map<String, String> retired) {
    String replacement = retired.get(name);
    if (replacement != null) {
      return "retired setting " + name + " (set by " + origin + "): " + replacement;
    }
    Optional<String> nearest = NearestName.of(name, known.keySet());
    return "unknown setting "
        + name
        + " (set by "
        + origin
        + ")"
        + nearest.map(n -> "; the nearest known one is " + n).orElse("");
  }

  private record Given(String text, String origin) {}
}
