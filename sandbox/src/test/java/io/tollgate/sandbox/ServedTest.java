package io.tollgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ServedTest {
  @TempDir private Path dir;

  @Test
  void everything_served_is_counted_in_total_and_by_request_id() {
    try (SandboxProvider sandbox = SandboxProvider.start(SandboxOptions.local(0, dir))) {
      Caller caller = new Caller(sandbox.port());
      caller.answer(Caller.HELLO, "X-Sandbox", "output_tokens=5", "X-Request-Id", "one");
      caller.answer(Caller.HELLO, "X-Sandbox", "output_tokens=6", "X-Request-Id", "two");
      caller.answer(Caller.HELLO, "X-Sandbox", "output_tokens=7");
      caller.chat("not json");

      JsonNode served = caller.served();
      assertThat(served.path("requests").asInt()).isEqualTo(3);
      assertThat(served.path("input_tokens").asInt()).isEqualTo(27);
      assertThat(served.path("output_tokens").asInt()).isEqualTo(18);
      assertThat(served.path("by_request_id").propertyNames()).containsExactly("one", "two");
      assertThat(served.at("/by_request_id/one").toString())
          .isEqualTo("{\"attempts\":1,\"input_tokens\":9,\"output_tokens\":5,\"completed\":true}");
      assertThat(caller.served("two").path("output_tokens").asInt()).isEqualTo(6);
      assertThat(caller.served("three").isMissingNode()).isTrue();
    }
  }

  @Test
  void counts_are_the_same_after_a_restart_and_go_on() {
    String before;
    try (SandboxProvider sandbox = SandboxProvider.start(SandboxOptions.local(0, dir))) {
      Caller caller = new Caller(sandbox.port());
      caller.answer(Caller.HELLO, "X-Request-Id", "one");
      caller.chat(Caller.HELLO, "X-Request-Id", "two", "X-Sandbox", "status=503");
      before = caller.served().toString();
    }
    try (SandboxProvider sandbox = SandboxProvider.start(SandboxOptions.local(0, dir))) {
      Caller caller = new Caller(sandbox.port());
      assertThat(caller.served().toString()).isEqualTo(before);
      caller.answer(Caller.HELLO, "X-Request-Id", "two");
      assertThat(caller.served("two").path("attempts").asInt()).isEqualTo(2);
    }
  }

  @Test
  void torn_last_line_is_passed_over_and_spoils_nothing_after_it() throws IOException {
    try (SandboxProvider sandbox = SandboxProvider.start(SandboxOptions.local(0, dir))) {
      new Caller(sandbox.port()).answer(Caller.HELLO, "X-Request-Id", "one");
    }
    Files.writeString(dir.resolve("sandbox/served.log"), "begin 2 179", StandardOpenOption.APPEND);
    try (SandboxProvider sandbox = SandboxProvider.start(SandboxOptions.local(0, dir))) {
      Caller caller = new Caller(sandbox.port());
      assertThat(caller.served().path("requests").asInt()).isEqualTo(1);
      caller.answer(Caller.HELLO, "X-Request-Id", "two");
    }
    try (SandboxProvider sandbox = SandboxProvider.start(SandboxOptions.local(0, dir))) {
      assertThat(new Caller(sandbox.port()).served("two").path("completed").asBoolean()).isTrue();
    }
  }

  @Test
  void oldest_ids_are_forgotten_beyond_the_bound_but_not_their_tokens() {
    SandboxOptions options = new SandboxOptions("127.0.0.1", 0, dir, 2, OptionalInt.empty());
    try (SandboxProvider sandbox = SandboxProvider.start(options)) {
      Caller caller = new Caller(sandbox.port());
      for (String id : new String[] {"one", "two", "three"}) {
        caller.answer(Caller.HELLO, "X-Request-Id", id);
      }
      JsonNode served = caller.served();
      assertThat(served.path("requests").asInt()).isEqualTo(3);
      assertThat(served.path("by_request_id").propertyNames()).containsExactly("two", "three");
    }
  }

  @Test
  void port_or_journal_held_by_another_is_said() throws IOException {
    try (SandboxProvider sandbox = SandboxProvider.start(SandboxOptions.local(0, dir));
        ServerSocket taken = new ServerSocket(0)) {
      assertThat(sandbox.port()).isPositive();
      assertThatThrownBy(() -> SandboxProvider.start(SandboxOptions.local(0, dir)))
          .isInstanceOf(SandboxStartException.class)
          .hasMessageContaining("held by another sandbox");
      assertThatThrownBy(
              () ->
                  SandboxProvider.start(
                      SandboxOptions.local(taken.getLocalPort(), dir.resolve("other"))))
          .isInstanceOf(SandboxStartException.class)
          .hasMessageContaining("sandbox port " + taken.getLocalPort())
          .hasMessageContaining("in use");
    }
  }
}
