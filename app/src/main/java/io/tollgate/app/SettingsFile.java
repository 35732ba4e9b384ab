package io.tollgate.app;

import io.tollgate.ground.config.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads tollgate.yaml: nested names are joined by dots, lists by commas. */
final class SettingsFile {
  private static final int MAX_BYTES = 1 << 20;

  private SettingsFile() {}

  /** The settings of the file; none when there is no file. */
  static Map<String, String> read(Path file) {
    if (!Files.exists(file)) {
      return Map.of();
    }
    Object document;
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new SettingsException(file + " is larger than " + MAX_BYTES + " bytes");
      }
      LoadSettings settings =
          LoadSettings.builder().setLabel(file.toString()).setAllowDuplicateKeys(false).build();
      document = new Load(settings).loadFromString(Files.readString(file));
    } catch (IOException e) {
      throw new SettingsException(file + " cannot be read: " + e);
    } catch (YamlEngineException e) {
      throw new SettingsException(file + " is not YAML: " + e.getMessage());
    }
    Map<String, String> flat = new LinkedHashMap<>();
    if (document != null) {
      if (!(document instanceof Map<?, ?> map)) {
        throw new SettingsException(file + " holds no settings (expected: name: value)");
      }
      flatten("", map, flat, file);
    }
    return flat;
  }

  private static void flatten(String prefix, Map<?, ?> map, Map<String, String> flat, Path file) {
    map.forEach(
        (key, value) -> {
          String name = prefix + key;
          if (value instanceof Map<?, ?> nested) {
            flatten(name + ".", nested, flat, file);
          } else {
            flat.put(name, text(name, value, file));
          }
        });
  }

  private static String text(String name, @Nullable Object value, Path file) {
    return switch (value) {
      case null -> throw new SettingsException(name + " in " + file + " has no value");
      case List<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(","));
      default -> value.toString();
    };
  }
}
