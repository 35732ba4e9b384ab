package io.tollgate.sandbox.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptTest {
  @Test
  void every_word_does_what_the_writer_does() {
    String text =
        """
        # a comment
        before-body
        status 200 Fine
        header A: b\\tc
        line  folded
        events
        event {"a":"\\n"}
        chunk x\\r\\n
        repeat 3 10 : wait
        drip 5 ab
        pause 7
        raw \\xff\\\\
        end-chunks
        next-request
        hang
        reset
        """;
    Script written =
        Script.answer()
            .beforeBody()
            .line("HTTP/1.1 200 Fine")
            .line("A: b\tc")
            .line(" folded")
            .eventStream()
            .event("{\"a\":\"\\n\"}")
            .chunk("x\r\n")
            .repeatChunk(": wait", 10, 3)
            .drip("ab", 5)
            .pause(7)
            .raw(Octets.of(new byte[] {(byte) 0xff, '\\'}))
            .endChunks()
            .nextRequest()
            .hang()
            .reset()
            .done();
    assertThat(Script.parse(text)).isEqualTo(written);
  }

  @Test
  void a_body_has_its_length_and_may_be_packed() {
    assertThat(Script.parse("status 201 Made\njson {}\nclose"))
        .isEqualTo(Script.answer().line("HTTP/1.1 201 Made").json("{}").close().done());
    Script packed = Script.parse("status 200 OK\ngzip\nbody text");
    assertThat(packed.steps())
        .singleElement()
        .satisfies(
            step ->
                assertThat(step.toString())
                    .contains("Content-Encoding: gzip\r\n")
                    .doesNotContain("text"));
  }

  @ParameterizedTest
  @CsvSource({
    "stop, unknown",
    "pause soon, a whole number",
    "pause -1, 0..600000",
    "repeat 3 x, repeat TIMES MS TEXT",
    "repeat 0 1 x, >= 1",
    "drip 1, drip MS TEXT",
    "raw \\q, one of",
    "raw \\x1, two hex digits"
  })
  void a_wrong_line_is_named_with_what_was_expected(String line, String expected) {
    assertThatThrownBy(() -> Script.parse("status 200 OK\n" + line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("line 2: ")
        .hasMessageContaining(expected);
  }

  @Test
  void a_script_is_bounded() {
    ScriptWriter many = Script.answer();
    for (int step = 0; step <= Script.MAX_STEPS; step++) {
      many.pause(1);
    }
    assertThatThrownBy(many::done).hasMessageContaining("expected: <= " + Script.MAX_STEPS);
    ScriptWriter large = Script.answer().raw("x".repeat(Script.MAX_BYTES)).raw("y");
    assertThatThrownBy(large::done).hasMessageContaining("expected: <= " + Script.MAX_BYTES);
  }
}
