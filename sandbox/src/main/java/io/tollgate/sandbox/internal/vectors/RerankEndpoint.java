package io.tollgate.sandbox.internal.vectors;

import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.exchange.Asked;
import io.tollgate.sandbox.internal.exchange.Endpoint;
import io.tollgate.sandbox.internal.exchange.Reply;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.openai.Models;
import io.tollgate.sandbox.internal.served.Kind;
import io.tollgate.sandbox.internal.served.Usage;
import io.tollgate.sandbox.internal.steering.Steering;
import io.tollgate.sandbox.internal.steering.Steering.Key;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /v1/rerank} and {@code /v2/rerank}: in Jina's shape, billed by tokens, for models
 * that are called so; in Cohere's, billed by search units of a hundred documents, for all others.
 */
public final class RerankEndpoint implements Endpoint {
  private static final int MAX_DOCUMENTS = 10_000;
  private static final int DOCUMENTS_A_UNIT = 100;
  private static final int DIMENSIONS = 64;

  private record Ranked(int index, String text, double score) {}

  private final TokenCounter counter;

  public RerankEndpoint(TokenCounter counter) {
    this.counter = counter;
  }

  @Override
  public Reply plan(Asked asked, Steering steering) {
    JsonNode root = JsonBody.object(asked.body());
    String model = Models.checked(JsonFields.text(root, "model", "model"));
    String query = JsonFields.text(root, "query", "query");
    if (query.isBlank()) {
      throw Problem.invalid("query", "Invalid 'query': empty (expected: some text).");
    }
    List<String> documents = documents(root);
    int top = JsonFields.integer(root, "top_n", 1, Integer.MAX_VALUE).orElse(documents.size());
    boolean told = JsonFields.flag(root, "return_documents");
    List<Ranked> ranked = ranked(query, documents);
    boolean jina = model.contains("jina");
    ObjectNode json = JsonBody.object();
    ArrayNode results = json.putArray("results");
    for (Ranked one : ranked.subList(0, Math.min(top, ranked.size()))) {
      ObjectNode result =
          results.addObject().put("index", one.index()).put("relevance_score", one.score());
      if (told) {
        result.putObject("document").put("text", one.text());
      }
    }
    Usage usage = jina ? tokens(query, documents, steering) : units(documents);
    if (!steering.has(Key.NO_USAGE)) {
      tell(json, model, usage, jina);
    }
    String body = json.toString();
    return Reply.json(model, usage, body);
  }

  private static void tell(ObjectNode json, String model, Usage usage, boolean jina) {
    if (jina) {
      json.put("model", model).put("object", "list");
      json.putObject("usage")
          .put("total_tokens", usage.input())
          .put("prompt_tokens", usage.input());
    } else {
      json.put("id", "rerank-" + Long.toHexString(json.toString().hashCode()));
      ObjectNode meta = json.putObject("meta");
      meta.putObject("api_version").put("version", "2");
      meta.putObject("billed_units").put("search_units", usage.get(Kind.SEARCH_UNITS));
    }
  }

  private Usage tokens(String query, List<String> documents, Steering steering) {
    long tokens = 0;
    for (String document : documents) {
      tokens += counter.count(query) + counter.count(document);
    }
    return Usage.of(steering.get(Key.INPUT_TOKENS).orElse((int) tokens), 0);
  }

  private static Usage units(List<String> documents) {
    return Usage.NONE.with(
        Kind.SEARCH_UNITS, (documents.size() + DOCUMENTS_A_UNIT - 1) / DOCUMENTS_A_UNIT);
  }

  private static List<Ranked> ranked(String query, List<String> documents) {
    float[] wanted = TextVector.of(query, DIMENSIONS);
    List<Ranked> ranked = new ArrayList<>();
    for (String document : documents) {
      double score = TextVector.nearness(wanted, TextVector.of(document, DIMENSIONS));
      ranked.add(new Ranked(ranked.size(), document, Math.round(score * 1e6) / 1e6));
    }
    ranked.sort(Comparator.comparingDouble(Ranked::score).reversed());
    return ranked;
  }

  private static List<String> documents(JsonNode root) {
    JsonNode given = JsonFields.array(root, "documents", "documents");
    if (given.isEmpty() || given.size() > MAX_DOCUMENTS) {
      throw Problem.invalid(
          "documents",
          "Invalid 'documents': "
              + given.size()
              + " of them (expected: 1.."
              + MAX_DOCUMENTS
              + ").");
    }
    List<String> documents = new ArrayList<>();
    for (JsonNode one : given) {
      String where = "documents[" + documents.size() + "]";
      if (one.isString()) {
        documents.add(one.stringValue());
      } else if (one.isObject()) {
        documents.add(JsonFields.text(one, "text", where + ".text"));
      } else {
        throw JsonFields.wrongType(where, "a string or an object", one);
      }
    }
    return documents;
  }
}
