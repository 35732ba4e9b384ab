package io.tollgate.ground.config;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The settings in force: flags before environment before file before defaults. Made once at start
 * with everything that may be set, so that an unknown name is an error that names the nearest known
 * one. Immutable.
 */
public final class Settings {
  /** Prefix of environment variables that are settings. */
  public static final String ENVIRONMENT_PREFIX = "TOLLGATE_";

  private static final Pattern USER_OF_ADDRESS = Pattern.compile("://[^/@\\s]*@");

  private final Map<String, Given> given;
  private final List<Setting<?>> known;

  private Settings(Map<String, Given> given, List<Setting<?>> known) {
    this.given = Map.copyOf(given);
    this.known = List.copyOf(known);
  }

  /** Where a value comes from, the strongest last. */
  public enum Source {
    DEFAULT,
    FILE,
    ENVIRONMENT,
    FLAG
  }

  /**
   * A setting as it is in force.
   *
   * @param value as it is written; empty where there is none, and of secrets
   * @param usual its default; empty where it has none
   * @param setBy the file, variable or flag that says so; empty for a default
   * @param secret whether the value is never shown
   */
  public record InForce(
      String name,
      String description,
      Optional<String> value,
      Optional<String> usual,
      Source source,
      Optional<String> setBy,
      boolean secret) {
    public InForce {
      requireNonNull(name, "name is null");
      requireNonNull(description, "description is null");
      requireNonNull(value, "value is null");
      requireNonNull(usual, "usual is null");
      requireNonNull(source, "source is null");
      requireNonNull(setBy, "setBy is null");
    }
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
    file.forEach((name, value) -> put(given, name, value, Source.FILE, fileName));
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(ENVIRONMENT_PREFIX)) {
            put(
                given,
                name.substring(ENVIRONMENT_PREFIX.length()),
                value,
                Source.ENVIRONMENT,
                name);
          }
        });
    flags.forEach((name, value) -> put(given, name, value, Source.FLAG, "--" + name));

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
    return new Settings(given, List.copyOf(byName.values()));
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

  /** Every setting there is, by name; secrets without their values. */
  public List<InForce> inForce() {
    return known.stream().map(this::inForce).toList();
  }

  private InForce inForce(Setting<?> setting) {
    Optional<Given> by = Optional.ofNullable(given.get(setting.name()));
    Optional<String> usual = Optional.ofNullable(setting.defaultText());
    Optional<String> value = by.map(Given::text).or(() -> usual);
    return new InForce(
        setting.name(),
        setting.description(),
        setting.secret() ? Optional.empty() : value.map(Settings::withoutPassword),
        usual,
        by.map(Given::source).orElse(Source.DEFAULT),
        by.map(Given::origin),
        setting.secret());
  }

  /** An address may have a name and a password before its host. */
  private static String withoutPassword(String value) {
    return USER_OF_ADDRESS.matcher(value).replaceAll("://****@");
  }

  private static void put(
      Map<String, Given> given, String name, String text, Source source, String origin) {
    given.put(Setting.canonical(name), new Given(text, source, origin));
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

  private record Given(String text, Source source, String origin) {}
}
