package io.tollgate.relay.protocols.agent;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.gemini.request.SignatureText;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The agent's conversation as callers of each protocol send it, when a provider of some protocol
 * has answered until now: thoughts carry that one's signatures.
 */
final class AgentForms {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<String, ?> SCHEMA =
      Map.of(
          "type",
          "object",
          "properties",
          Map.of("path", Map.of("type", "string"), "text", Map.of("type", "string")),
          "required",
          List.of("path"));
  private static final List<String> TOOLS = List.of("read_file", "write_file");

  private final Protocol caller;
  private final Protocol answering;

  private AgentForms(Protocol caller, Protocol answering) {
    this.caller = caller;
    this.answering = answering;
  }

  static byte[] of(Protocol caller, Protocol answering) {
    AgentForms forms = new AgentForms(caller, answering);
    Map<String, ?> body =
        switch (caller) {
          case OPENAI -> forms.chat();
          case RESPONSES -> forms.responses();
          case ANTHROPIC -> forms.messages();
          case GEMINI -> forms.contents();
        };
    return JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
  }

  static String signature(AgentStep step) {
    // base64, as all of them are
    return "c2lnbmF0dXJl" + "%04d".formatted(step.number());
  }

  private String carried(AgentStep step) {
    Signature signature = new Signature(answering, JsonString.of(signature(step)));
    // Google's callers take nothing but base64: no mark in clear
    return (caller == Protocol.GEMINI
            ? SignatureText.written(signature, false)
            : signature.carriedBy(caller))
        .text();
  }

  private Map<String, ?> messages() {
    List<Object> messages = new ArrayList<>();
    List<Object> said = new ArrayList<>(List.of(marked(text("text", AgentStep.task()))));
    for (AgentStep step : AgentStep.all()) {
      messages.add(Map.of("role", "user", "content", said));
      List<Object> blocks = new ArrayList<>();
      blocks.add(
          Map.of("type", "thinking", "thinking", step.thought(), "signature", carried(step)));
      if (!step.words().isEmpty()) {
        blocks.add(text("text", step.words()));
      }
      said = new ArrayList<>();
      for (AgentStep.Call call : step.calls()) {
        blocks.add(
            Map.of(
                "type",
                "tool_use",
                "id",
                call.id(),
                "name",
                call.tool(),
                "input",
                call.arguments()));
        List<Object> content = new ArrayList<>(List.of(text("text", call.result())));
        if (call.picture()) {
          content.add(
              Map.of(
                  "type",
                  "image",
                  "source",
                  Map.of("type", "base64", "media_type", "image/png", "data", AgentStep.PNG)));
        }
        said.add(Map.of("type", "tool_result", "tool_use_id", call.id(), "content", content));
      }
      if (!step.next().isEmpty()) {
        said.add(text("text", step.next()));
      }
      messages.add(Map.of("role", "assistant", "content", blocks));
    }
    messages.add(Map.of("role", "user", "content", said));
    List<Object> tools = new ArrayList<>();
    TOOLS.forEach(name -> tools.add(Map.of("name", name, "input_schema", SCHEMA)));
    return Map.of(
        "model",
        "m",
        "max_tokens",
        8000,
        "thinking",
        Map.of("type", "enabled", "budget_tokens", 2048),
        "system",
        List.of(marked(text("text", AgentStep.system()))),
        "tools",
        tools,
        "messages",
        messages);
  }

  private Map<String, ?> chat() {
    List<Object> messages = new ArrayList<>();
    messages.add(Map.of("role", "system", "content", AgentStep.system()));
    messages.add(Map.of("role", "user", "content", AgentStep.task()));
    for (AgentStep step : AgentStep.all()) {
      List<Object> calls = new ArrayList<>();
      List<Object> results = new ArrayList<>();
      List<Object> pictures = new ArrayList<>();
      for (AgentStep.Call call : step.calls()) {
        calls.add(
            Map.of(
                "id",
                call.id(),
                "type",
                "function",
                "function",
                Map.of(
                    "name", call.tool(), "arguments", JSON.writeValueAsString(call.arguments()))));
        results.add(Map.of("role", "tool", "tool_call_id", call.id(), "content", call.result()));
        if (call.picture()) {
          pictures.add(Map.of("type", "image_url", "image_url", Map.of("url", dataUrl())));
        }
      }
      Map<String, Object> assistant = new LinkedHashMap<>();
      assistant.put("role", "assistant");
      assistant.put("content", step.words());
      assistant.put("reasoning_content", step.thought());
      assistant.put("tool_calls", calls);
      messages.add(assistant);
      messages.addAll(results);
      if (!step.next().isEmpty()) {
        pictures.add(text("text", step.next()));
      }
      if (!pictures.isEmpty()) {
        messages.add(Map.of("role", "user", "content", pictures));
      }
    }
    List<Object> tools = new ArrayList<>();
    TOOLS.forEach(
        name ->
            tools.add(
                Map.of(
                    "type", "function", "function", Map.of("name", name, "parameters", SCHEMA))));
    return Map.of(
        "model",
        "m",
        "max_completion_tokens",
        8000,
        "reasoning_effort",
        "low",
        "tools",
        tools,
        "messages",
        messages);
  }

  private Map<String, ?> responses() {
    List<Object> input = new ArrayList<>();
    input.add(Map.of("role", "user", "content", AgentStep.task()));
    for (AgentStep step : AgentStep.all()) {
      input.add(
          Map.of(
              "type",
              "reasoning",
              "id",
              "rs_" + step.number(),
              "summary",
              List.of(text("summary_text", step.thought())),
              "encrypted_content",
              carried(step)));
      if (!step.words().isEmpty()) {
        input.add(
            Map.of("role", "assistant", "content", List.of(text("output_text", step.words()))));
      }
      List<Object> results = new ArrayList<>();
      for (AgentStep.Call call : step.calls()) {
        input.add(
            Map.of(
                "type",
                "function_call",
                "call_id",
                call.id(),
                "name",
                call.tool(),
                "arguments",
                JSON.writeValueAsString(call.arguments())));
        List<Object> output = new ArrayList<>(List.of(text("input_text", call.result())));
        if (call.picture()) {
          output.add(Map.of("type", "input_image", "image_url", dataUrl()));
        }
        results.add(Map.of("type", "function_call_output", "call_id", call.id(), "output", output));
      }
      input.addAll(results);
      if (!step.next().isEmpty()) {
        input.add(Map.of("role", "user", "content", step.next()));
      }
    }
    List<Object> tools = new ArrayList<>();
    TOOLS.forEach(
        name -> tools.add(Map.of("type", "function", "name", name, "parameters", SCHEMA)));
    return Map.of(
        "model",
        "m",
        "max_output_tokens",
        8000,
        "reasoning",
        Map.of("effort", "low"),
        "instructions",
        AgentStep.system(),
        "tools",
        tools,
        "input",
        input);
  }

  private Map<String, ?> contents() {
    List<Object> contents = new ArrayList<>();
    List<Object> said = new ArrayList<>(List.of(Map.of("text", AgentStep.task())));
    for (AgentStep step : AgentStep.all()) {
      contents.add(Map.of("role", "user", "parts", said));
      List<Object> parts = new ArrayList<>();
      parts.add(Map.of("text", step.thought(), "thought", true, "thoughtSignature", carried(step)));
      if (!step.words().isEmpty()) {
        parts.add(Map.of("text", step.words()));
      }
      said = new ArrayList<>();
      List<Object> after = new ArrayList<>();
      for (AgentStep.Call call : step.calls()) {
        parts.add(
            Map.of(
                "functionCall",
                Map.of("id", call.id(), "name", call.tool(), "args", call.arguments())));
        said.add(
            Map.of(
                "functionResponse",
                Map.of(
                    "id",
                    call.id(),
                    "name",
                    call.tool(),
                    "response",
                    Map.of("output", call.result()))));
        if (call.picture()) {
          after.add(Map.of("inlineData", Map.of("mimeType", "image/png", "data", AgentStep.PNG)));
        }
      }
      if (!step.next().isEmpty()) {
        after.add(Map.of("text", step.next()));
      }
      said.addAll(after);
      contents.add(Map.of("role", "model", "parts", parts));
    }
    contents.add(Map.of("role", "user", "parts", said));
    List<Object> declarations = new ArrayList<>();
    TOOLS.forEach(name -> declarations.add(Map.of("name", name, "parametersJsonSchema", SCHEMA)));
    return Map.of(
        "systemInstruction",
        Map.of("parts", List.of(Map.of("text", AgentStep.system()))),
        "generationConfig",
        Map.of("maxOutputTokens", 8000, "thinkingConfig", Map.of("thinkingBudget", 2048)),
        "tools",
        List.of(Map.of("functionDeclarations", declarations)),
        "contents",
        contents);
  }

  private static String dataUrl() {
    return "data:image/png;base64," + AgentStep.PNG;
  }

  private static Map<String, Object> text(String type, String words) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("type", type);
    part.put("text", words);
    return part;
  }

  private static Map<String, Object> marked(Map<String, Object> part) {
    part.put("cache_control", Map.of("type", "ephemeral"));
    return part;
  }
}
