package io.tollgate.relay.protocols.anthropic.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.conversation.CacheMark;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.conversation.Turn;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what was said: system texts and messages. Used once. */
final class TurnsReader {
  private static final String ONLY_HERE = ", which only Anthropic's models know (expected: ";

  private final List<String> dropped;
  // names of tools by the ids of their calls
  private final Map<JsonString, JsonString> calls = new HashMap<>();

  /**
   * @param dropped takes the names of hints that are left out
   */
  TurnsReader(List<String> dropped) {
    this.dropped = requireNonNull(dropped, "dropped is null");
  }

  List<Part> systemTexts(BodyNode system) {
    if (system.isText()) {
      return List.of(text(system));
    }
    List<Part> texts = new ArrayList<>();
    system.items().forEach(block -> texts.add(textOnly(block)));
    return texts;
  }

  List<Turn> read(BodyNode messages) {
    List<Turn> turns = new ArrayList<>();
    for (BodyNode message : messages.items()) {
      Turn.Role role = Turn.Role.valueOf(message.word("role").toUpperCase(Locale.ROOT));
      BodyNode content = message.required("content", "a string or an array of blocks");
      List<Part> parts = new ArrayList<>();
      if (content.isText()) {
        parts.add(text(content));
      } else {
        content.items().forEach(block -> add(block, role, parts));
      }
      turns.add(new Turn(role, parts));
    }
    return turns;
  }

  private void add(BodyNode block, Turn.Role role, List<Part> parts) {
    String type = block.object().word("type");
    boolean user = role == Turn.Role.USER;
    boolean assistant = role == Turn.Role.ASSISTANT;
    switch (type) {
      case "text" -> parts.add(textOnly(block));
      case "thinking" -> addThinking(block, parts);
      case "redacted_thinking" -> addRedacted(block, parts);
      case "tool_use" -> {
        requireSaidBy(assistant, block, type, "assistant");
        parts.add(call(block));
      }
      case "tool_result" -> {
        requireSaidBy(user, block, type, "user");
        parts.add(result(block));
      }
      case "image" -> {
        requireSaidBy(user, block, type, "user");
        parts.add(image(block));
      }
      case "document" -> {
        requireSaidBy(user, block, type, "user");
        addDocument(block, parts);
      }
      case "search_result" -> addSearchResult(block, parts);
      case "mid_conv_system" ->
          block
              .required("content", "an array of texts")
              .items()
              .forEach(text -> parts.add(textOnly(text)));
      default ->
          throw block.fault(
              "of type "
                  + Given.shown(type)
                  + ONLY_HERE
                  + "text, image, document, thinking, tool_use or tool_result)");
    }
  }

  private static void requireSaidBy(boolean right, BodyNode block, String type, String role) {
    if (!right) {
      throw block.fault("of type " + type + " (expected: in a message of the " + role + ")");
    }
  }

  private static Part text(BodyNode text) {
    return new Part.Text(text.text(), CacheMark.NONE);
  }

  private static Part textOnly(BodyNode block) {
    String type = block.object().word("type");
    if (!type.equals("text")) {
      throw block.fault("of type " + Given.shown(type) + " (expected: text)");
    }
    return new Part.Text(block.required("text", "a string").text(), CacheMarks.of(block));
  }

  private static void addThinking(BodyNode block, List<Part> parts) {
    JsonString text = block.text("thinking").orElse(JsonString.EMPTY);
    Optional<Signature> signature =
        block.text("signature").filter(given -> !given.isEmpty()).map(TurnsReader::carried);
    parts.add(new Part.Thinking(text, signature));
  }

  /** What is no longer readable; another provider's is the signature of the call before it. */
  private static void addRedacted(BodyNode block, List<Part> parts) {
    Signature data = carried(block.required("data", "a string").text());
    boolean own = data.protocol() == Protocol.ANTHROPIC;
    if (!own
        && !parts.isEmpty()
        && parts.getLast() instanceof Part.ToolCall call
        && call.signature().isEmpty()) {
      parts.removeLast();
      parts.add(
          new Part.ToolCall(
              call.id(), call.name(), call.arguments(), Optional.of(data), call.cache()));
    } else {
      parts.add(new Part.RedactedThinking(data));
    }
  }

  private Part call(BodyNode block) {
    JsonString id = block.required("id", "the id of the call").text();
    JsonString name = block.required("name", "the name of the tool").text();
    BodyNode input = block.required("input", "an object").object();
    calls.put(id, name);
    return new Part.ToolCall(id, name, input.asText(), Optional.empty(), CacheMarks.of(block));
  }

  private Part result(BodyNode block) {
    JsonString id = block.required("tool_use_id", "the id of a call").text();
    JsonString name = calls.get(id);
    if (name == null) {
      throw block.fault("of no call (expected: the id of a tool_use block before it)");
    }
    List<Part> content = new ArrayList<>();
    Optional<BodyNode> given = block.member("content");
    if (given.isPresent() && given.get().isText()) {
      content.add(text(given.get()));
    } else if (given.isPresent()) {
      given.get().items().forEach(part -> addResult(part, content));
    }
    return new Part.ToolResult(
        id, name, content, block.flag("is_error").orElse(false), CacheMarks.of(block));
  }

  private void addResult(BodyNode block, List<Part> content) {
    String type = block.object().word("type");
    switch (type) {
      case "text" -> content.add(textOnly(block));
      case "image" -> content.add(image(block));
      case "document" -> addDocument(block, content);
      case "search_result" -> addSearchResult(block, content);
      default ->
          throw block.fault(
              "of type " + Given.shown(type) + ONLY_HERE + "text, image or document)");
    }
  }

  private static Part image(BodyNode block) {
    BodyNode source = block.required("source", "where the image is").object();
    return new Part.Image(MediaSources.read(source), Optional.empty(), CacheMarks.of(block));
  }

  private void addDocument(BodyNode block, List<Part> parts) {
    BodyNode source = block.required("source", "where the document is").object();
    Optional<JsonString> title = block.text("title");
    if (block.member("citations").flatMap(given -> given.object().flag("enabled")).orElse(false)) {
      dropped.add(block.place() + ".citations");
    }
    block.text("context").ifPresent(context -> parts.add(unmarked(context)));
    if (!source.word("type").equals("content")) {
      parts.add(new Part.Document(MediaSources.read(source), title, CacheMarks.of(block)));
      return;
    }
    BodyNode content = source.required("content", "a string or an array of blocks");
    if (content.isText()) {
      parts.add(new Part.Document(new Media.Words(content.text()), title, CacheMarks.of(block)));
    } else {
      content.items().forEach(part -> addResult(part, parts));
    }
  }

  /** What a search found is a document for each of its texts. */
  private static void addSearchResult(BodyNode block, List<Part> parts) {
    Optional<JsonString> title = block.text("title");
    for (BodyNode text : block.required("content", "an array of texts").items()) {
      JsonString words = text.object().required("text", "a string").text();
      parts.add(new Part.Document(new Media.Words(words), title, CacheMarks.of(block)));
    }
  }

  private static Signature carried(JsonString text) {
    return Signature.carried(Protocol.ANTHROPIC, text);
  }

  private static Part unmarked(JsonString text) {
    return new Part.Text(text, CacheMark.NONE);
  }
}
