package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Says in the words of JSON schema what Gemini's own kind of schema says, which is OpenAPI's: types
 * in capitals, {@code nullable}, numbers in strings.
 *
 * @see <a href="https://ai.google.dev/api/caching#Schema">Schema</a>
 */
final class SchemaWords {
  private static final Set<String> SCHEMAS_BY_NAME =
      Set.of(BothCases.ofAll("properties", "defs", "$defs"));
  private static final Set<String> COUNTS =
      Set.of(
          BothCases.ofAll(
              "minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties"));
  // what JSON schema calls nothing
  private static final Set<String> LEFT_OUT =
      Set.of(BothCases.ofAll("nullable", "propertyOrdering", "example"));

  private SchemaWords() {}

  static JsonTree.Members jsonSchema(JsonTree.Members schema) {
    JsonTree.Members words = new JsonTree.Members();
    for (Map.Entry<String, JsonTree> member : schema.byName().entrySet()) {
      String name = member.getKey();
      JsonTree value = member.getValue();
      if (LEFT_OUT.contains(name) || value.equals(JsonTree.Literal.NULL)) {
        continue;
      }
      switch (value) {
        case JsonTree.Text text when name.equals("type") -> type(words, text, isNullable(schema));
        case JsonTree.Text text when COUNTS.contains(name) ->
            words.byName().put(camel(name), number(text));
        case JsonTree.Members inner when SCHEMAS_BY_NAME.contains(name) -> {
          JsonTree.Members named = new JsonTree.Members();
          inner.byName().forEach((property, of) -> named.byName().put(property, inside(of)));
          words.byName().put(camel(name), named);
        }
        case JsonTree.Members inner
            when camel(name).equals("items") || camel(name).equals("additionalProperties") ->
            words.byName().put(camel(name), jsonSchema(inner));
        case JsonTree.Items several
            when camel(name).endsWith("Of") || camel(name).equals("prefixItems") -> {
          JsonTree.Items schemas = new JsonTree.Items();
          several.values().forEach(of -> schemas.values().add(inside(of)));
          words.byName().put(camel(name), schemas);
        }
        case JsonTree.Members _, JsonTree.Items _, JsonTree.Text _, JsonTree.Literal _ ->
            words.byName().put(camel(name), value);
      }
    }
    return words;
  }

  private static JsonTree inside(JsonTree value) {
    return value instanceof JsonTree.Members schema ? jsonSchema(schema) : value;
  }

  private static boolean isNullable(JsonTree.Members schema) {
    return schema.byName().get("nullable") instanceof JsonTree.Literal word
        && word.written().equals("true");
  }

  private static void type(JsonTree.Members words, JsonTree.Text given, boolean nullable) {
    String type = given.string().text().toLowerCase(Locale.ROOT);
    if (type.equals("type_unspecified")) {
      return;
    }
    if (!nullable || type.equals("null")) {
      words.byName().put("type", JsonTree.text(type));
      return;
    }
    JsonTree.Items types = new JsonTree.Items();
    types.values().add(JsonTree.text(type));
    types.values().add(JsonTree.text("null"));
    words.byName().put("type", types);
  }

  private static JsonTree number(JsonTree.Text text) {
    String digits = text.string().text();
    boolean number =
        !digits.isEmpty() && digits.length() <= 18 && digits.chars().allMatch(Character::isDigit);
    return number ? new JsonTree.Literal(Long.toString(Long.parseLong(digits))) : text;
  }

  private static String camel(String name) {
    int underscore = name.indexOf('_');
    if (underscore < 0) {
      return name;
    }
    StringBuilder camel = new StringBuilder(name.length());
    boolean capital = false;
    for (int i = 0; i < name.length(); i++) {
      char letter = name.charAt(i);
      if (letter == '_') {
        capital = i > 0;
      } else {
        camel.append(capital ? Character.toUpperCase(letter) : letter);
        capital = false;
      }
    }
    return camel.toString();
  }
}
