package io.tollgate.relay.gateway.internal.realtime;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.RealtimeProtocol;
import io.tollgate.relay.protocols.RealtimeTap;
import io.tollgate.relay.protocols.RealtimeUpstreamEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The responses of a session that run: each has a passage of its own, passes on as far as it is
 * paid for, and ends with its result recorded. Confined to one event loop.
 */
final class SessionResponses {
  private final RealtimeSession session;
  private final RealtimeProtocol protocol;
  private final SessionPassages passages;
  private final CallerJudge judge;
  private final SessionSocket upstream;
  private final Map<String, RealtimePassage> running = new LinkedHashMap<>();

  SessionResponses(
      RealtimeSession session,
      RealtimeProtocol protocol,
      SessionPassages passages,
      CallerJudge judge,
      SessionSocket upstream) {
    this.session = requireNonNull(session, "session is null");
    this.protocol = requireNonNull(protocol, "protocol is null");
    this.passages = requireNonNull(passages, "passages is null");
    this.judge = requireNonNull(judge, "judge is null");
    this.upstream = requireNonNull(upstream, "upstream is null");
  }

  /** Whether none runs. */
  boolean none() {
    return running.isEmpty();
  }

  /** The provider has begun one: nothing of it passes before it is paid for. */
  void began(RealtimeUpstreamEvent.Began began, SessionMessage message) {
    boolean asked = judge.takePromise();
    session.meters().response(asked);
    Optional<RealtimePassage> ready = passages.takeReady();
    if (ready.isPresent()) {
      bind(ready.get(), began.response(), began.tap(), message);
      judge.promiseResolved();
      return;
    }
    session.holdUpstream();
    passages.open(
        began.tap().need(),
        passage -> {
          bind(passage, began.response(), began.tap(), message);
          judge.promiseResolved();
          session.goOn();
        },
        cause -> {
          cancel(began.response());
          session.notArmed(cause);
          session.goOn();
        });
  }

  private void bind(
      RealtimePassage passage, String response, RealtimeTap tap, SessionMessage message) {
    if (!passage.isAdmitted() && session.running()) {
      try {
        passage.admitted(judge.admit(tap.need(), passage.call()));
      } catch (Refusal refusal) {
        session.tell(refusal, Optional.empty());
        cancel(response);
      }
    }
    passage.began(tap);
    running.put(response, passage);
    session.deliver(message);
    if (session.cancelled()) {
      cancel(response);
    }
  }

  private void cancel(String response) {
    upstream.write(SessionMessage.of(protocol.cancel(response)));
  }

  /** A part of one has come. */
  void piece(String response, SessionMessage message) {
    RealtimePassage passage = running.get(response);
    if (passage == null) {
      if (session.running()) {
        session.deliver(message);
      }
      return;
    }
    if (passage.covered()) {
      session.deliver(message);
      passage.passed();
      return;
    }
    if (passage.reservation().exhausted()) {
      cut(response, passage);
      return;
    }
    session.holdUpstream();
    passage
        .reservation()
        .onChange(
            () -> {
              if (passage.covered()) {
                passage.reservation().onChange(() -> {});
                session.deliver(message);
                passage.passed();
                session.goOn();
              } else if (passage.reservation().exhausted()) {
                passage.reservation().onChange(() -> {});
                cut(response, passage);
                session.goOn();
              } else {
                passage.reservation().passed(passage.tap().orElseThrow().countedOutput());
              }
            });
    passage.reservation().passed(passage.tap().orElseThrow().countedOutput());
  }

  /** Nothing is left to pay for more: the response ends here, and the session with it. */
  private void cut(String response, RealtimePassage passage) {
    running.remove(response);
    cancel(response);
    session.record(passage, ResponseEnds.cut(passage.delivered()), () -> {});
    session.noMeans(SessionPassages.noMeans());
  }

  /** One has ended: its end goes on once what it costs is recorded. */
  void done(RealtimeUpstreamEvent.Done done, SessionMessage message) {
    SessionMessage told = done.rewritten().map(SessionMessage::of).orElse(message);
    RealtimePassage passage = running.remove(done.response());
    if (passage == null) {
      if (session.running()) {
        session.deliver(told);
      }
      return;
    }
    session.holdUpstream();
    var charged = passage.charged(session.callerGone());
    session.record(
        passage,
        session.callerGone()
            ? ResponseEnds.left(charged)
            : ResponseEnds.told(charged, done.failed()),
        () -> {
          session.deliver(told);
          judge.armed(session::goOn);
        });
  }

  /** The provider is asked to end what runs. */
  void cancelAll() {
    running.keySet().forEach(this::cancel);
  }

  /** Nobody waits any longer for what has not ended: it is charged as far as it is known. */
  void settleAll(Optional<ErrorCode> broken) {
    for (RealtimePassage passage : List.copyOf(running.values())) {
      var charged = passage.charged(session.callerGone());
      session.record(
          passage,
          session.callerGone() || broken.isEmpty()
              ? ResponseEnds.left(charged)
              : ResponseEnds.broken(charged, broken.get()),
          () -> {});
    }
    running.clear();
  }
}
