package io.tollgate.relay.gateway.internal.realtime;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion;
import io.tollgate.relay.protocols.RealtimeTranscript;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is said to a session and written down by a model of its own: reserved for when it is
 * complete, charged at that model's price when it is written. Confined to one event loop.
 */
final class Transcriptions {
  /** Seconds that are reserved for while somebody speaks. */
  private static final long FIRST_SECONDS = 30;

  private final SessionPassages passages;
  private final RealtimeSession session;
  private final Map<String, RealtimePassage> byItem = new LinkedHashMap<>();
  private Optional<RealtimePassage> ready = Optional.empty();
  private Optional<String> model = Optional.empty();
  private boolean preparing;

  Transcriptions(SessionPassages passages, RealtimeSession session) {
    this.passages = passages;
    this.session = session;
  }

  /** The model that writes from now on, as the caller named it. */
  void heardBy(String named) {
    model = Optional.of(named);
  }

  /** Reserves for something that is about to be complete. */
  void prepare(long length, Runnable done, Consumer<Throwable> refused) {
    if (ready.isPresent() || model.isEmpty()) {
      done.run();
      return;
    }
    passages.openTranscription(
        model.get(),
        length,
        passage -> {
          ready = Optional.of(passage);
          done.run();
        },
        refused);
  }

  /** Somebody is heard to speak. */
  void listening() {
    if (!preparing) {
      preparing = true;
      prepare(
          FIRST_SECONDS,
          () -> preparing = false,
          cause -> {
            preparing = false;
            session.notArmed(cause);
          });
    }
  }

  /** It is complete, and is going to be written down. */
  void committed(String item, long length) {
    if (model.isEmpty()) {
      return;
    }
    Optional<RealtimePassage> taken = ready;
    ready = Optional.empty();
    if (taken.isPresent()) {
      byItem.put(item, taken.get());
      return;
    }
    session.holdUpstream();
    passages.openTranscription(
        model.get(),
        length,
        passage -> {
          byItem.put(item, passage);
          session.goOn();
        },
        cause -> {
          session.notArmed(cause);
          session.goOn();
        });
  }

  /** It is written down: passed on once its price is recorded. */
  void transcribed(String item, RealtimeTranscript transcript, SessionMessage message) {
    session.meters().transcription();
    RealtimePassage passage = byItem.remove(item);
    if (passage != null) {
      session.holdUpstream();
      record(passage, transcript, message);
      return;
    }
    if (model.isEmpty()) {
      session.deliver(message);
      return;
    }
    session.holdUpstream();
    passages.openTranscription(
        model.get(),
        1,
        late -> record(late, transcript, message),
        cause -> {
          session.notArmed(cause);
          session.goOn();
        });
  }

  private void record(
      RealtimePassage passage, RealtimeTranscript transcript, SessionMessage message) {
    ChargedUsage charged = transcript.charged(SessionPrices.bySeconds(passage.call().quote()));
    session.record(
        passage,
        ResponseEnds.told(charged, false),
        () -> {
          session.deliver(message);
          session.goOn();
        });
  }

  /** It could not be written down, and is free. */
  void failed(String item, SessionMessage message) {
    RealtimePassage passage = byItem.remove(item);
    if (passage != null) {
      session.record(passage, ResponseEnds.unused(), () -> {});
    }
    session.deliver(message);
  }

  /** Whether nothing is waited for. */
  boolean none() {
    return byItem.isEmpty();
  }

  /** Nobody waits any longer for what is not written yet: the provider bills it all the same. */
  void settle() {
    List<Map.Entry<String, RealtimePassage>> left = new ArrayList<>(byItem.entrySet());
    byItem.clear();
    for (Map.Entry<String, RealtimePassage> one : left) {
      RealtimePassage passage = one.getValue();
      TokenUsage reserved = passage.call().estimate();
      PassageConclusion end =
          ResponseEnds.broken(
              new ChargedUsage(reserved, false, Optional.empty()), ErrorCode.UPSTREAM_FAILED);
      session.record(passage, end, () -> {});
    }
  }
}
