package io.tollgate.tests.contract;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schemas of the description, read strictly: formats count, and a member that an object's
 * schema does not name is a fault unless the schema says that there may be others.
 */
final class Schemas {
  private static final String COMPONENTS = "components";
  private static final String PROPERTIES = "properties";
  private static final String ADDITIONAL = "additionalProperties";

  private final JsonNode components;
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          // known, but no rule for values
          Dialect.builder(Dialects.getDraft202012())
              .keyword(new NonValidationKeyword(COMPONENTS))
              .build(),
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  Schemas(JsonNode components) {
    this.components = closed(components);
  }

  /** What does not fit; empty when everything does. */
  List<String> faults(JsonNode schema, JsonNode value) {
    // references lead to #/components, so that these stand beside the schema
    ObjectNode document = closed(schema).asObject();
    document.set(COMPONENTS, components);
    Schema compiled = registry.getSchema(document);
    return compiled.validate(value).stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }

  private static JsonNode closed(JsonNode schema) {
    JsonNode copy = schema.deepCopy();
    close(copy);
    return copy;
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path(PROPERTIES).isObject()
        && !object.has(ADDITIONAL)) {
      object.put(ADDITIONAL, false);
    }
    node.forEach(Schemas::close);
  }
}
