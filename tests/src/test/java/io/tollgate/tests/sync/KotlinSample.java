package io.tollgate.tests.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sample for Kotlin, compiled.
 *
 * @param classes where its classes are
 * @param library Kotlin's own
 */
record KotlinSample(Path classes, Path library) {
  private static final Path COMPILER = Program.projectRoot().resolve("tests/target/kotlin");

  static KotlinSample compiled(Path source) throws IOException {
    Path classes = Files.createTempDirectory("kotlin");
    Path library;
    try (Stream<Path> files = Files.list(COMPILER)) {
      library =
          files
              .filter(file -> file.getFileName().toString().startsWith("kotlin-stdlib-"))
              .findFirst()
              .orElseThrow();
    }
    Process compiler =
        new ProcessBuilder(
                java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                COMPILER + "/*",
                "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
                "-no-stdlib",
                "-no-reflect",
                "-cp",
                library.toString(),
                "-d",
                classes.toString(),
                source.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(compiler.onExit().join().exitValue()).as(output).isZero();
    return new KotlinSample(classes, library);
  }

  /** How it is run. */
  List<String> command(String... arguments) {
    List<String> command =
        new java.util.ArrayList<>(List.of(java(), "-cp", classes + ":" + library, "FollowKt"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String java() {
    return ProcessHandle.current().info().command().orElse("java");
  }
}
