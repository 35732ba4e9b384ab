package io.tollgate.relay.protocols.anthropic.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosedSchemaTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"string\"}|{\"type\":\"string\"}",
        "{\"type\":\"object\"}|{\"type\":\"object\",\"additionalProperties\":false}",
        "{\"type\":\"object\",\"additionalProperties\":true}"
            + "|{\"type\":\"object\",\"additionalProperties\":true}",
        "{\"type\":[\"object\",\"null\"]}"
            + "|{\"type\":[\"object\",\"null\"],\"additionalProperties\":false}",
        "{\"type\":\"array\",\"items\":{\"type\":\"object\"}}"
            + "|{\"type\":\"array\",\"items\":{\"type\":\"object\",\"additionalProperties\":false}}",
        "{\"properties\":{\"type\":{\"anyOf\":[{\"type\":\"object\"}]}}}"
            + "|{\"properties\":{\"type\":{\"anyOf\":[{\"type\":\"object\",\"additionalProperties\":false}]}}}",
        "{\"const\":{\"type\":\"object\"}}|{\"const\":{\"type\":\"object\"}}",
      })
  void objects_that_do_not_say_are_closed_and_nothing_else_changes(String given, String expected) {
    byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
    ByteSink out = new ByteSink();
    JsonWriter unused =
        new JsonWriter(out).value(ClosedSchema.of(JsonTree.read(bytes, 0, bytes.length)));
    assertThat(new String(out.take(), StandardCharsets.UTF_8)).isEqualTo(expected);
  }
}
