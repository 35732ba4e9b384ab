package io.tollgate.relay.protocols.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class JsonScannerTest {
  private static final JsonMapper OTHER_PARSER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(2000).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  @Test
  void whole_documents_are_read_as_the_other_parser_reads_them() {
    long seed = System.nanoTime();
    RandomJson json = new RandomJson(new SplittableRandom(seed));
    for (int i = 0; i < 3000; i++) {
      String document = json.value(4);
      assertThat(read(utf8(document)))
          .as("seed %d, document %s", seed, document)
          .isEqualTo(OTHER_PARSER.readTree(document));
    }
  }

  @Test
  void spoiled_documents_are_refused_when_and_only_when_the_other_parser_refuses_them() {
    long seed = System.nanoTime();
    RandomJson json = new RandomJson(new SplittableRandom(seed));
    int refused = 0;
    for (int i = 0; i < 6_000; i++) {
      // half a surrogate pair is JSON, which the other parser does not believe
      String whole = json.value(3).replace("\\ud83d\\ude00", "");
      byte[] document = json.spoiled(utf8(whole));
      boolean accepted = accepts(document);
      refused += accepted ? 0 : 1;
      assertThat(accepted)
          .as("seed %d, document %s", seed, new String(document, StandardCharsets.ISO_8859_1))
          .isEqualTo(otherAccepts(document));
    }
    assertThat(refused).isBetween(1_500, 5_900);
  }

  @Test
  void nesting_is_read_up_to_the_limit_and_refused_beyond() {
    int most = JsonScanner.MAX_DEPTH;
    assertThat(accepts(utf8("[".repeat(most) + "]".repeat(most)))).isTrue();
    assertThat(accepts(utf8("{\"a\":".repeat(most) + "1" + "}".repeat(most)))).isTrue();
    assertThatThrownBy(() -> read(utf8("[".repeat(most + 1))))
        .isInstanceOfSatisfying(
            JsonFault.class,
            fault -> {
              assertThat(fault.what()).isEqualTo("nested deeper than 1000 levels");
              assertThat(fault.offset()).isEqualTo(most);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"a":1}x       | 7  | something follows the JSON value
          {"a":1         | 6  | the JSON value is not complete
          {"a"           | 4  | no : after the name of an object's member
          {a:1}          | 1  | an object's member does not begin with a quoted name
          {"a":1 "b":2}  | 7  | an object goes on without , or }
          [1 2]          | 3  | an array goes on without , or ]
          [1,]           | 3  | no JSON value begins like this
          [01]           | 1  | not a JSON number
          [1.]           | 1  | not a JSON number
          [-]            | 1  | not a JSON number
          [1e]           | 1  | not a JSON number
          ["a            | 3  | a string is not closed
          ["\\x"]        | 3  | an unknown escape in a string
          ["\\u12g4"]    | 3  | \\u without four hexadecimal digits
          nul            | 0  | no JSON value begins like this
          """)
  void a_fault_says_what_is_wrong_and_where(String document, int offset, String what) {
    assertThatThrownBy(() -> read(utf8(document)))
        .isInstanceOfSatisfying(
            JsonFault.class,
            fault -> {
              assertThat(fault.what()).isEqualTo(what);
              assertThat(fault.offset()).isEqualTo(offset);
            });
  }

  @Test
  void bytes_that_are_not_utf_8_are_refused() {
    int[][] sequences = {
      {0x80},
      {0xC0, 0x80},
      {0xC1, 0xBF},
      {0xE0, 0x80, 0x80},
      {0xED, 0xA0, 0x80},
      {0xF0, 0x80, 0x80, 0x80},
      {0xF4, 0x90, 0x80, 0x80},
      {0xF5, 0x80, 0x80, 0x80},
      {0xFF},
      {0xE4, 0xB8},
      {0xC3}
    };
    for (int[] sequence : sequences) {
      byte[] document = new byte[sequence.length + 2];
      document[0] = '"';
      for (int i = 0; i < sequence.length; i++) {
        document[i + 1] = (byte) sequence[i];
      }
      document[document.length - 1] = '"';
      assertThat(accepts(document)).isFalse();
    }
  }

  private static boolean accepts(byte[] document) {
    try {
      JsonScanner scanner = new JsonScanner(document, 0, document.length);
      while (scanner.next() != JsonToken.END) {
        // on to the next
      }
      return true;
    } catch (JsonFault e) {
      return false;
    }
  }

  private static boolean otherAccepts(byte[] document) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
    } catch (CharacterCodingException e) {
      return false;
    }
    try (JsonParser parser = OTHER_PARSER.createParser(text)) {
      parser.nextToken();
      parser.skipChildren();
      return parser.currentToken() != null && parser.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }

  private static JsonNode read(byte[] document) {
    JsonScanner scanner = new JsonScanner(document, 0, document.length);
    JsonNode value = value(scanner, scanner.next());
    assertThat(scanner.next()).isEqualTo(JsonToken.END);
    return value;
  }

  private static JsonNode value(JsonScanner scanner, JsonToken token) {
    return switch (token) {
      case OBJECT_START -> {
        ObjectNode object = OTHER_PARSER.createObjectNode();
        while (scanner.next() == JsonToken.NAME) {
          String name = scanner.text();
          object.set(name, value(scanner, scanner.next()));
        }
        yield object;
      }
      case ARRAY_START -> {
        ArrayNode array = OTHER_PARSER.createArrayNode();
        JsonToken next = scanner.next();
        while (next != JsonToken.ARRAY_END) {
          array.add(value(scanner, next));
          next = scanner.next();
        }
        yield array;
      }
      case STRING -> OTHER_PARSER.getNodeFactory().stringNode(scanner.text());
      case NUMBER -> OTHER_PARSER.readTree(scanner.raw(StandardCharsets.US_ASCII));
      case TRUE -> OTHER_PARSER.getNodeFactory().booleanNode(true);
      case FALSE -> OTHER_PARSER.getNodeFactory().booleanNode(false);
      case NULL -> OTHER_PARSER.nullNode();
      case OBJECT_END, ARRAY_END, NAME, END -> throw new AssertionError("no value: " + token);
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
