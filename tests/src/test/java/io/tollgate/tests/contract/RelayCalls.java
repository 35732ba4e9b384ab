package io.tollgate.tests.contract;

import io.tollgate.tests.installation.Client;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests to the relay, good ones and bad ones. */
final class RelayCalls {
  private static final Operation CHAT = new Operation("POST", "/v1/chat/completions");
  private static final Operation MESSAGES = new Operation("POST", "/v1/messages");
  private static final Operation REALTIME = new Operation("GET", "/v1/realtime");
  private static final Operation MODELS = new Operation("GET", "/v1/models");
  private static final Operation MODEL = new Operation("GET", "/v1/models/{model}");
  private static final String GPT = "gpt-4o-mini";
  private static final int RICH = 1;
  private static final int POOR = 2;
  private static final int LIMITED = 3;
  private static final int REQUESTS_A_MINUTE = 3;

  private RelayCalls() {}

  static List<Call> all() {
    List<Call> calls = new ArrayList<>(chat());
    calls.addAll(refusals());
    calls.addAll(limited());
    calls.addAll(models());
    calls.addAll(realtime());
    calls.addAll(messages());
    calls.addAll(MediaCalls.all());
    calls.addAll(EndpointCalls.all());
    return calls;
  }

  private static List<Call> messages() {
    return List.of(
        new Call(
            MESSAGES, "whole", 200, by -> message(by, RICH, message("claude-sonnet-4-5", false))),
        new Call(MESSAGES, "translated", 200, by -> message(by, RICH, message(GPT, false))),
        new Call(MESSAGES, "streamed", 200, by -> message(by, RICH, message(GPT, true))),
        new Call(MESSAGES, "no limit", 400, by -> message(by, RICH, Map.of("model", GPT))),
        new Call(MESSAGES, "no key", 401, by -> by.post("/v1/messages", message(GPT, false))),
        new Call(MESSAGES, "no means", 402, by -> message(by, POOR, message(GPT, false))),
        new Call(MESSAGES, "unknown", 404, by -> message(by, RICH, message("gpt-none", false))));
  }

  private static HttpRequest message(Requests by, int user, Map<String, ?> body) {
    return by.post("/v1/messages", body, by.asUser(user));
  }

  private static Map<String, ?> message(String model, boolean stream) {
    return Map.of(
        "model",
        model,
        "max_tokens",
        20,
        "stream",
        stream,
        "messages",
        List.of(Map.of("role", "user", "content", "Good morning.")));
  }

  private static List<Call> chat() {
    return List.of(
        new Call(
            CHAT,
            "whole",
            200,
            by -> by.chat(RICH, plain(GPT), "X-Client-Request-Id", "contract-1")),
        new Call(CHAT, "paid by free tokens", 200, by -> by.chat(0, plain(GPT))),
        new Call(
            CHAT, "streamed", 200, by -> by.chat(RICH, Client.chat(GPT, 20, true, "Good day."))),
        new Call(CHAT, "streamed with usage", 200, by -> by.chat(RICH, streamedWithUsage())),
        new Call(CHAT, "a tool called", 200, by -> by.chat(RICH, toolCall())));
  }

  private static List<Call> refusals() {
    return List.of(
        new Call(CHAT, "not JSON", 400, by -> by.chat(RICH, "{\"model\":")),
        new Call(CHAT, "no messages", 400, by -> by.chat(RICH, Map.of("model", GPT))),
        new Call(
            CHAT,
            "refused by the provider",
            400,
            by -> by.chat(RICH, plain(GPT), "X-Sandbox", "status=400")),
        new Call(CHAT, "unknown key", 401, by -> by.chatWith("sk-nobody", plain(GPT))),
        new Call(CHAT, "no key", 401, by -> by.post("/v1/chat/completions", plain(GPT))),
        new Call(CHAT, "no means", 402, by -> by.chat(POOR, plain(GPT))),
        new Call(CHAT, "unknown model", 404, by -> by.chat(RICH, plain("gpt-none"))),
        new Call(CHAT, "another method", 405, by -> by.delete("/v1/chat/completions")));
  }

  private static List<Call> limited() {
    List<Call> calls = new ArrayList<>();
    for (int request = 1; request <= REQUESTS_A_MINUTE; request++) {
      calls.add(
          new Call(
              CHAT,
              "request " + request + " of " + REQUESTS_A_MINUTE + " a minute",
              200,
              by -> by.chat(LIMITED, plain(GPT))));
    }
    calls.add(new Call(CHAT, "one too many", 429, by -> by.chat(LIMITED, plain(GPT))));
    return calls;
  }

  private static List<Call> realtime() {
    return List.of(
        new Call(
            REALTIME,
            "no upgrade",
            400,
            by -> by.get("/v1/realtime?model=gpt-realtime", by.asUser(RICH))));
  }

  private static List<Call> models() {
    return List.of(
        new Call(MODELS, "all", 200, by -> by.get("/v1/models", by.asUser(RICH))),
        new Call(MODELS, "no key", 401, by -> by.get("/v1/models")),
        new Call(MODEL, "one", 200, by -> by.get("/v1/models/" + GPT, by.asUser(RICH))),
        new Call(MODEL, "no key", 401, by -> by.get("/v1/models/" + GPT)),
        new Call(MODEL, "unknown", 404, by -> by.get("/v1/models/gpt-none", by.asUser(RICH))));
  }

  private static String plain(String model) {
    return Client.chat(model, 20, false, "Good morning.");
  }

  private static Map<String, ?> streamedWithUsage() {
    return Map.of(
        "model",
        GPT,
        "max_tokens",
        20,
        "stream",
        true,
        "stream_options",
        Map.of("include_usage", true),
        "messages",
        List.of(Map.of("role", "user", "content", "Good evening.")));
  }

  private static Map<String, ?> toolCall() {
    Map<String, ?> function =
        Map.of(
            "name",
            "get_weather",
            "parameters",
            Map.of("type", "object", "properties", Map.of("city", Map.of("type", "string"))));
    return Map.of(
        "model",
        GPT,
        "max_tokens",
        50,
        "tools",
        List.of(Map.of("type", "function", "function", function)),
        "tool_choice",
        "required",
        "messages",
        List.of(Map.of("role", "user", "content", "What is the weather?")));
  }
}
