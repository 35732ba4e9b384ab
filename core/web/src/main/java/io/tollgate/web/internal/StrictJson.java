package io.tollgate.web.internal;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON that has one meaning only. A document that gives a field twice is two different ones
 * to two readers, so it is refused; so are numbers that are longer than any of ours.
 */
public final class StrictJson {
  /** More digits in front of the point, or behind it, have no amount and no number of ours. */
  private static final int MAX_DIGITS = 100;

  private static final int MAX_DEPTH = 100;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
              .build());

  private final JsonParser parser;

  private StrictJson(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads one value and nothing after it.
   *
   * @throws Refusal {@code MALFORMED_BODY} saying where it stops being JSON; {@code
   *     INVALID_REQUEST} naming the field that is given twice, whose text is not plain, or whose
   *     number is too long
   */
  public static JsonNode read(byte[] bytes) {
    if (bytes.length == 0) {
      throw new Refusal(ErrorCode.MALFORMED_BODY, "the body is empty (expected: JSON)");
    }
    try (JsonParser parser = MAPPER.createParser(utf8(bytes))) {
      JsonNode value = new StrictJson(parser).value(parser.nextToken(), "");
      if (parser.nextToken() != null) {
        throw malformed(parser.currentTokenLocation());
      }
      return value;
    } catch (JacksonException e) {
      throw malformed(e.getLocation());
    }
  }

  /** Jackson takes UTF-16 too, and surrogates that were written as UTF-8. */
  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Refusal(ErrorCode.MALFORMED_BODY, "the body is not UTF-8", e);
    }
  }

  private JsonNode value(@Nullable JsonToken token, String path) {
    if (token == null) {
      throw malformed(parser.currentLocation());
    }
    return switch (token) {
      case START_OBJECT -> object(path);
      case START_ARRAY -> array(path);
      case VALUE_STRING -> NODES.stringNode(PlainText.require(named(path), parser.getString()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(path);
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw malformed(parser.currentTokenLocation());
    };
  }

  private ObjectNode object(String path) {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      String at = path.isEmpty() ? name : path + "." + name;
      PlainText.require(at, name);
      if (object.has(name)) {
        throw invalid(at, "is given twice (expected: once)");
      }
      object.set(name, value(parser.nextToken(), at));
    }
    return object;
  }

  private ArrayNode array(String path) {
    ArrayNode array = NODES.arrayNode();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      array.add(value(token, path + "[" + array.size() + "]"));
    }
    return array;
  }

  private JsonNode number(String path) {
    // the text first: the value of 1e999999999 would be built digit by digit
    String text = parser.getString();
    BigDecimal decimal;
    try {
      decimal = new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw invalid(path, "is too long a number (expected: at most " + MAX_DIGITS + " digits)");
    }
    if (decimal.precision() > MAX_DIGITS || Math.abs((long) decimal.scale()) > MAX_DIGITS) {
      throw invalid(path, "is too long a number (expected: at most " + MAX_DIGITS + " digits)");
    }
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        ? NODES.numberNode(decimal.toBigIntegerExact())
        : NODES.numberNode(decimal);
  }

  private static Refusal invalid(String path, String fault) {
    return new Refusal(ErrorCode.INVALID_REQUEST, GivenText.shown(named(path)) + ": " + fault);
  }

  private static String named(String path) {
    return path.isEmpty() ? "the body" : path;
  }

  private static Refusal malformed(@Nullable TokenStreamLocation at) {
    String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    return new Refusal(ErrorCode.MALFORMED_BODY, "the body is not JSON" + where);
  }
}
