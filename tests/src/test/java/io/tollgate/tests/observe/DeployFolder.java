package io.tollgate.tests.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of {@code deploy/}, and twins of them in which something is wrong. */
final class DeployFolder {
  private DeployFolder() {}

  static Path of(String part) {
    return Program.projectRoot().resolve("deploy").resolve(part);
  }

  static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files of a folder whose names end so, in an order that does not change. */
  static List<Path> files(Path folder, String ending) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy of a folder in which one file says something else. */
  static Path twin(Path into, Path folder, String file, String said, String instead) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        Path copy = into.resolve(folder.relativize(each).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(each, copy);
      }
      Path broken = into.resolve(file);
      assertThat(text(broken)).contains(said);
      Files.writeString(broken, text(broken).replace(said, instead), StandardCharsets.UTF_8);
      return into;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
