package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JsonFieldsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"amount\":1,\"amount\":1000} | amount",
        "{\"a\":[{\"b\":1},{\"b\":1,\"c\":2,\"b\":1}]} | a[1].b",
        "{\"amount\":1,\"\\u0061mount\":1000} | amount",
        "{\"name\":\"a\\u0000b\"} | name",
        "{\"name\":{\"first\":[\"x\",\"\\ud800\"]}} | name.first[1]",
        "{\"name\":\"\\udc00\\ud800\"} | name",
        "{\"na\\u0000me\":1} | na?me",
        "{\"amount\":1e400} | amount",
        "{\"amount\":1e999999999} | amount",
        "{\"amount\":1e99999999999} | amount",
        "{\"amount\":1e-400} | amount",
        "\"\\u0000\" | the body",
      })
  void what_could_be_read_in_two_ways_or_cannot_be_kept_is_refused_naming_the_field(
      String json, String field) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
              assertThat(refusal.sentence()).startsWith(field + ": ");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":-Infinity}",
        "{\"a\":１}",
        "{\"a\":+1}",
        "{\"a\":01}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":0x10}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,}",
        "{\"a\":1}{}",
        "{\"a\":1} x",
        "{\"a\":1 /* */}",
        "{\"a\":\"\t\"}",
        "\uFEFF{}",
        " ",
        "{\"a\"}",
        "[1,2",
      })
  void what_is_not_json_by_the_standard_is_refused(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.MALFORMED_BODY));
  }

  @Test
  void a_body_in_another_encoding_is_refused() {
    for (byte[] bytes :
        new byte[][] {
          "{\"a\":1}".getBytes(StandardCharsets.UTF_16BE),
          "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1),
          // half of a surrogate pair, written as if it were a character
          {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'},
          // NUL in two bytes
          {'"', (byte) 0xC0, (byte) 0x80, '"'}
        }) {
      assertThatThrownBy(() -> Json.read(bytes))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.MALFORMED_BODY));
    }
  }

  @Test
  void numbers_of_a_hundred_digits_are_exact_and_longer_ones_are_refused() {
    String long100 = "9".repeat(100);
    assertThat(read("{\"a\":" + long100 + "}").get("a").decimalValue())
        .isEqualTo(new BigDecimal(long100));
    assertThatThrownBy(() -> read("{\"a\":" + long100 + "9}")).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> read("{\"a\":" + "9".repeat(5_000) + "}")).isInstanceOf(Refusal.class);
  }

  @Test
  void both_spellings_are_one_field_that_must_not_differ() {
    assertThat(both("{\"user_id\":\"u\"}").requireText("user_id", "")).isEqualTo("u");
    assertThat(both("{\"userId\":\"u\"}").requireText("user_id", "")).isEqualTo("u");
    assertThat(both("{\"userId\":\"u\",\"user_id\":\"u\"}").requireText("user_id", ""))
        .isEqualTo("u");
    assertThat(both("{\"userId\":null,\"user_id\":\"u\"}").requireText("user_id", ""))
        .isEqualTo("u");
    assertThatThrownBy(
            () -> both("{\"userId\":\"u\",\"user_id\":\"v\"}").requireText("user_id", ""))
        .hasMessageStartingWith("user_id: differs from userId");
    assertThatThrownBy(() -> both("{\"userId\":1,\"user_id\":\"1\"}").find("user_id"))
        .hasMessageStartingWith("user_id: differs from userId");
  }

  @Test
  void camel_case_is_not_read_where_it_was_never_agreed() {
    assertThat(JsonFields.of(read("{\"userId\":1}")).find("user_id")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"x\"", "1", "null", "true"})
  void a_body_that_is_no_object_is_refused(String json) {
    assertThatThrownBy(() -> JsonFields.of(read(json)))
        .hasMessage("the body: " + json + " (expected: an object)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"１\"", "\"१\"", "\"1_000\"", "\"NaN\"", "\"\"", "\"0x1\"", "{}", "[1]", "true"})
  void a_decimal_is_written_in_ascii_digits(String value) {
    JsonFields fields = JsonFields.of(read("{\"amount\":" + value + "}"));
    assertThatThrownBy(() -> fields.requireDecimal("amount", "a number"))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("amount: ");
  }

  @Test
  void a_whole_number_is_within_its_bounds() {
    assertThat(fields("5").wholeNumber("n", 1, 5)).contains(5L);
    for (String bad : new String[] {"0", "6", "1.5", "1e2", "\"5\"", "9223372036854775808"}) {
      assertThatThrownBy(() -> fields(bad).wholeNumber("n", 1, 5))
          .hasMessageEndingWith("(expected: a whole number from 1 to 5)");
    }
  }

  @Test
  void a_secret_is_not_repeated() {
    assertThatThrownBy(() -> JsonFields.of(read("{\"password\":123456}")).requireSecret("password"))
        .hasMessageNotContaining("123456");
  }

  @Test
  void random_bytes_are_read_or_refused_and_nothing_else() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] base =
        "{\"amount\":12.50,\"user_id\":\"ü\\ud83d\\ude00\",\"x\":[1,{}]}"
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = base.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        Json.read(bytes);
      } catch (Refusal expected) {
        // said no
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError(
            "seed " + seed + " body " + new String(bytes, StandardCharsets.ISO_8859_1), e);
      }
    }
  }

  private static JsonNode read(String json) {
    return Json.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonFields fields(String n) {
    return JsonFields.of(read("{\"n\":" + n + "}"));
  }

  private static JsonFields both(String json) {
    return JsonFields.ofBothSpellings(read(json));
  }
}
