package io.tollgate.sandbox.internal.openai;

import io.tollgate.sandbox.internal.json.Problem;
import tools.jackson.databind.JsonNode;

/** What a schema must be that is to be followed strictly: closed, and every property required. */
public final class StrictSchema {
  private StrictSchema() {}

  /** Refuses a schema that is open anywhere. */
  public static void check(JsonNode schema, String where) {
    if (schema.path("type").asString("").equals("object") || schema.path("properties").isObject()) {
      JsonNode more = schema.path("additionalProperties");
      if (!more.isBoolean() || more.booleanValue()) {
        throw invalid(where, "'additionalProperties' is required to be supplied and to be false.");
      }
      for (String name : schema.path("properties").propertyNames()) {
        boolean required =
            schema.path("required").valueStream().anyMatch(one -> one.asString("").equals(name));
        if (!required) {
          throw invalid(
              where,
              "'required' is required to be an array that includes every key in properties; missing"
                  + " '"
                  + name
                  + "'.");
        }
      }
    }
    for (JsonNode below : schema) {
      if (below.isContainer()) {
        check(below, where);
      }
    }
  }

  private static Problem invalid(String where, String what) {
    return Problem.invalid(
        where, "invalid_json_schema", "Invalid schema for '" + where + "': " + what);
  }
}
