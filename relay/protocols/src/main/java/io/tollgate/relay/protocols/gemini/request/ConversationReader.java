package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.Hints;
import io.tollgate.relay.protocols.conversation.OutputFormat;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads a request for content as a conversation. What only Gemini has is refused by its name. */
final class ConversationReader {
  private static final int MAX_NAMED_HINTS = 16;
  private static final int MAX_HINT_CHARACTERS = 64;

  private static final Set<String> READ =
      Set.of(
          BothCases.ofAll(
              "contents",
              "systemInstruction",
              "tools",
              "toolConfig",
              "generationConfig",
              "cachedContent",
              // it is in the path
              "model"));

  private ConversationReader() {}

  static Conversation read(byte[] body, boolean stream) {
    JsonTree tree;
    try {
      tree = JsonTree.read(body, 0, body.length);
    } catch (JsonFault e) {
      throw BodyScan.notJson(body, e);
    }
    RequestField request = new RequestField("", tree);
    request
        .member("cachedContent")
        .ifPresent(
            cached -> {
              throw RequestFault.of(
                  cached.path(),
                  "given (expected: none, as the model that answers is no Gemini and does not have"
                      + " it)");
            });
    Optional<RequestField> config = request.member("generationConfig");
    ToolsReader tools = ToolsReader.read(request);
    return new Conversation(
        system(request),
        new TurnsReader().read(request),
        tools.tools(),
        tools.choice(),
        Optional.empty(),
        config
            .flatMap(given -> given.member("maxOutputTokens"))
            .map(limit -> OptionalLong.of(limit.whole(1, TokenUsage.MAX_TOKENS)))
            .orElseGet(OptionalLong::empty),
        ConfigReader.sampling(config),
        config.map(ConfigReader::format).orElseGet(OutputFormat.Free::new),
        ConfigReader.reasoning(config),
        stream,
        new Hints(Optional.empty(), Optional.empty(), hints(request, config)));
  }

  private static List<Part> system(RequestField request) {
    List<Part> texts = new ArrayList<>();
    request
        .member("systemInstruction")
        .flatMap(content -> content.member("parts"))
        .ifPresent(
            parts -> {
              for (RequestField part : parts.items()) {
                texts.add(
                    TurnsReader.text(
                        part.member("text")
                            .orElseThrow(
                                () ->
                                    RequestFault.of(
                                        part.path(), "no text (expected: a part with text)"))));
              }
            });
    return texts;
  }

  /** What is left out, by name: what is of no account to the answer, and what nobody knows yet. */
  private static List<String> hints(RequestField request, Optional<RequestField> config) {
    List<String> names = new ArrayList<>();
    add(names, request.members(), READ, "");
    config.ifPresent(given -> add(names, given.members(), ConfigReader.READ, "generationConfig."));
    return names;
  }

  private static void add(
      List<String> names, JsonTree.Members members, Set<String> read, String before) {
    for (String name : members.byName().keySet()) {
      boolean plain =
          name.length() <= MAX_HINT_CHARACTERS
              && name.chars().allMatch(c -> c == '_' || Character.isLetterOrDigit(c) && c < 128);
      if (!read.contains(name) && plain && names.size() < MAX_NAMED_HINTS) {
        names.add(before + name);
      }
    }
  }
}
