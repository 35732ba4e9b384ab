package io.tollgate.relay.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalRequestTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"b\":[true,null]}     | { \"b\" : [ true , null ] , \"a\" : 1 }",
        "{\"t\":0}                      | {\"t\":-0.0}",
        "{\"t\":0.5}                    | {\"t\":5E-1}",
        "{\"t\":100}                    | {\"t\":1.00e2}",
        "{\"s\":\"\\u0041\\/\\n\"}       | {\"s\":\"A/\\u000a\"}",
        "{\"s\":\"\\ud83d\\ude00\"}       | {\"s\":\"\ud83d\ude00\"}",
        "{\"a\":{\"x\":1,\"y\":2}}        | {\"a\":{\"y\":2,\"x\":1}}",
        "{\"a\":1,\"user\":\"me\"}        | {\"a\":1,\"user\":\"you\",\"metadata\":{\"k\":1}}",
        "{\"a\":1}                      | {\"a\":1,\"prompt_cache_key\":\"k\",\"safety_identifier\":\"s\"}",
      })
  void what_asks_for_the_same_is_the_same(String one, String other) {
    assertThat(form(one)).isEqualTo(form(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":[1,2]}          | {\"a\":[2,1]}",
        "{\"a\":1}              | {\"a\":\"1\"}",
        "{\"a\":1}              | {\"a\":1.0000000000000000000000001}",
        "{\"a\":1e400}          | {\"a\":1e401}",
        "{\"a\":1}              | {\"a\":1,\"stream\":true}",
        "{\"a\":{\"user\":1}}   | {\"a\":{\"user\":2}}",
        "{\"a\":\"\\ud800\"}    | {\"a\":\"\\ud801\"}",
        "{\"a\":[[1],[]]}       | {\"a\":[[],[1]]}",
        "{\"a\":true}           | {\"a\":\"true\"}",
        "{\"a\":\"b\",\"c\":1}  | {\"a\":\"b\\\"c\",\"c\":1}",
      })
  void what_asks_for_something_else_is_not(String one, String other) {
    assertThat(form(one)).isNotEqualTo(form(other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "1",
        "{",
        "{\"a\":1,\"a\":1}",
        "{\"a\":{\"b\":1,\"\\u0062\":2}}",
        "{\"previous_response_id\":\"r\"}",
        "{\"background\":true}",
        "{\"conversation\":{\"id\":\"c\"}}",
        "{\"store\":true}",
        "{\"\\ud800\":1}",
      })
  void some_bodies_have_none(String body) {
    assertThat(read(body)).isEmpty();
  }

  @Test
  void an_exponent_beyond_all_bounds_is_taken_as_it_is_written() {
    assertThat(form("{\"a\":1e99999999999}")).isNotEqualTo(form("{\"a\":1e99999999998}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"temperature\":0}                        | true",
        "{\"temperature\":0.00}                     | true",
        "{\"temperature\":0e7}                      | true",
        "{\"generationConfig\":{\"temperature\":0}} | true",
        "{\"temperature\":0.7}                      | false",
        "{\"temperature\":null}                     | false",
        "{\"temperature\":\"0\"}                    | false",
        "{}                                       | false",
      })
  void temperature_0_is_known_in_every_protocol(String body, boolean zero) {
    assertThat(read(body).orElseThrow().zeroTemperature()).isEqualTo(zero);
  }

  @Test
  void it_is_known_whether_the_answer_is_kept_elsewhere() {
    assertThat(read("{\"store\":false}").orElseThrow().notKept()).isTrue();
    assertThat(read("{}").orElseThrow().notKept()).isFalse();
    assertThat(read("{\"previous_response_id\":null}")).isPresent();
  }

  private static byte[] form(String body) {
    return read(body).orElseThrow().bytes();
  }

  private static Optional<CanonicalRequest> read(String body) {
    return CanonicalRequest.of(body.getBytes(StandardCharsets.UTF_8));
  }
}
