package io.tollgate.relay.protocols.openai.realtime;

import io.tollgate.relay.protocols.RealtimeTerms;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonFields;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads what a session is set to, in today's form and in that of the beta. A part that is not given
 * stays as it was.
 */
final class TermsReader {
  /** Tools that a provider does not bill by the call. */
  private static final Set<String> UNBILLED_TOOLS = Set.of("function", "mcp");

  private final JsonFields session;
  private final Optional<JsonFields> input;
  private final Optional<JsonFields> output;

  /**
   * @throws RequestFault where a part of it is of a wrong type
   */
  TermsReader(JsonFields session) {
    this.session = session;
    Optional<JsonFields> audio = session.object("audio");
    input = audio.flatMap(found -> found.object("input"));
    output = audio.flatMap(found -> found.object("output"));
  }

  /**
   * @throws RequestFault where a part of it is of a wrong type, or a tool has no price
   */
  RealtimeTerms read(RealtimeTerms before) {
    checkTools();
    return new RealtimeTerms(
        startsByItself().orElse(before.startsByItself()),
        speaks().orElse(before.speaks()),
        maxOutput(before.maxOutput()),
        sound(input, "input_audio_format").orElse(before.inputSound()),
        sound(output, "output_audio_format").orElse(before.outputSound()),
        transcription(before.transcription()),
        promptBytes().orElse(before.promptBytes()));
  }

  /** The model that it is to have, where it names one. */
  Optional<String> model() {
    return session.text("model").map(JsonString::text);
  }

  private void checkTools() {
    List<JsonTree> tools = session.items("tools").orElse(List.of());
    for (int i = 0; i < tools.size(); i++) {
      JsonFields tool = JsonFields.of(session.path("tools[" + i + "]"), tools.get(i));
      String type = tool.neededText("type").text();
      if (!UNBILLED_TOOLS.contains(type)) {
        throw tool.unknown("type", type, "function or mcp; others have no price here");
      }
    }
  }

  private Optional<Boolean> startsByItself() {
    return detection(Optional.of(session)).or(() -> detection(input));
  }

  private static Optional<Boolean> detection(Optional<JsonFields> holder) {
    return member(holder, "turn_detection")
        .map(
            value ->
                !isNull(value)
                    && JsonFields.of("turn_detection", value).flag("create_response").orElse(true));
  }

  private Optional<Boolean> speaks() {
    return session
        .items("output_modalities")
        .or(() -> session.items("modalities"))
        .map(
            list ->
                list.stream()
                    .anyMatch(
                        one ->
                            one instanceof JsonTree.Text text
                                && text.string().text().equals("audio")));
  }

  private OptionalLong maxOutput(OptionalLong before) {
    for (String name : List.of("max_output_tokens", "max_response_output_tokens")) {
      Optional<JsonTree> given = session.value(name);
      if (given.isPresent()) {
        return given.get() instanceof JsonTree.Text
            ? OptionalLong.empty()
            : session.whole(name, 1, 1_000_000);
      }
    }
    return before;
  }

  private Optional<Integer> sound(Optional<JsonFields> side, String betaName) {
    Optional<String> beta = session.text(betaName).map(JsonString::text);
    Optional<String> today =
        side.flatMap(found -> found.object("format"))
            .flatMap(format -> format.text("type"))
            .map(JsonString::text);
    return today
        .or(() -> beta)
        .map(
            name ->
                switch (name) {
                  case "g711_ulaw", "g711_alaw", "audio/pcmu", "audio/pcma" ->
                      RealtimeTerms.TELEPHONE_SOUND;
                  default -> RealtimeTerms.LINEAR_SOUND;
                });
  }

  private Optional<String> transcription(Optional<String> before) {
    Optional<JsonTree> given =
        member(Optional.of(session), "input_audio_transcription")
            .or(() -> member(input, "transcription"));
    if (given.isEmpty()) {
      return before;
    }
    if (isNull(given.get())) {
      return Optional.empty();
    }
    JsonFields transcription = JsonFields.of("transcription", given.get());
    Optional<String> named = transcription.text("model").map(JsonString::text);
    if (named.isEmpty() && before.isEmpty()) {
      throw transcription.missing("model", "the name of a model");
    }
    return named.or(() -> before);
  }

  private Optional<Long> promptBytes() {
    if (!session.has("instructions") && !session.has("tools")) {
      return Optional.empty();
    }
    long bytes = session.text("instructions").map(JsonString::length).orElse(0);
    Optional<JsonTree> tools = session.value("tools");
    if (tools.isPresent()) {
      ByteSink written = new ByteSink();
      JsonTree.write(tools.get(), written);
      bytes += written.length();
    }
    return Optional.of(bytes);
  }

  /** A member that is given, also where it is null. */
  private static Optional<JsonTree> member(Optional<JsonFields> holder, String name) {
    return holder.flatMap(found -> Optional.ofNullable(found.members().byName().get(name)));
  }

  private static boolean isNull(JsonTree value) {
    return value instanceof JsonTree.Literal literal && literal.isNull();
  }
}
