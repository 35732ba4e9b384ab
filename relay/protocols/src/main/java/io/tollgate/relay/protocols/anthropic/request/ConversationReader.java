package io.tollgate.relay.protocols.anthropic.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.CacheMark;
import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.Hints;
import io.tollgate.relay.protocols.conversation.OutputFormat;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Sampling;
import io.tollgate.relay.protocols.conversation.Turn;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads what a messages request asks for, in no protocol's words. Used once. */
final class ConversationReader {
  // read here or by the readers that this one uses
  private static final Set<String> READ =
      Set.of(
          "model",
          "messages",
          "system",
          "max_tokens",
          "stream",
          "temperature",
          "top_p",
          "top_k",
          "stop_sequences",
          "tools",
          "tool_choice",
          "thinking",
          "output_config",
          "output_format",
          "metadata",
          "cache_control");
  // what only Anthropic runs, and what an answer would be another without
  private static final Set<String> ONLY_HERE = Set.of("mcp_servers", "container");
  private static final JsonString SCHEMA_NAME = JsonString.of("output");

  private final MessagesFields fields;
  private final BodyNode body;
  private final List<String> dropped = new ArrayList<>();

  ConversationReader(byte[] body, MessagesFields fields) {
    this.fields = requireNonNull(fields, "fields is null");
    this.body = BodyNode.of(body);
  }

  /**
   * @throws RequestFault where it is not what Anthropic allows, or asks for what only Anthropic has
   */
  Conversation read() {
    for (String name : body.names()) {
      if (ONLY_HERE.contains(name)) {
        throw RequestFault.of(
            name, "given (expected: nothing, as the model is not one of Anthropic's)");
      }
      if (!READ.contains(name)) {
        dropped.add(name);
      }
    }
    TurnsReader turns = new TurnsReader(dropped);
    List<Part> system = body.member("system").map(turns::systemTexts).orElse(List.of());
    List<Turn> said = turns.read(body.required("messages", "an array of messages"));
    return new Conversation(
        system,
        marked(said),
        ToolsReader.tools(body),
        ToolsReader.choice(body),
        ToolsReader.parallelCalls(body),
        OptionalLong.of(fields.maxTokens),
        sampling(),
        format(),
        ThinkingReader.read(body),
        fields.stream,
        hints());
  }

  private Sampling sampling() {
    List<JsonString> stop = new ArrayList<>();
    body.member("stop_sequences")
        .ifPresent(sequences -> sequences.items().forEach(item -> stop.add(item.text())));
    return new Sampling(
        body.decimal("temperature", 0, 1),
        body.decimal("top_p", 0, 1),
        body.whole("top_k", 0),
        stop,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private OutputFormat format() {
    Optional<BodyNode> format =
        body.member("output_config")
            .flatMap(config -> config.object().member("format"))
            .or(() -> body.member("output_format"));
    if (format.isEmpty()) {
      return new OutputFormat.Free();
    }
    BodyNode given = format.get().object();
    String type = given.word("type");
    if (!type.equals("json_schema")) {
      throw given.fault("type " + Given.shown(type) + " (expected: json_schema)");
    }
    return new OutputFormat.Schema(
        SCHEMA_NAME,
        Optional.empty(),
        given.required("schema", "a JSON schema").tree(),
        Optional.of(true));
  }

  private Hints hints() {
    Optional<BodyNode> metadata = body.member("metadata");
    metadata.ifPresent(
        given ->
            given
                .object()
                .names()
                .forEach(
                    name -> {
                      if (!name.equals("user_id")) {
                        dropped.add("metadata." + name);
                      }
                    }));
    return new Hints(metadata.flatMap(given -> given.text("user_id")), Optional.empty(), dropped);
  }

  /** A mark for the whole request stands at its last part. */
  private List<Turn> marked(List<Turn> turns) {
    CacheMark mark = CacheMarks.of(body);
    if (mark == CacheMark.NONE || turns.isEmpty() || turns.getLast().parts().isEmpty()) {
      return turns;
    }
    Turn last = turns.getLast();
    List<Part> parts = new ArrayList<>(last.parts());
    parts.add(CacheMarks.marked(parts.removeLast(), mark));
    List<Turn> marked = new ArrayList<>(turns.subList(0, turns.size() - 1));
    marked.add(new Turn(last.role(), parts));
    return marked;
  }
}
