package io.tollgate.relay.protocols.gemini.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.FetchedMedia;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.conversation.CacheMark;
import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.OutputFormat;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Sampling;
import io.tollgate.relay.protocols.conversation.Turn;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes a conversation as the body that Gemini reads. */
public final class BodyWriter {
  private static final int MAX_STOP_SEQUENCES = 5;

  private final Conversation conversation;
  private final String model;
  private final ThinkingTable thinking;
  private final Set<String> dropped = new LinkedHashSet<>();

  private BodyWriter(Conversation conversation, String model, ThinkingTable thinking) {
    this.conversation = requireNonNull(conversation, "conversation is null");
    this.model = requireNonNull(model, "model is null");
    this.thinking = requireNonNull(thinking, "thinking is null");
  }

  /**
   * What is sent, and what of the request it does not say.
   *
   * @param body not to be changed
   * @param dropped names of hints that are left out
   */
  public record Written(byte[] body, List<String> dropped) {
    public Written {
      requireNonNull(body, "body is null");
      dropped = List.copyOf(dropped);
    }
  }

  /**
   * @param model as the upstream names it
   * @param fetched what was found at the addresses that Gemini does not read itself, see {@link
   *     MediaAddresses#toFetch}
   * @throws RequestFault where Gemini cannot be told what is asked for
   */
  public static Written write(
      Conversation conversation,
      String model,
      ThinkingTable thinking,
      Map<String, FetchedMedia> fetched) {
    BodyWriter writer = new BodyWriter(conversation, model, thinking);
    ByteSink body = new ByteSink();
    writer.write(new JsonWriter(body), fetched);
    return new Written(body.take(), List.copyOf(writer.dropped));
  }

  private void write(JsonWriter json, Map<String, FetchedMedia> fetched) {
    json.object();
    boolean onlySystem = conversation.turns().isEmpty();
    List<Turn> turns =
        onlySystem
            ? List.of(new Turn(Turn.Role.USER, conversation.system()))
            : conversation.turns();
    new TurnsWriter(model, new MediaWriter(fetched), dropped).write(turns, json);
    if (!onlySystem && !conversation.system().isEmpty()) {
      json.name("systemInstruction").object().name("parts").array();
      for (Part part : conversation.system()) {
        dropCacheMark(part.cache());
        if (part instanceof Part.Text text && !text.text().isEmpty()) {
          json.object().name("text").value(text.text()).endObject();
        }
      }
      json.endArray().endObject();
    }
    new ToolsWriter(json, dropped).write(conversation);
    config(json);
    json.endObject();
    dropHints();
  }

  private void config(JsonWriter json) {
    ByteSink members = new ByteSink();
    JsonWriter config = new JsonWriter(members);
    config.object();
    conversation.maxOutputTokens().ifPresent(limit -> config.name("maxOutputTokens").value(limit));
    sampling(config);
    format(config);
    List<String> unsaid = new ArrayList<>();
    ThinkingWriter.write(conversation.reasoning(), model, thinking, config, unsaid);
    dropped.addAll(unsaid);
    config.endObject();
    if (members.length() > 2) {
      json.name("generationConfig").raw(members.take());
    }
  }

  private void sampling(JsonWriter config) {
    Sampling sampling = conversation.sampling();
    sampling.temperature().ifPresent(value -> config.name("temperature").raw(value.toString()));
    sampling.topP().ifPresent(value -> config.name("topP").raw(value.toString()));
    sampling.topK().ifPresent(value -> config.name("topK").value(value));
    sampling
        .seed()
        .ifPresent(
            value -> {
              if (value == (int) value) {
                config.name("seed").value(value);
              } else {
                dropped.add("seed");
              }
            });
    sampling
        .frequencyPenalty()
        .ifPresent(value -> config.name("frequencyPenalty").raw(value.toString()));
    sampling
        .presencePenalty()
        .ifPresent(value -> config.name("presencePenalty").raw(value.toString()));
    List<JsonString> stop = sampling.stop();
    if (stop.size() > MAX_STOP_SEQUENCES) {
      throw RequestFault.of(
          "stop", stop.size() + " texts (expected: at most " + MAX_STOP_SEQUENCES + ")");
    }
    if (!stop.isEmpty()) {
      config.name("stopSequences").array();
      stop.forEach(config::value);
      config.endArray();
    }
  }

  private void format(JsonWriter config) {
    switch (conversation.format()) {
      case OutputFormat.Free _ -> {}
      case OutputFormat.Json _ -> config.name("responseMimeType").value("application/json");
      case OutputFormat.Schema format -> {
        JsonTree.Members schema = SchemaRefs.inlined(format.schema(), "response_format");
        Optional<JsonTree.Members> cut = SchemaCut.of(schema);
        config.name("responseMimeType").value("application/json");
        config
            .name(cut.isPresent() ? "responseSchema" : "responseJsonSchema")
            .value(cut.orElse(schema));
      }
    }
  }

  private void dropCacheMark(CacheMark mark) {
    if (mark != CacheMark.NONE) {
      dropped.add("cache_control");
    }
  }

  private void dropHints() {
    conversation.hints().user().ifPresent(_ -> dropped.add("user"));
    conversation.hints().cacheKey().ifPresent(_ -> dropped.add("prompt_cache_key"));
    dropped.addAll(conversation.hints().others());
  }
}
