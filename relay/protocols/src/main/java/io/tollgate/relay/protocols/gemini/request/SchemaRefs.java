package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Puts what a JSON schema refers to where it refers to it, as Gemini's schemas have no references.
 * One that holds itself cannot be written so, and is refused.
 */
final class SchemaRefs {
  /** Most bytes, about, that a schema may come to. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  /** Deeper nesting than this is refused. */
  static final int MAX_DEPTH = 200;

  private static final int BYTES_OF_A_VALUE = 8;

  private static final String REF = "$ref";
  private static final Set<String> DEFINITIONS = Set.of("$defs", "definitions");
  // what says something of the schema as a document, and nothing of its values
  private static final Set<String> OF_THE_DOCUMENT =
      Set.of("$schema", "$id", "$anchor", "$comment", "$vocabulary", "$dynamicAnchor");
  // below these, a member's name is no word of the schema's language
  private static final Set<String> NAMES_OF_THEIRS =
      Set.of("properties", "patternProperties", "dependentSchemas");
  // what stands there is no schema
  private static final Set<String> DATA = Set.of("enum", "const", "default", "examples");

  private final JsonTree.Members root;
  private final String path;
  private final Set<String> within = new HashSet<>();
  private long bytes;
  private int depth;

  private SchemaRefs(JsonTree.Members root, String path) {
    this.root = root;
    this.path = path;
  }

  /**
   * The schema without references.
   *
   * @param path names it in a fault
   * @throws RequestFault where one leads in a circle, out of the schema or nowhere
   */
  static JsonTree.Members inlined(JsonTree.Members schema, String path) {
    return new SchemaRefs(schema, path).members(schema, true);
  }

  private JsonTree.Members members(JsonTree.Members schema, boolean words) {
    if (words && schema.byName().get(REF) instanceof JsonTree.Text text) {
      return referred(schema, text.string().text());
    }
    JsonTree.Members plain = new JsonTree.Members();
    schema
        .byName()
        .forEach(
            (name, value) -> {
              if (words) {
                member(plain, name, value);
              } else {
                count(name.length());
                plain.byName().put(name, value(value, true));
              }
            });
    return plain;
  }

  private void member(JsonTree.Members plain, String name, JsonTree value) {
    if (DEFINITIONS.contains(name) || OF_THE_DOCUMENT.contains(name)) {
      return;
    }
    count(name.length());
    if (DATA.contains(name)) {
      countAll(value);
      plain.byName().put(name, value);
    } else {
      plain.byName().put(name, value(value, !NAMES_OF_THEIRS.contains(name)));
    }
  }

  private JsonTree value(JsonTree value, boolean words) {
    depth++;
    if (depth > MAX_DEPTH) {
      throw RequestFault.of(path, "deeper than " + MAX_DEPTH + " levels (expected: at most that)");
    }
    JsonTree plain =
        switch (value) {
          case JsonTree.Members members -> members(members, words);
          case JsonTree.Items items -> {
            JsonTree.Items several = new JsonTree.Items();
            items.values().forEach(item -> several.values().add(value(item, words)));
            yield several;
          }
          case JsonTree.Text text -> {
            count(text.string().length());
            yield value;
          }
          case JsonTree.Literal literal -> {
            count(literal.written().length());
            yield value;
          }
        };
    depth--;
    return plain;
  }

  private void countAll(JsonTree value) {
    switch (value) {
      case JsonTree.Members members ->
          members
              .byName()
              .forEach(
                  (name, inner) -> {
                    count(name.length());
                    countAll(inner);
                  });
      case JsonTree.Items items -> items.values().forEach(this::countAll);
      case JsonTree.Text text -> count(text.string().length());
      case JsonTree.Literal literal -> count(literal.written().length());
    }
  }

  /** What is referred to; members that stand beside the reference say more of it. */
  private JsonTree.Members referred(JsonTree.Members schema, String ref) {
    if (!within.add(ref)) {
      throw fault(ref, "refers to what it is in itself (expected: no circle of references)");
    }
    JsonTree.Members plain = new JsonTree.Members();
    if (value(target(ref), true) instanceof JsonTree.Members found) {
      plain.byName().putAll(found.byName());
    }
    within.remove(ref);
    schema
        .byName()
        .forEach(
            (name, value) -> {
              if (!name.equals(REF)) {
                member(plain, name, value);
              }
            });
    return plain;
  }

  private JsonTree.Members target(String ref) {
    if (!ref.equals("#") && !ref.startsWith("#/")) {
      throw fault(ref, "refers out of the schema (expected: #/$defs/…)");
    }
    JsonTree target = root;
    String[] steps = ref.length() <= 2 ? new String[0] : ref.substring(2).split("/", -1);
    for (String step : steps) {
      String name = unescaped(ref, step);
      JsonTree next =
          target instanceof JsonTree.Members members ? members.byName().get(name) : null;
      if (next == null) {
        throw fault(ref, "refers to nothing (expected: what the schema defines)");
      }
      target = next;
    }
    if (target instanceof JsonTree.Members members) {
      return members;
    }
    throw fault(ref, "refers to no schema (expected: an object)");
  }

  private String unescaped(String ref, String step) {
    try {
      return URLDecoder.decode(step.replace("+", "%2B"), StandardCharsets.UTF_8)
          .replace("~1", "/")
          .replace("~0", "~");
    } catch (IllegalArgumentException e) {
      throw fault(ref, "is no reference (expected: #/$defs/…)");
    }
  }

  private void count(int more) {
    bytes += BYTES_OF_A_VALUE + more;
    if (bytes > MAX_BYTES) {
      throw RequestFault.of(
          path,
          "more than "
              + MAX_BYTES
              + " bytes when its references are written out (expected: at most that)");
    }
  }

  private RequestFault fault(String ref, String what) {
    String shown = ref.length() > 100 ? ref.substring(0, 100) + "…" : ref;
    return RequestFault.of(path, "$ref \"" + shown + "\" " + what);
  }
}
