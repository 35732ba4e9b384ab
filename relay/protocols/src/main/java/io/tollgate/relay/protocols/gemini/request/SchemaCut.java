package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says a JSON schema without references in the words of Gemini's own kind of schema, where those
 * say the same. That no other properties come is what Gemini does anyhow, and is left out.
 *
 * @see <a href="https://ai.google.dev/api/caching#Schema">Schema</a>
 */
final class SchemaCut {
  private static final Set<String> AS_THEY_ARE =
      Set.of(
          "title",
          "description",
          "default",
          "minItems",
          "maxItems",
          "minLength",
          "maxLength",
          "minProperties",
          "maxProperties",
          "minimum",
          "maximum",
          "pattern");
  // they hold no value back
  private static final Set<String> LEFT_OUT =
      Set.of("examples", "readOnly", "writeOnly", "deprecated", "contentEncoding", "strict");
  private static final Set<String> TYPES =
      Set.of("STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT", "NULL");
  private static final Set<String> STRING_FORMATS = Set.of("enum", "date-time");
  private static final Set<String> NUMBER_FORMATS = Set.of("float", "double", "int32", "int64");

  private final JsonTree.Members cut = new JsonTree.Members();
  private boolean exact = true;

  private SchemaCut() {}

  /** The schema in Gemini's words; empty where they cannot say all of it. */
  static Optional<JsonTree.Members> of(JsonTree.Members schema) {
    SchemaCut whole = new SchemaCut();
    whole.read(schema);
    return whole.exact ? Optional.of(whole.cut) : Optional.empty();
  }

  private void read(JsonTree.Members schema) {
    type(schema);
    for (Map.Entry<String, JsonTree> member : schema.byName().entrySet()) {
      String name = member.getKey();
      JsonTree value = member.getValue();
      if (AS_THEY_ARE.contains(name)) {
        cut.byName().put(name, value);
        continue;
      }
      switch (name) {
        case "type" -> {}
        case "properties" -> properties(value);
        case "required" -> required(schema, value);
        case "items" -> items(value);
        case "anyOf" -> anyOf(value);
        case "enum" -> enumerated(schema, value);
        case "const" -> constant(schema, value);
        case "format" -> format(schema, value);
        case "additionalProperties" -> exact &= isNoMore(schema, value);
        default -> exact &= LEFT_OUT.contains(name) || name.startsWith("x-");
      }
    }
    boolean array = "ARRAY".equals(written(cut.byName().get("type")));
    exact &= !array || cut.byName().containsKey("items");
    exact &= cut.byName().containsKey("type") || cut.byName().containsKey("anyOf");
  }

  private void type(JsonTree.Members schema) {
    List<String> types = types(schema);
    boolean nullable = types.size() > 1 && types.remove("NULL");
    exact &= types.size() <= 1 && TYPES.containsAll(types);
    if (types.isEmpty() && schema.byName().containsKey("properties")) {
      types.add("OBJECT");
    }
    if (types.size() == 1) {
      cut.byName().put("type", JsonTree.text(types.getFirst()));
    }
    if (nullable) {
      cut.byName().put("nullable", new JsonTree.Literal("true"));
    }
  }

  private static List<String> types(JsonTree.Members schema) {
    List<String> types = new ArrayList<>();
    switch (schema.byName().get("type")) {
      case JsonTree.Text text -> types.add(written(text).toUpperCase(Locale.ROOT));
      case JsonTree.Items items ->
          items.values().forEach(item -> types.add(written(item).toUpperCase(Locale.ROOT)));
      case JsonTree.Members _, JsonTree.Literal _ -> types.add("");
      case null -> {}
    }
    return types;
  }

  private void properties(JsonTree value) {
    if (!(value instanceof JsonTree.Members properties)) {
      exact = false;
      return;
    }
    JsonTree.Members named = new JsonTree.Members();
    properties.byName().forEach((name, property) -> named.byName().put(name, inside(property)));
    if (!named.byName().isEmpty()) {
      // an object without any is written without them
      cut.byName().put("properties", named);
    }
  }

  private void required(JsonTree.Members schema, JsonTree value) {
    JsonTree.Members properties = schema.members("properties");
    if (!(value instanceof JsonTree.Items names)) {
      exact = false;
      return;
    }
    for (JsonTree name : names.values()) {
      exact &= properties != null && properties.byName().containsKey(written(name));
    }
    if (!names.values().isEmpty()) {
      cut.byName().put("required", value);
    }
  }

  private void items(JsonTree value) {
    cut.byName().put("items", inside(value));
  }

  private void anyOf(JsonTree value) {
    if (!(value instanceof JsonTree.Items several)) {
      exact = false;
      return;
    }
    JsonTree.Items schemas = new JsonTree.Items();
    several.values().forEach(schema -> schemas.values().add(inside(schema)));
    cut.byName().put("anyOf", schemas);
  }

  /** Only texts can be listed, and no empty one. */
  private void enumerated(JsonTree.Members schema, JsonTree value) {
    boolean texts =
        value instanceof JsonTree.Items items
            && items.values().stream().allMatch(SchemaCut::isWord);
    exact &= texts && isString(schema);
    cut.byName().put("enum", value);
  }

  private void constant(JsonTree.Members schema, JsonTree value) {
    exact &= isWord(value) && isString(schema) && !schema.byName().containsKey("enum");
    JsonTree.Items one = new JsonTree.Items();
    one.values().add(value);
    cut.byName().put("enum", one);
  }

  private void format(JsonTree.Members schema, JsonTree value) {
    exact &= (isString(schema) ? STRING_FORMATS : NUMBER_FORMATS).contains(written(value));
    cut.byName().put("format", value);
  }

  /** Whether it allows nothing that Gemini would write, which keeps to what has a name. */
  private static boolean isNoMore(JsonTree.Members schema, JsonTree value) {
    JsonTree.Members properties = schema.members("properties");
    boolean named = properties != null && !properties.byName().isEmpty();
    return value instanceof JsonTree.Literal literal
        && (named || literal.written().equals("false"));
  }

  private JsonTree inside(JsonTree value) {
    if (!(value instanceof JsonTree.Members schema)) {
      exact = false;
      return value;
    }
    SchemaCut inner = new SchemaCut();
    inner.read(schema);
    exact &= inner.exact;
    return inner.cut;
  }

  private static boolean isString(JsonTree.Members schema) {
    return types(schema).contains("STRING");
  }

  private static boolean isWord(JsonTree value) {
    return value instanceof JsonTree.Text text && !text.isEmpty();
  }

  private static String written(@Nullable JsonTree value) {
    return value instanceof JsonTree.Text text ? text.string().text() : "";
  }
}
