package io.tollgate.relay.gateway.internal.realtime;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.gateway.internal.realtime.SessionSocket.Pause;
import io.tollgate.relay.protocols.RealtimeReader;
import io.tollgate.relay.protocols.RealtimeUpstreamEvent;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What the provider of a session sends, in its order: each event goes on, is paid for or ends
 * something; while that is not decided, what comes after it waits. Confined to one event loop.
 */
final class ProviderEvents {
  private final RealtimeSession session;
  private final RealtimeReader reader;
  private final SessionResponses responses;
  private final Transcriptions transcriptions;
  private final CallerJudge judge;
  private final SessionSocket upstream;
  private final Deque<SessionMessage> arriving = new ArrayDeque<>();
  private boolean undecided;
  private long undecidedNanos;

  ProviderEvents(
      RealtimeSession session,
      RealtimeReader reader,
      SessionResponses responses,
      Transcriptions transcriptions,
      CallerJudge judge,
      SessionSocket upstream) {
    this.session = requireNonNull(session, "session is null");
    this.reader = requireNonNull(reader, "reader is null");
    this.responses = requireNonNull(responses, "responses is null");
    this.transcriptions = requireNonNull(transcriptions, "transcriptions is null");
    this.judge = requireNonNull(judge, "judge is null");
    this.upstream = requireNonNull(upstream, "upstream is null");
  }

  void came(SessionMessage message) {
    if (undecided) {
      arriving.add(message);
    } else if (!session.over()) {
      arrived(message);
      session.checkEnded();
    }
  }

  /** Nothing more is taken from the provider until it is decided what becomes of the last. */
  void hold() {
    undecided = true;
    undecidedNanos = System.nanoTime();
    upstream.pause(Pause.BUSY);
  }

  void goOn() {
    undecided = false;
    while (!undecided && !arriving.isEmpty() && !session.over()) {
      arrived(arriving.poll());
    }
    if (!undecided) {
      upstream.resume(Pause.BUSY);
    }
    session.checkEnded();
  }

  /** Whether something has not been decided for longer. */
  boolean undecidedFor(long ms, long now) {
    return undecided && SessionClock.passed(undecidedNanos, ms, now);
  }

  private void arrived(SessionMessage message) {
    if (!message.text()) {
      session.deliver(message);
      return;
    }
    switch (reader.fromUpstream(message.bytes())) {
      case RealtimeUpstreamEvent.Piece piece -> responses.piece(piece.response(), message);
      case RealtimeUpstreamEvent.Began began -> responses.began(began, message);
      case RealtimeUpstreamEvent.Done done -> responses.done(done, message);
      case RealtimeUpstreamEvent.Session _ -> {
        session.deliver(message);
        session.begun();
        judge.termsChanged();
      }
      case RealtimeUpstreamEvent.Failed failed -> {
        session.deliver(SessionMessage.of(failed.rewritten()));
        judge.promiseResolved();
      }
      case RealtimeUpstreamEvent.Listening _ -> {
        transcriptions.listening();
        session.deliver(message);
      }
      case RealtimeUpstreamEvent.Committed committed -> {
        transcriptions.committed(committed.item(), committed.seconds());
        session.deliver(message);
      }
      case RealtimeUpstreamEvent.Transcribed transcribed ->
          transcriptions.transcribed(transcribed.item(), transcribed.transcript(), message);
      case RealtimeUpstreamEvent.TranscriptionFailed failed ->
          transcriptions.failed(failed.item(), message);
      case RealtimeUpstreamEvent.OfAccount _ -> {}
      case RealtimeUpstreamEvent.Other _ -> session.deliver(message);
    }
  }
}
