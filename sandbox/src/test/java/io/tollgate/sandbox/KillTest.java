package io.tollgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class KillTest {
  @TempDir private Path dir;

  @Test
  @Tag("slow")
  void what_was_served_survives_a_kill_in_the_middle_of_a_stream() throws Exception {
    Process process = start();
    try {
      Caller caller = new Caller(portOf(process));
      caller.answer(Caller.HELLO, "X-Request-Id", "whole", "X-Sandbox", "output_tokens=5");
      try (Socket open = caller.streaming("open", "output_tokens=1000; chunk_ms=20")) {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        assertThat(open.isConnected()).isTrue();
      }
    } finally {
      process.destroyForcibly();
    }

    try (SandboxProvider again = SandboxProvider.start(SandboxOptions.local(0, dir))) {
      Caller caller = new Caller(again.port());
      JsonNode whole = caller.served("whole");
      assertThat(whole.path("completed").asBoolean()).isTrue();
      assertThat(whole.path("output_tokens").asInt()).isEqualTo(5);
      JsonNode open = caller.served("open");
      assertThat(open.path("attempts").asInt()).isEqualTo(1);
      assertThat(open.path("input_tokens").asInt()).isEqualTo(9);
      assertThat(open.path("completed").asBoolean()).isFalse();
      assertThat(caller.served().path("requests").asInt()).isEqualTo(2);
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "io.tollgate.sandbox.Main",
            "--port=0",
            "--data-dir",
            dir.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static int portOf(Process process) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    assertThat(line).startsWith("sandbox provider: http://127.0.0.1:");
    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
  }
}
