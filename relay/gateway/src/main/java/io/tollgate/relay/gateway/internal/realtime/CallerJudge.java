package io.tollgate.relay.gateway.internal.realtime;

import io.tollgate.billing.ModelPrice;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.gateway.RelayParts;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.gateway.internal.passage.TokenHold;
import io.tollgate.relay.gateway.internal.realtime.SessionSocket.Pause;
import io.tollgate.relay.protocols.RealtimeCallerEvent;
import io.tollgate.relay.protocols.RealtimeNeed;
import io.tollgate.relay.protocols.RealtimeReader;
import io.tollgate.relay.protocols.RequestFault;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Lets what a caller sends through to the provider, in its order, once what it may cost is
 * reserved; while that is not so, nothing more is read from the caller. Confined to one event loop.
 */
final class CallerJudge {
  /**
   * A response that was asked for has begun by then, or been refused; else it is not waited for.
   */
  private static final long PROMISE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final RealtimeSession session;
  private final SessionParties parties;
  private final RealtimeReader reader;
  private final SessionPassages passages;
  private final SessionPrices prices;
  private final Transcriptions transcriptions;
  private final SessionAdmission admission;
  private final Deque<SessionMessage> waiting = new ArrayDeque<>();
  // something is being reserved
  private boolean busy;
  private long busyNanos;
  // what is ready is meant for a response that the provider was asked for
  private boolean promised;
  private boolean awaitingPromise;
  private long promisedNanos;
  private boolean over;

  CallerJudge(
      RealtimeSession session,
      SessionParties parties,
      RealtimeReader reader,
      SessionPassages passages,
      SessionPrices prices,
      Transcriptions transcriptions,
      RelayParts parts) {
    this.session = session;
    this.parties = parties;
    this.reader = reader;
    this.passages = passages;
    this.prices = prices;
    this.transcriptions = transcriptions;
    admission = new SessionAdmission(parts);
  }

  void received(SessionMessage message) {
    if (!over) {
      waiting.add(message);
      serve();
    }
  }

  /** The session ends: nothing more is let through. */
  void ended() {
    over = true;
    waiting.clear();
    session.caller().resume(Pause.BUSY);
  }

  /**
   * @param moneyMs longest wait for a reservation
   */
  void tick(long now, int moneyMs) {
    if (busy && now - busyNanos > TimeUnit.MILLISECONDS.toNanos(moneyMs)) {
      session.notArmed(
          new Refusal(ErrorCode.UNAVAILABLE, "the session could not be reserved for in time"));
      return;
    }
    if (promised && now - promisedNanos > PROMISE_NANOS) {
      promiseResolved();
    }
  }

  private void serve() {
    while (session.running() && !busy && !awaitingPromise && !waiting.isEmpty()) {
      judge(waiting.poll());
    }
    if (over) {
      return;
    }
    if (session.beginning() || busy || awaitingPromise) {
      session.caller().pause(Pause.BUSY);
    } else {
      session.caller().resume(Pause.BUSY);
    }
  }

  private void hold() {
    busy = true;
    busyNanos = System.nanoTime();
  }

  private void release() {
    busy = false;
    serve();
  }

  private void judge(SessionMessage message) {
    if (!message.text()) {
      session.tell(
          RequestFault.malformed("event: a binary message (expected: text)"), Optional.empty());
      return;
    }
    RealtimeCallerEvent event;
    try {
      event = reader.fromCaller(message.bytes());
      switch (event) {
        case RealtimeCallerEvent.SessionUpdate update -> update(update, message);
        case RealtimeCallerEvent.ResponseCreate create -> create(create, message);
        case RealtimeCallerEvent.Commit commit -> commit(commit, message);
        case RealtimeCallerEvent.Other other -> pass(other, message);
      }
    } catch (RequestFault fault) {
      session.tell(fault, reader.lastEventId());
    } catch (Refusal refusal) {
      session.tell(refusal, reader.lastEventId());
    }
  }

  private void pass(RealtimeCallerEvent event, SessionMessage message) {
    reader.passed(event);
    session.forward(message);
  }

  // ---- the session's settings

  private void update(RealtimeCallerEvent.SessionUpdate update, SessionMessage message) {
    boolean renamed = false;
    String upstreamModel = parties.upstreamModel();
    if (update.model().isPresent()) {
      String named = update.model().get();
      if (!named.equals(parties.askedModel())
          && !named.equals(parties.model().id())
          && !named.equals(upstreamModel)) {
        throw RequestFault.of(
            "session.model",
            named + " (expected: " + parties.askedModel() + ", which the session was opened with)");
      }
      renamed = !named.equals(upstreamModel);
    }
    Optional<String> hearing = Optional.empty();
    Optional<String> heard = update.then().transcription();
    if (heard.isPresent() && !heard.equals(reader.terms().transcription())) {
      ModelPrice price = prices.model(passages.holder(), heard.get());
      if (!parties.use().account().serves(price.id())) {
        throw RequestFault.of(
            "transcription.model",
            heard.get() + " (expected: a model that the session's provider serves)");
      }
      String upstreamName =
          UpstreamSockets.modelAt(parties.use().account(), price.id(), heard.get());
      if (!upstreamName.equals(heard.get())) {
        renamed = true;
        hearing = Optional.of(upstreamName);
      }
      transcriptions.heardBy(heard.get());
    }
    SessionMessage sent =
        renamed
            ? SessionMessage.of(parties.protocol().renamed(message.bytes(), upstreamModel, hearing))
            : message;
    if (update.then().startsByItself() && !passages.isReady() && !session.responding()) {
      hold();
      arm(
          () -> {
            pass(update, sent);
            release();
          });
    } else {
      pass(update, sent);
    }
  }

  /** What the provider has said of the session's settings may ask for a reservation. */
  void termsChanged() {
    if (session.running() && reader.terms().startsByItself() && !busy && !session.responding()) {
      hold();
      arm(this::release);
    } else {
      serve();
    }
  }

  /** A response has ended: another is reserved for where the provider may begin it. */
  void armed(Runnable then) {
    if (session.running() && reader.terms().startsByItself()) {
      arm(then);
    } else {
      then.run();
    }
  }

  private void arm(Runnable then) {
    passages.arm(
        reader.need(),
        then,
        cause -> {
          session.notArmed(cause);
          then.run();
        });
  }

  // ---- responses

  private void create(RealtimeCallerEvent.ResponseCreate create, SessionMessage message) {
    if (promised) {
      // two that are asked for at once would have one reservation
      waiting.addFirst(message);
      awaitingPromise = true;
      return;
    }
    hold();
    passages.prepare(
        create.need(),
        () -> {
          if (!session.running()) {
            release();
            return;
          }
          try {
            passages.ready().orElseThrow().admitted(admit(create.need(), ready().call()));
            promised = true;
            promisedNanos = System.nanoTime();
            ready().asked(create.need().input());
            pass(create, message);
          } catch (Refusal refusal) {
            session.tell(refusal, create.eventId());
          }
          release();
        },
        cause -> {
          session.notReserved(cause, create.eventId());
          release();
        });
  }

  private RealtimePassage ready() {
    return passages.ready().orElseThrow();
  }

  /**
   * Counts a response against the key's limits.
   *
   * @throws Refusal where they do not let it pass
   */
  TokenHold admit(RealtimeNeed need, PricedCall call) {
    return admission.admit(passages.holder(), need.input().input() + call.estimate().output());
  }

  /** A response has begun; says whether it is one that was asked for. */
  boolean takePromise() {
    boolean was = promised;
    promised = false;
    return was;
  }

  /** What was asked for has begun, or is not going to. */
  void promiseResolved() {
    if (promised) {
      promised = false;
      // it was not made, so that it reads nothing
      passages.ready().ifPresent(passage -> passage.asked(TokenUsage.NONE));
    }
    if (awaitingPromise) {
      awaitingPromise = false;
      serve();
    }
  }

  private void commit(RealtimeCallerEvent.Commit commit, SessionMessage message) {
    if (reader.terms().transcription().isEmpty()) {
      pass(commit, message);
      return;
    }
    hold();
    transcriptions.prepare(
        commit.seconds(),
        () -> {
          if (session.running()) {
            pass(commit, message);
          }
          release();
        },
        cause -> {
          session.notReserved(cause, commit.eventId());
          release();
        });
  }
}
