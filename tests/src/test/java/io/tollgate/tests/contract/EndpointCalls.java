package io.tollgate.tests.contract;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests to the endpoints of the relay beside chat and messages, good ones and bad ones. */
final class EndpointCalls {
  private static final String GPT = "gpt-4o-mini";
  private static final String CLAUDE = "claude-sonnet-4-5";
  private static final String GEMINI = "gemini-2.5-flash";
  private static final String VECTORS = "gemini-embedding-001";
  private static final String NONE = "no-such-model";
  private static final int RICH = 1;
  private static final int POOR = 2;

  private EndpointCalls() {}

  static List<Call> all() {
    List<Call> calls = new ArrayList<>(responses());
    calls.addAll(texts());
    calls.addAll(content());
    calls.addAll(counts());
    calls.addAll(geminiModels());
    return calls;
  }

  private static List<Call> responses() {
    String path = "/v1/responses";
    return List.of(
        call(path, "whole", 200, response(GPT, false)),
        call(path, "translated", 200, response(CLAUDE, false)),
        call(path, "streamed", 200, response(GPT, true)),
        call(path, "translated stream", 200, response(GEMINI, true)),
        call(path, "input of a number", 400, Map.of("model", GPT, "input", 7)),
        call(path, "unknown model", 404, response(NONE, false)),
        refused(path, response(GPT, false)),
        poor(path, response(GPT, false)));
  }

  private static List<Call> texts() {
    Map<String, ?> completion =
        Map.of("model", "gpt-3.5-turbo-instruct", "prompt", "A gate is", "max_tokens", 9);
    Map<String, ?> streamed =
        Map.of(
            "model",
            "gpt-3.5-turbo-instruct",
            "prompt",
            "A gate is",
            "max_tokens",
            9,
            "stream",
            true);
    Map<String, ?> embeddings =
        Map.of("model", "text-embedding-3-small", "input", List.of("A gate.", "A toll."));
    return List.of(
        call("/v1/completions", "whole", 200, completion),
        call("/v1/completions", "streamed", 200, streamed),
        call("/v1/completions", "no model", 400, Map.of("prompt", "A gate is")),
        refused("/v1/completions", completion),
        call("/v1/embeddings", "two", 200, embeddings),
        call("/v1/embeddings", "no input", 400, Map.of("model", "text-embedding-3-small")),
        poor("/v1/embeddings", embeddings),
        call("/v1/moderations", "of the usual model", 200, Map.of("input", "A gate.")),
        call("/v1/moderations", "no input", 400, Map.of()),
        call("/v1/moderations", "unknown", 404, Map.of("model", NONE, "input", "A gate.")));
  }

  private static List<Call> content() {
    List<Call> calls = new ArrayList<>();
    for (String action : List.of("generateContent", "streamGenerateContent")) {
      for (String model : List.of(GEMINI, GPT)) {
        calls.add(content(action, "", model, 200, contents()));
      }
      calls.add(content(action, "", NONE, 404, contents()));
      calls.add(content(action, "", GEMINI, 400, Map.of("contents", "Good morning.")));
    }
    calls.add(content("streamGenerateContent", "?alt=sse", GEMINI, 200, contents()));
    calls.add(content("streamGenerateContent", "?alt=sse", CLAUDE, 200, contents()));
    return calls;
  }

  private static List<Call> counts() {
    String path = "/v1/messages/count_tokens";
    Map<String, ?> messages =
        Map.of(
            "model", GPT, "messages", List.of(Map.of("role", "user", "content", "Good morning.")));
    return List.of(
        call(path, "of a message", 200, messages),
        call(path, "no messages", 400, Map.of("model", GPT)),
        refused(path, messages),
        content("countTokens", "", GEMINI, 200, contents()),
        content("countTokens", "", NONE, 404, contents()),
        content("embedContent", "", VECTORS, 200, Map.of("content", toEmbed())),
        content("embedContent", "", VECTORS, 400, Map.of()),
        content(
            "batchEmbedContents",
            "",
            VECTORS,
            200,
            Map.of(
                "requests", List.of(Map.of("model", "models/" + VECTORS, "content", toEmbed())))),
        content("batchEmbedContents", "", VECTORS, 400, Map.of("requests", List.of())));
  }

  private static Map<String, ?> toEmbed() {
    return Map.of("parts", List.of(Map.of("text", "The gate is open.")));
  }

  private static List<Call> geminiModels() {
    Operation list = new Operation("GET", "/v1beta/models");
    Operation one = new Operation("GET", "/v1beta/models/{model}");
    return List.of(
        new Call(list, "a page", 200, by -> by.get("/v1beta/models?pageSize=2", by.asUser(RICH))),
        new Call(list, "no key", 401, by -> by.get("/v1beta/models")),
        new Call(one, "one", 200, by -> by.get("/v1beta/models/" + GEMINI, by.asUser(RICH))),
        new Call(one, "unknown", 404, by -> by.get("/v1beta/models/" + NONE, by.asUser(RICH))));
  }

  private static Call content(
      String action, String query, String model, int status, Map<String, ?> body) {
    return new Call(
        new Operation("POST", "/v1beta/models/{model}:" + action),
        model + query,
        status,
        by -> by.post("/v1beta/models/" + model + ":" + action + query, body, by.asUser(RICH)));
  }

  private static Call call(String path, String what, int status, Map<String, ?> body) {
    return new Call(
        new Operation("POST", path), what, status, by -> by.post(path, body, by.asUser(RICH)));
  }

  private static Call refused(String path, Map<String, ?> body) {
    return new Call(new Operation("POST", path), "no key", 401, by -> by.post(path, body));
  }

  private static Call poor(String path, Map<String, ?> body) {
    return new Call(new Operation("POST", path), "no means", 402, by -> asPoor(by, path, body));
  }

  private static HttpRequest asPoor(Requests by, String path, Map<String, ?> body) {
    return by.post(path, body, by.asUser(POOR));
  }

  private static Map<String, ?> response(String model, boolean stream) {
    return Map.of("model", model, "input", "Good day.", "max_output_tokens", 200, "stream", stream);
  }

  private static Map<String, ?> contents() {
    return Map.of(
        "contents",
        List.of(Map.of("role", "user", "parts", List.of(Map.of("text", "Good morning.")))),
        "generationConfig",
        Map.of("maxOutputTokens", 20));
  }
}
