package io.tollgate.tests.installation;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The browser of the machine: the shell without windows, which takes a good third less of the
 * processor, or the whole one where that is missing.
 */
public final class TestBrowser {
  private static final List<Path> KNOWN =
      List.of(Path.of("/usr/bin/chromium-headless-shell"), Path.of("/usr/bin/chromium"));

  private TestBrowser() {}

  /** Where it is; the test that runs is skipped where there is none. */
  public static Path path() {
    List<Path> found = KNOWN.stream().filter(Files::isExecutable).toList();
    assumeThat(found).as("one of %s is installed", KNOWN).isNotEmpty();
    return found.getFirst();
  }
}
