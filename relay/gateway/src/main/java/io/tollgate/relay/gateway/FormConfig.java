package io.tollgate.relay.gateway;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.util.List;

/**
 * Bounds of forms with files in them.
 *
 * @param maxFileBytes of each file
 * @param maxBytes of a form in all
 * @param memoryBytes of a form that are held in memory; a larger one waits in a file
 * @param maxParts fields and files of a form
 * @param maxFieldBytes of all fields of a form that are no files
 * @param diskMib of the files of all running requests together
 */
public record FormConfig(
    int maxFileBytes, int maxBytes, int memoryBytes, int maxParts, int maxFieldBytes, int diskMib) {
  private static final int MIB = 1 << 20;

  public static final Setting<Integer> MAX_FILE_BYTES =
      Setting.number(
          "relay.form.file.max", 25 * MIB, 1024, 1024 * MIB, "largest file in a form, bytes");
  public static final Setting<Integer> MAX_BYTES =
      Setting.number(
          "relay.form.max", 128 * MIB, 1024, 2047 * MIB, "largest form, all its files, bytes");
  public static final Setting<Integer> MEMORY_BYTES =
      Setting.number(
          "relay.form.memory.max",
          MIB,
          0,
          256 * MIB,
          "a larger form waits in a private file of the data directory, bytes");
  public static final Setting<Integer> MAX_PARTS =
      Setting.number("relay.form.parts.max", 64, 1, 10_000, "most fields and files of a form");
  public static final Setting<Integer> MAX_FIELD_BYTES =
      Setting.number(
          "relay.form.fields.max",
          256 * 1024,
          1024,
          64 * MIB,
          "most bytes of all fields of a form that are no files");
  public static final Setting<Integer> DISK_MIB =
      Setting.number(
          "relay.form.disk.mib",
          2048,
          1,
          1_000_000,
          "forms of all running requests that wait in files, together, MiB");

  public static List<Setting<?>> settings() {
    return List.of(MAX_FILE_BYTES, MAX_BYTES, MEMORY_BYTES, MAX_PARTS, MAX_FIELD_BYTES, DISK_MIB);
  }

  public static FormConfig from(Settings settings) {
    return new FormConfig(
        settings.get(MAX_FILE_BYTES),
        settings.get(MAX_BYTES),
        settings.get(MEMORY_BYTES),
        settings.get(MAX_PARTS),
        settings.get(MAX_FIELD_BYTES),
        settings.get(DISK_MIB));
  }
}
