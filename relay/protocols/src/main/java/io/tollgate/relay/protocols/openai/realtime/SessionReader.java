package io.tollgate.relay.protocols.openai.realtime;

import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.RealtimeCallerEvent;
import io.tollgate.relay.protocols.RealtimeNeed;
import io.tollgate.relay.protocols.RealtimeReader;
import io.tollgate.relay.protocols.RealtimeTerms;
import io.tollgate.relay.protocols.RealtimeUpstreamEvent;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonFields;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import io.tollgate.relay.protocols.openai.realtime.EventHead.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads a session's events in passing; knows today's names of events and those of the beta. */
final class SessionReader implements RealtimeReader {
  /** Sounds whose length is remembered until they are written down; the oldest are forgotten. */
  private static final int MAX_SOUNDS = 256;

  private final TokenCounter counter;
  private final String model;
  private final UpstreamWords words;
  private final OpenResponses responses;
  private final SessionInput input = new SessionInput();
  private final Map<String, Long> soundSeconds = new LinkedHashMap<>();
  private RealtimeTerms terms = RealtimeTerms.UNKNOWN;
  private Optional<String> lastEventId = Optional.empty();

  SessionReader(TokenCounter counter, String model, AccountTraces traces) {
    this.counter = counter;
    this.model = model;
    this.words = new UpstreamWords(traces);
    this.responses = new OpenResponses(counter, model);
  }

  @Override
  public RealtimeTerms terms() {
    return terms;
  }

  @Override
  public Optional<String> lastEventId() {
    return lastEventId;
  }

  @Override
  public RealtimeNeed need() {
    return new RealtimeNeed(input.usage(terms), terms.speaks(), terms.maxOutput());
  }

  @Override
  public RealtimeCallerEvent fromCaller(byte[] message) {
    lastEventId = Optional.empty();
    EventHead head = EventHead.ofCaller(message);
    Optional<String> eventId = head.text(Member.EVENT_ID);
    lastEventId = eventId;
    return switch (head.type()) {
      case "input_audio_buffer.append" -> {
        input.appended(head.string(Member.AUDIO).length());
        yield new RealtimeCallerEvent.Other(eventId);
      }
      case "input_audio_buffer.clear" -> {
        input.cleared();
        yield new RealtimeCallerEvent.Other(eventId);
      }
      case "input_audio_buffer.commit" ->
          new RealtimeCallerEvent.Commit(eventId, input.bufferedSeconds(terms));
      case "session.update", "transcription_session.update" -> update(eventId, message);
      case "response.create" -> create(eventId, message);
      case "conversation.item.create" -> {
        UniqueNames.check(message);
        Optional<JsonTree> item = JsonFields.ofBody(message).value("item");
        item.ifPresent(value -> input.add(value, terms));
        yield new RealtimeCallerEvent.Other(eventId);
      }
      default -> {
        UniqueNames.check(message);
        yield new RealtimeCallerEvent.Other(eventId);
      }
    };
  }

  private RealtimeCallerEvent update(Optional<String> eventId, byte[] message) {
    UniqueNames.check(message);
    TermsReader reader = new TermsReader(JsonFields.ofBody(message).neededObject("session"));
    return new RealtimeCallerEvent.SessionUpdate(eventId, reader.model(), reader.read(terms));
  }

  private RealtimeCallerEvent create(Optional<String> eventId, byte[] message) {
    UniqueNames.check(message);
    Optional<JsonFields> response = JsonFields.ofBody(message).object("response");
    if (response.isEmpty()) {
      return new RealtimeCallerEvent.ResponseCreate(eventId, need());
    }
    if (response.get().has("model")) {
      throw RequestFault.of(
          "response.model", "given (expected: nothing; the session has one model)");
    }
    RealtimeTerms own = new TermsReader(response.get()).read(terms);
    SessionInput with = new SessionInput();
    with.told(input.usage(terms));
    response.get().value("input").ifPresent(value -> with.add(value, own));
    return new RealtimeCallerEvent.ResponseCreate(
        eventId, new RealtimeNeed(with.usage(own), own.speaks(), own.maxOutput()));
  }

  @Override
  public void passed(RealtimeCallerEvent event) {
    if (event instanceof RealtimeCallerEvent.SessionUpdate update) {
      RealtimeTerms then = update.then();
      // what is switched off counts as on until the provider has said so
      terms =
          new RealtimeTerms(
              then.startsByItself() || terms.startsByItself(),
              then.speaks(),
              then.maxOutput(),
              then.inputSound(),
              then.outputSound(),
              then.transcription().or(terms::transcription),
              then.promptBytes());
    }
  }

  @Override
  public RealtimeUpstreamEvent fromUpstream(byte[] message) {
    try {
      return read(EventHead.read(message), message);
    } catch (JsonFault fault) {
      return new RealtimeUpstreamEvent.Other();
    }
  }

  private RealtimeUpstreamEvent read(EventHead head, byte[] message) {
    String type = head.type();
    return switch (type) {
      case "response.audio.delta", "response.output_audio.delta" -> {
        String id = responses.id(head);
        responses.of(id).sound(head.string(Member.DELTA));
        yield new RealtimeUpstreamEvent.Piece(id);
      }
      case "response.text.delta",
          "response.output_text.delta",
          "response.audio_transcript.delta",
          "response.output_audio_transcript.delta",
          "response.function_call_arguments.delta",
          "response.mcp_call_arguments.delta" -> {
        String id = responses.id(head);
        responses.of(id).text(head.string(Member.DELTA));
        yield new RealtimeUpstreamEvent.Piece(id);
      }
      case "response.created" -> began(members(message));
      case "response.done" -> done(members(message));
      case "session.created",
          "session.updated",
          "transcription_session.created",
          "transcription_session.updated" -> {
        set(members(message));
        yield new RealtimeUpstreamEvent.Session();
      }
      case "input_audio_buffer.speech_started" ->
          terms.transcription().isPresent()
              ? new RealtimeUpstreamEvent.Listening()
              : new RealtimeUpstreamEvent.Other();
      case "input_audio_buffer.committed" -> committed(head);
      case "conversation.item.input_audio_transcription.completed" ->
          transcribed(head, members(message));
      case "conversation.item.input_audio_transcription.failed" ->
          new RealtimeUpstreamEvent.TranscriptionFailed(head.text(Member.ITEM_ID).orElse(""));
      case "error" -> new RealtimeUpstreamEvent.Failed(words.cleanedError(members(message)));
      case "rate_limits.updated" -> new RealtimeUpstreamEvent.OfAccount();
      default -> new RealtimeUpstreamEvent.Other();
    };
  }

  private RealtimeUpstreamEvent began(JsonTree.Members event) {
    String id = words.text(event.members("response"), "id");
    ResponseTap tap = new ResponseTap(need(), counter.tally(model), terms.outputSound());
    responses.open(id, tap);
    return new RealtimeUpstreamEvent.Began(id, tap);
  }

  private RealtimeUpstreamEvent done(JsonTree.Members event) {
    JsonTree.Members response = event.members("response");
    String id = responses.known(words.text(response, "id"));
    boolean failed = words.text(response, "status").equals("failed");
    ResponseTap tap = responses.close(id);
    if (response == null) {
      return new RealtimeUpstreamEvent.Done(id, failed, Optional.empty());
    }
    JsonTree.Items output = response.items("output");
    if (output != null && !output.values().isEmpty()) {
      tap.producedMore();
    }
    JsonTree.Members usage = response.members("usage");
    if (usage != null) {
      ReportedNumbers.read(usage, tap.reported());
      if (!(response.byName().get("conversation_id") instanceof JsonTree.Literal)) {
        tap.told().ifPresent(input::told);
      }
    }
    tap.ended();
    return new RealtimeUpstreamEvent.Done(id, failed, words.cleanedDone(event));
  }

  /** A part that is of a wrong type leaves things as they were. */
  private void set(JsonTree.Members event) {
    JsonTree.Members session = event.members("session");
    if (session == null) {
      return;
    }
    // no tool is judged once the provider has it
    session.byName().remove("tools");
    try {
      JsonFields fields = JsonFields.of("session", session);
      RealtimeTerms told = new TermsReader(fields).read(terms);
      terms =
          new RealtimeTerms(
              told.startsByItself(),
              told.speaks(),
              told.maxOutput(),
              told.inputSound(),
              told.outputSound(),
              told.transcription(),
              Math.max(told.promptBytes(), terms.promptBytes()));
    } catch (RequestFault fault) {
      // what cannot be read is not what was asked for either: nothing is known of it
    }
  }

  private RealtimeUpstreamEvent committed(EventHead head) {
    long seconds = Math.max(1, input.bufferedSeconds(terms));
    input.committed(terms);
    if (terms.transcription().isEmpty()) {
      return new RealtimeUpstreamEvent.Other();
    }
    String item = head.text(Member.ITEM_ID).orElse("");
    soundSeconds.put(item, seconds);
    if (soundSeconds.size() > MAX_SOUNDS) {
      soundSeconds.remove(soundSeconds.keySet().iterator().next());
    }
    return new RealtimeUpstreamEvent.Committed(item, seconds);
  }

  private RealtimeUpstreamEvent transcribed(EventHead head, JsonTree.Members event) {
    String item = head.text(Member.ITEM_ID).orElse("");
    Long seconds = soundSeconds.remove(item);
    byte[] transcript = head.string(Member.TRANSCRIPT).utf8();
    String heardBy = terms.transcription().orElse(model);
    return new RealtimeUpstreamEvent.Transcribed(
        item,
        new TranscriptUsage(
            seconds == null ? 1 : seconds,
            transcript.length,
            counter.count(heardBy, transcript, 0, transcript.length),
            event.members("usage")));
  }

  /** Of what cannot be taken apart nothing is known but its head. */
  private static JsonTree.Members members(byte[] message) {
    try {
      return JsonTree.read(message, 0, message.length) instanceof JsonTree.Members members
          ? members
          : new JsonTree.Members();
    } catch (JsonFault fault) {
      return new JsonTree.Members();
    }
  }
}
