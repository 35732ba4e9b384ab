package io.tollgate.edge.console;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files of the site as the build left them: an index with a line for each, its name, type and
 * hash between tabs, and beside each file its compressed forms where they are smaller. Immutable.
 */
final class SiteFiles {
  private static final String FOLDER = "site/";
  private static final String INDEX = "index.tsv";

  private final Map<String, SiteFile> files;

  SiteFiles(Map<String, SiteFile> files) {
    this.files = Map.copyOf(files);
  }

  /** What is in the build. */
  static SiteFiles built() {
    Map<String, SiteFile> files = new LinkedHashMap<>();
    byte[] index =
        read(INDEX)
            .orElseThrow(
                () -> new IllegalStateException("resource: site/" + INDEX + " (expected: built)"));
    for (String line : new String(index, StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.isEmpty()) {
        String[] parts = line.split("\t", -1);
        files.put(parts[0], new SiteFile(parts[1], parts[2], forms(parts[0])));
      }
    }
    return new SiteFiles(files);
  }

  /**
   * A file by its name, without a slash before it.
   *
   * @throws IllegalStateException when the build does not have it
   */
  SiteFile require(String name) {
    return find(name)
        .orElseThrow(
            () -> new IllegalStateException("file: " + name + " (expected: in the build)"));
  }

  Optional<SiteFile> find(String name) {
    return Optional.ofNullable(files.get(requireNonNull(name, "name is null")));
  }

  private static Map<ContentCoding, byte[]> forms(String name) {
    Map<ContentCoding, byte[]> forms = new EnumMap<>(ContentCoding.class);
    for (ContentCoding coding : ContentCoding.values()) {
      read(name + coding.suffix()).ifPresent(bytes -> forms.put(coding, bytes));
    }
    return forms;
  }

  private static Optional<byte[]> read(String name) {
    try (InputStream file = SiteFiles.class.getResourceAsStream(FOLDER + name)) {
      return file == null ? Optional.empty() : Optional.of(file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
