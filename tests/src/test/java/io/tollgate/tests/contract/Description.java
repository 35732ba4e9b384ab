package io.tollgate.tests.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An OpenAPI description, and where to find things in it. */
final class Description {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "patch", "options", "head", "trace");

  private final JsonNode document;
  private final Schemas schemas;

  private Description(JsonNode document) {
    this.document = document;
    this.schemas = new Schemas(document.required("components"));
  }

  static Description parse(String yaml) {
    Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return new Description(JsonMapper.shared().valueToTree(tree));
  }

  String openApiVersion() {
    return document.required("openapi").asString();
  }

  Schemas schemas() {
    return schemas;
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    methodsByPath()
        .forEach(
            (path, methods) ->
                methods.forEach(method -> operations.add(new Operation(method, path))));
    return operations;
  }

  /** Operations whose good answers have no end, which no plain request can try well. */
  List<Operation> endless() {
    return operations().stream()
        .filter(
            operation ->
                operation(operation).path("x-websocket").asBoolean(false)
                    || operation(operation).path("x-endless").asBoolean(false))
        .toList();
  }

  Map<String, Set<String>> methodsByPath() {
    Map<String, Set<String>> found = new TreeMap<>();
    for (Map.Entry<String, JsonNode> path : document.required("paths").properties()) {
      Set<String> methods = new TreeSet<>();
      for (String name : path.getValue().propertyNames()) {
        if (METHODS.contains(name)) {
          methods.add(name.toUpperCase(Locale.ROOT));
        }
      }
      found.put(path.getKey(), methods);
    }
    return found;
  }

  /** The URLs below which a path is said to be served. */
  List<String> servers(String path) {
    JsonNode own = document.required("paths").required(path).path("servers");
    JsonNode servers = own.isMissingNode() ? document.required("servers") : own;
    return servers.valueStream().map(server -> server.required("url").asString()).toList();
  }

  /** The answer that is described for a status, or for all others. */
  JsonNode response(Operation operation, int status) {
    JsonNode responses = operation(operation).required("responses");
    JsonNode own = responses.path(Integer.toString(status));
    return resolved(own.isMissingNode() ? responses.required("default") : own);
  }

  /** The schema of a request's JSON body. */
  JsonNode requestSchema(Operation operation) {
    return operation(operation)
        .required("requestBody")
        .required("content")
        .required("application/json")
        .required("schema");
  }

  /** The parameters of an operation, in the path, the query and the headers. */
  List<JsonNode> parameters(Operation operation) {
    return operation(operation).path("parameters").valueStream().map(this::resolved).toList();
  }

  /** The names of the fields of a request's body; none when it has no body. */
  List<String> fields(Operation operation) {
    JsonNode schema =
        operation(operation)
            .path("requestBody")
            .path("content")
            .path("application/json")
            .path("schema");
    return resolved(schema).path("properties").propertyNames().stream().toList();
  }

  JsonNode schema(String name) {
    return document.required("components").required("schemas").required(name);
  }

  /** What a reference leads to; the node itself when it is none. */
  JsonNode resolved(JsonNode node) {
    JsonNode reference = node.path("$ref");
    return reference.isMissingNode()
        ? node
        : resolved(document.at(reference.asString().substring(1)));
  }

  /** Every JSON media type, parameter and header that is described. */
  List<JsonNode> exampled() {
    List<JsonNode> found = new ArrayList<>();
    collect(document.required("paths"), found);
    collect(document.required("components"), found);
    return found;
  }

  private JsonNode operation(Operation operation) {
    return document
        .required("paths")
        .required(operation.path())
        .required(operation.method().toLowerCase(Locale.ROOT));
  }

  private static void collect(JsonNode node, List<JsonNode> found) {
    if (node.has("schema") && (node.has("example") || node.has("examples"))) {
      found.add(node);
    }
    node.forEach(child -> collect(child, found));
  }
}
