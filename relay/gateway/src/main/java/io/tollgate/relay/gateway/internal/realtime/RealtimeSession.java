package io.tollgate.relay.gateway.internal.realtime;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.accounts.AccountFailure;
import io.tollgate.relay.gateway.RealtimeConfig;
import io.tollgate.relay.gateway.internal.loop.DeadlineWatch;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion;
import io.tollgate.relay.gateway.internal.realtime.SessionEnd.Cause;
import io.tollgate.relay.gateway.internal.realtime.SessionSocket.Pause;
import io.tollgate.relay.protocols.RealtimeReader;
import io.tollgate.relay.protocols.RealtimeTap;
import io.tollgate.relay.protocols.RealtimeUpstreamEvent;
import io.tollgate.relay.protocols.RequestFault;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session: what a caller sends goes on to the provider once it is paid for, and what the
 * provider sends goes back; the end of a response not before its result is recorded. Beginning,
 * running, ending, over; while it ends, what runs is told of its usage. Confined to one event loop.
 */
final class RealtimeSession implements DeadlineWatch.Watched {
  private static final Logger log = LoggerFactory.getLogger(RealtimeSession.class);

  private enum Phase {
    BEGINNING,
    RUNNING,
    ENDING,
    OVER
  }

  private final RequestResources resources;
  private final RelayLoop loop;
  private final RealtimeConfig config;
  private final SessionParties parties;
  private final RealtimeReader reader;
  private final SessionPassages passages;
  private final CallerJudge judge;
  private final Transcriptions transcriptions;
  private final RealtimeMeters meters;
  private final SessionSocket caller;
  private final SessionSocket upstream;
  private final KeyWatch keyWatch;
  private final Map<String, RealtimePassage> running = new LinkedHashMap<>();
  private final Deque<SessionMessage> arriving = new ArrayDeque<>();
  private final long begunNanos = System.nanoTime();
  private Phase phase = Phase.BEGINNING;
  private @Nullable SessionEnd end;
  private long endingNanos;
  private boolean cancelled;
  private boolean callerGone;
  private boolean upstreamGone;
  private boolean undecided;
  private int recording;
  private long tokensUsed;
  private long waitingSinceNanos;
  private long pingedNanos = System.nanoTime();
  private long messageNanos = System.nanoTime();

  RealtimeSession(
      RequestResources resources,
      SessionParties parties,
      RealtimeReader reader,
      SessionPassages passages,
      SessionPrices prices,
      RealtimeMeters meters,
      ServerWebSocket callerSocket,
      WebSocket upstreamSocket) {
    this.resources = resources;
    this.loop = resources.loop();
    this.config = loop.config().realtime();
    this.parties = parties;
    this.reader = reader;
    this.passages = passages;
    this.meters = meters;
    caller = new SessionSocket(resources, callerSocket, config, false, new FromCaller());
    upstream = new SessionSocket(resources, upstreamSocket, config, true, new FromUpstream());
    transcriptions = new Transcriptions(passages, this);
    judge = new CallerJudge(this, parties, reader, passages, prices, transcriptions, loop.parts());
    keyWatch =
        new KeyWatch(
            resources,
            parties.key(),
            parties.context().remoteAddress(),
            passages::heldBy,
            refusal -> end(SessionEnd.of(Cause.KEY, CloseCode.POLICY, refusal)));
  }

  void start() {
    resources.onFailure(this::mistaken);
    resources.hold(passages);
    resources.watch(this);
    caller.pause(Pause.BUSY);
    caller.start(upstream);
    upstream.start(caller);
  }

  /** Whether messages of the caller may be judged. */
  boolean running() {
    return phase == Phase.RUNNING;
  }

  boolean beginning() {
    return phase == Phase.BEGINNING;
  }

  /** Whether responses run. */
  boolean responding() {
    return !running.isEmpty();
  }

  SessionSocket caller() {
    return caller;
  }

  RealtimeMeters meters() {
    return meters;
  }

  /** What a caller has sent goes on. */
  void forward(SessionMessage message) {
    messageNanos = System.nanoTime();
    upstream.write(message);
  }

  /** Tells the caller of a refusal; the session goes on. */
  void tell(Refusal refusal, Optional<String> about) {
    loop.metrics().refused(refusal.code());
    deliver(SessionMessage.of(parties.protocol().error(refusal, about)));
  }

  void tell(RequestFault fault, Optional<String> about) {
    loop.metrics().refused(fault.refusal().code());
    deliver(SessionMessage.of(parties.protocol().error(fault, about)));
  }

  /** Something could not be reserved: without means it is the end, else the caller is told. */
  void notReserved(Throwable cause, Optional<String> about) {
    switch (cause) {
      case Refusal refusal when refusal.code() == ErrorCode.INSUFFICIENT_MEANS -> noMeans(refusal);
      case Refusal refusal -> tell(refusal, about);
      default -> {
        log.atError()
            .setCause(cause)
            .addKeyValue("request_id", parties.context().requestId().toString())
            .log("a passage of a session could not be opened");
        tell(new Refusal(ErrorCode.INTERNAL, "the response could not be let through"), about);
      }
    }
  }

  void noMeans(Refusal refusal) {
    end(SessionEnd.of(Cause.NO_MEANS, CloseCode.POLICY, refusal));
  }

  /** The same where the provider may do it all the same: the session cannot go on. */
  void notArmed(Throwable cause) {
    if (cause instanceof Refusal refusal && refusal.code() == ErrorCode.INSUFFICIENT_MEANS) {
      noMeans(refusal);
    } else {
      end(
          SessionEnd.of(
              Cause.MISTAKE,
              CloseCode.TRY_AGAIN,
              cause instanceof Refusal refusal
                  ? refusal
                  : new Refusal(
                      ErrorCode.INTERNAL, "the next response could not be reserved for")));
    }
  }

  // ---- what the provider sends

  /** Nothing more is taken from the provider until it is decided what becomes of the last. */
  void holdUpstream() {
    undecided = true;
    waitingSinceNanos = System.nanoTime();
    upstream.pause(Pause.BUSY);
  }

  void goOn() {
    undecided = false;
    while (!undecided && !arriving.isEmpty() && phase != Phase.OVER) {
      arrived(arriving.poll());
    }
    if (!undecided) {
      upstream.resume(Pause.BUSY);
    }
    checkEnded();
  }

  void deliver(SessionMessage message) {
    messageNanos = System.nanoTime();
    if (!callerGone) {
      caller.write(message);
    }
  }

  private void arrived(SessionMessage message) {
    if (!message.text()) {
      deliver(message);
      return;
    }
    switch (reader.fromUpstream(message.bytes())) {
      case RealtimeUpstreamEvent.Piece piece -> piece(piece.response(), message);
      case RealtimeUpstreamEvent.Began began -> began(began, message);
      case RealtimeUpstreamEvent.Done done -> done(done, message);
      case RealtimeUpstreamEvent.Session _ -> {
        deliver(message);
        if (phase == Phase.BEGINNING) {
          phase = Phase.RUNNING;
        }
        judge.termsChanged();
      }
      case RealtimeUpstreamEvent.Failed failed -> {
        deliver(SessionMessage.of(failed.rewritten()));
        judge.promiseResolved();
      }
      case RealtimeUpstreamEvent.Listening _ -> {
        transcriptions.listening();
        deliver(message);
      }
      case RealtimeUpstreamEvent.Committed committed -> {
        transcriptions.committed(committed.item(), committed.seconds());
        deliver(message);
      }
      case RealtimeUpstreamEvent.Transcribed transcribed ->
          transcriptions.transcribed(transcribed.item(), transcribed.transcript(), message);
      case RealtimeUpstreamEvent.TranscriptionFailed failed ->
          transcriptions.failed(failed.item(), message);
      case RealtimeUpstreamEvent.OfAccount _ -> {}
      case RealtimeUpstreamEvent.Other _ -> deliver(message);
    }
  }

  private void began(RealtimeUpstreamEvent.Began began, SessionMessage message) {
    boolean asked = judge.takePromise();
    meters.response(asked);
    Optional<RealtimePassage> ready = passages.takeReady();
    if (ready.isPresent()) {
      bind(ready.get(), began.response(), began.tap(), message);
      judge.promiseResolved();
      return;
    }
    holdUpstream();
    passages.open(
        began.tap().need(),
        passage -> {
          bind(passage, began.response(), began.tap(), message);
          judge.promiseResolved();
          goOn();
        },
        cause -> {
          cancel(began.response());
          notArmed(cause);
          goOn();
        });
  }

  private void bind(
      RealtimePassage passage, String response, RealtimeTap tap, SessionMessage message) {
    if (!passage.isAdmitted() && phase == Phase.RUNNING) {
      try {
        passage.admitted(judge.admit(tap.need(), passage.call()));
      } catch (Refusal refusal) {
        tell(refusal, Optional.empty());
        cancel(response);
      }
    }
    passage.began(tap);
    running.put(response, passage);
    deliver(message);
    if (phase == Phase.ENDING && cancelled) {
      cancel(response);
    }
  }

  private void cancel(String response) {
    upstream.write(SessionMessage.of(parties.protocol().cancel(response)));
  }

  private void piece(String response, SessionMessage message) {
    RealtimePassage passage = running.get(response);
    if (passage == null) {
      if (phase == Phase.RUNNING) {
        deliver(message);
      }
      return;
    }
    if (passage.covered()) {
      deliver(message);
      passage.passed();
      return;
    }
    if (passage.reservation().exhausted()) {
      cut(response, passage);
      return;
    }
    holdUpstream();
    passage
        .reservation()
        .onChange(
            () -> {
              if (passage.covered()) {
                passage.reservation().onChange(() -> {});
                deliver(message);
                passage.passed();
                goOn();
              } else if (passage.reservation().exhausted()) {
                passage.reservation().onChange(() -> {});
                cut(response, passage);
                goOn();
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
    record(passage, ResponseEnds.cut(passage.delivered()), () -> {});
    noMeans(SessionPassages.noMeans());
  }

  private void done(RealtimeUpstreamEvent.Done done, SessionMessage message) {
    SessionMessage told = done.rewritten().map(SessionMessage::of).orElse(message);
    RealtimePassage passage = running.remove(done.response());
    if (passage == null) {
      if (phase == Phase.RUNNING) {
        deliver(told);
      }
      return;
    }
    holdUpstream();
    var charged = passage.charged(callerGone);
    record(
        passage,
        callerGone ? ResponseEnds.left(charged) : ResponseEnds.told(charged, done.failed()),
        () -> {
          deliver(told);
          judge.armed(this::goOn);
        });
  }

  /** Records a result; what is to happen afterwards happens once that is confirmed. */
  void record(RealtimePassage passage, PassageConclusion conclusion, Runnable then) {
    recording++;
    waitingSinceNanos = System.nanoTime();
    tokensUsed += conclusion.usage().total();
    passage.record(
        conclusion,
        _ -> {
          recording--;
          then.run();
          checkEnded();
        },
        cause -> {
          recording--;
          log.atError()
              .setCause(cause)
              .addKeyValue("request_id", passage.call().context().requestId().toString())
              .log("a result of a session was not recorded; the end of its response is withheld");
          unrecorded();
        });
  }

  private void unrecorded() {
    loop.metrics().unrecorded();
    end(
        SessionEnd.of(
            Cause.MISTAKE,
            CloseCode.OUR_MISTAKE,
            new Refusal(
                ErrorCode.UNAVAILABLE, "the charge of a response could not be recorded in time")));
    finish();
  }

  // ---- its end

  private void stopped() {
    Refusal why = new Refusal(ErrorCode.UNAVAILABLE, "the gateway stops; open another session");
    end(
        new SessionEnd(
            Cause.STOP, CloseCode.GOING_AWAY, why.sentence(), Optional.of(why), config.stopMs()));
  }

  /** It is to end; the first reason counts. */
  void end(SessionEnd why) {
    if (phase == Phase.ENDING || phase == Phase.OVER) {
      return;
    }
    phase = Phase.ENDING;
    end = why;
    endingNanos = System.nanoTime();
    judge.ended();
    meters.ended(why.cause());
    if (why.patience() == 0) {
      cancelAll();
    }
    checkEnded();
  }

  private void cancelAll() {
    cancelled = true;
    endingNanos = System.nanoTime();
    if (!upstreamGone) {
      running.keySet().forEach(this::cancel);
    }
  }

  void checkEnded() {
    if (phase == Phase.ENDING && running.isEmpty() && recording == 0 && transcriptions.none()) {
      finish();
    }
  }

  /** Nobody waits any longer for what has not ended: it is charged as far as it is known. */
  private void settleAll(Optional<ErrorCode> broken) {
    for (RealtimePassage passage : List.copyOf(running.values())) {
      var charged = passage.charged(callerGone);
      record(
          passage,
          callerGone || broken.isEmpty()
              ? ResponseEnds.left(charged)
              : ResponseEnds.broken(charged, broken.get()),
          () -> {});
    }
    running.clear();
    transcriptions.settle();
  }

  private void finish() {
    if (phase == Phase.OVER) {
      return;
    }
    phase = Phase.OVER;
    SessionEnd why = end;
    if (!callerGone && why != null) {
      why.error()
          .ifPresent(
              error ->
                  caller.write(
                      SessionMessage.of(parties.protocol().error(error, Optional.empty()))));
      caller.close(why.code(), why.reason());
    }
    int code = why != null && why.cause() == Cause.CALLER ? CloseCode.passedOn(why.code()) : 1000;
    upstream.close(code, "");
    parties.use().used(tokensUsed);
    parties.use().succeeded();
    log.atInfo()
        .addKeyValue("request_id", parties.context().requestId().toString())
        .addKeyValue("model", parties.model().id())
        .addKeyValue("cause", why == null ? "" : why.cause().name())
        .addKeyValue("code", why == null ? 0 : why.code())
        .addKeyValue("duration_ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos))
        .log("realtime session ended");
    resources.close();
  }

  /** A mistake of ours: what was delivered is charged when everything is given back. */
  private void mistaken(Throwable mistake) {
    if (phase == Phase.BEGINNING || phase == Phase.RUNNING) {
      end(
          SessionEnd.of(
              Cause.MISTAKE,
              CloseCode.OUR_MISTAKE,
              new Refusal(ErrorCode.INTERNAL, "the session failed in the gateway")));
    }
    finish();
  }

  // ---- time

  @Override
  public void tick(long now) {
    switch (phase) {
      case BEGINNING -> {
        if (passed(begunNanos, loop.config().headMs(), now)) {
          end(
              SessionEnd.of(
                  Cause.BROKEN,
                  CloseCode.OUR_MISTAKE,
                  new Refusal(ErrorCode.UPSTREAM_TIMEOUT, "the provider did not begin a session")));
        }
      }
      case RUNNING -> {
        keyWatch.tick(now);
        judge.tick(now, loop.config().moneyMs());
        limits(now);
        pings(now);
      }
      case ENDING -> {
        SessionEnd why = end;
        if (!cancelled && why != null && passed(endingNanos, why.patience(), now)) {
          cancelAll();
        } else if (cancelled && passed(endingNanos, config.settleMs(), now)) {
          settleAll(Optional.of(ErrorCode.UPSTREAM_TIMEOUT));
          checkEnded();
        }
      }
      case OVER -> {}
    }
    if (phase != Phase.OVER
        && (undecided || recording > 0)
        && passed(waitingSinceNanos, loop.config().moneyMs(), now)) {
      unrecorded();
    }
  }

  private void limits(long now) {
    if (passed(begunNanos, config.totalMs(), now)) {
      end(
          SessionEnd.of(
              Cause.TOO_LONG,
              CloseCode.NORMAL,
              new Refusal(
                  ErrorCode.REQUEST_TIMEOUT,
                  "the session has lasted " + config.totalMs() + " ms, as long as one may")));
    } else if (passed(messageNanos, config.idleMs(), now)) {
      end(
          SessionEnd.of(
              Cause.IDLE,
              CloseCode.NORMAL,
              new Refusal(
                  ErrorCode.REQUEST_TIMEOUT,
                  "there was no message for " + config.idleMs() + " ms")));
    }
  }

  private void pings(long now) {
    if (passed(pingedNanos, config.pingMs(), now)) {
      pingedNanos = now;
      caller.ping();
      upstream.ping();
    }
    if (caller.reading() && passed(caller.heardNanos(), 3L * config.pingMs(), now)) {
      callerClosed(CloseCode.ABNORMAL);
    } else if (upstream.reading() && passed(upstream.heardNanos(), 3L * config.pingMs(), now)) {
      upstreamClosed(CloseCode.ABNORMAL, "");
    }
  }

  private static boolean passed(long since, long ms, long now) {
    return now - since > TimeUnit.MILLISECONDS.toNanos(ms);
  }

  // ---- the two sides

  private void callerClosed(int code) {
    callerGone = true;
    caller.close(CloseCode.passedOn(code), "");
    end(SessionEnd.silent(Cause.CALLER, code, ""));
    checkEnded();
  }

  private void upstreamClosed(int code, String reason) {
    if (phase == Phase.OVER) {
      return;
    }
    upstreamGone = true;
    boolean broken = code == CloseCode.ABNORMAL || !running.isEmpty();
    if (broken && !parties.steered()) {
      parties.use().failed(new AccountFailure.Unreachable());
    }
    Phase before = phase;
    settleAll(Optional.of(ErrorCode.UPSTREAM_FAILED));
    if (before == Phase.ENDING) {
      checkEnded();
      return;
    }
    end(
        broken || before == Phase.BEGINNING
            ? SessionEnd.of(
                Cause.BROKEN,
                CloseCode.OUR_MISTAKE,
                new Refusal(ErrorCode.UPSTREAM_FAILED, "the provider ended the session"))
            : SessionEnd.silent(
                Cause.PROVIDER,
                CloseCode.passedOn(code),
                loop.calls().traces(parties.use().account()).removed(reason)));
  }

  private final class FromCaller implements SessionSocket.Listener {
    @Override
    public void message(SessionMessage message) {
      judge.received(message);
    }

    @Override
    public void closed(int code, String reason) {
      callerClosed(code);
    }

    @Override
    public void stopping() {
      stopped();
    }

    @Override
    public void misused(int code, String what) {
      end(
          SessionEnd.of(
              Cause.MISUSE,
              code,
              new Refusal(
                  code == CloseCode.TOO_LARGE ? ErrorCode.BODY_TOO_LARGE : ErrorCode.UNAVAILABLE,
                  what)));
    }
  }

  private final class FromUpstream implements SessionSocket.Listener {
    @Override
    public void message(SessionMessage message) {
      if (undecided) {
        arriving.add(message);
      } else if (phase != Phase.OVER) {
        arrived(message);
        if (phase == Phase.ENDING) {
          checkEnded();
        }
      }
    }

    @Override
    public void closed(int code, String reason) {
      upstreamClosed(code, reason);
    }

    @Override
    public void misused(int code, String what) {
      upstreamClosed(CloseCode.ABNORMAL, what);
    }
  }
}
