package io.tollgate.tests.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Program;
import io.tollgate.tests.installation.PythonPackages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples that are not run are at least parsed; the types of those that need none are checked. */
class CheckedSamplesTest {
  private static final Path SAMPLES = Program.projectRoot().resolve("docs/samples");

  @ParameterizedTest
  @ValueSource(strings = {"follow.dart", "follow.swift"})
  void a_sample_is_parsed_and_the_same_with_a_brace_less_is_not(String name) throws Exception {
    PythonPackages.assumeInstalled();
    Path sample = SAMPLES.resolve(name);
    PythonPackages.Run good = parsed(sample);
    assertThat(good.exitCode()).as(good.output()).isZero();

    String text = Files.readString(sample);
    Path broken = Files.createTempDirectory("sample").resolve(name);
    Files.writeString(broken, text.replaceFirst("while \\(?true\\)? \\{", "while { true"));
    PythonPackages.Run bad = parsed(broken);
    assertThat(bad.exitCode()).as(bad.output()).isOne();
    assertThat(bad.output()).contains("cannot be parsed");
  }

  @Test
  @Tag("slow")
  void the_sample_in_typescript_has_the_types_it_says() throws Exception {
    Path sample = SAMPLES.resolve("follow.ts");
    assertThat(types(sample)).isZero();
    Path broken = Files.createTempDirectory("sample").resolve("follow.ts");
    Files.writeString(
        broken, Files.readString(sample).replace("let pause = 500", "let pause: string = 500"));
    assertThat(types(broken)).isNotZero();
  }

  private static int types(Path file) throws Exception {
    Process compiler =
        new ProcessBuilder("npm", "run", "-s", "types", "--", file.toString())
            .directory(Program.projectRoot().resolve("tests/sdk/sync").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return compiler.onExit().get(60, TimeUnit.SECONDS).exitValue();
  }

  private static PythonPackages.Run parsed(Path file) throws Exception {
    return PythonPackages.run(
        List.of("python", "parsed_samples.py", file.toString()), Map.of(), 60);
  }
}
