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
import io.tollgate.relay.protocols.RequestFault;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import java.util.Optional;
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
  private final SessionPassages passages;
  private final CallerJudge judge;
  private final Transcriptions transcriptions;
  private final RealtimeMeters meters;
  private final SessionSocket caller;
  private final SessionSocket upstream;
  private final KeyWatch keyWatch;
  private final SessionResponses responses;
  private final SessionClock clock;
  private final ProviderEvents events;
  private final SessionRecords records = new SessionRecords(this);
  private Phase phase = Phase.BEGINNING;
  private @Nullable SessionEnd end;
  private long endingNanos;
  private boolean cancelled;
  private boolean callerGone;
  private boolean upstreamGone;

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
    this.passages = passages;
    this.meters = meters;
    caller = new SessionSocket(resources, callerSocket, config, false, new FromCaller());
    upstream = new SessionSocket(resources, upstreamSocket, config, true, new FromUpstream());
    transcriptions = new Transcriptions(passages, this);
    judge = new CallerJudge(this, parties, reader, passages, prices, transcriptions, loop.parts());
    responses = new SessionResponses(this, parties.protocol(), passages, judge, upstream);
    clock = new SessionClock(config);
    events = new ProviderEvents(this, reader, responses, transcriptions, judge, upstream);
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
    return !responses.none();
  }

  /** Whether what runs is to be cancelled, as nobody waits for it any more. */
  boolean cancelled() {
    return phase == Phase.ENDING && cancelled;
  }

  boolean callerGone() {
    return callerGone;
  }

  SessionSocket caller() {
    return caller;
  }

  RealtimeMeters meters() {
    return meters;
  }

  /** What a caller has sent goes on. */
  void forward(SessionMessage message) {
    clock.message();
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
        parties
            .context()
            .addTo(log.atError())
            .setCause(cause)
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

  void holdUpstream() {
    events.hold();
  }

  void goOn() {
    events.goOn();
  }

  /** The provider has begun the session. */
  void begun() {
    if (phase == Phase.BEGINNING) {
      phase = Phase.RUNNING;
    }
  }

  boolean over() {
    return phase == Phase.OVER;
  }

  /** Records a result; what is to happen afterwards happens once that is confirmed. */
  void record(RealtimePassage passage, PassageConclusion conclusion, Runnable then) {
    records.record(passage, conclusion, then);
  }

  void deliver(SessionMessage message) {
    clock.message();
    if (!callerGone) {
      caller.write(message);
    }
  }

  /** It is not known whether a result is recorded: nothing goes on. */
  void unrecorded() {
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
      responses.cancelAll();
    }
  }

  void checkEnded() {
    if (phase == Phase.ENDING && responses.none() && records.none() && transcriptions.none()) {
      finish();
    }
  }

  /** Nobody waits any longer for what has not ended: it is charged as far as it is known. */
  private void settle(ErrorCode broken) {
    responses.settleAll(Optional.of(broken));
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
    parties.use().used(records.tokens());
    parties.use().succeeded();
    parties
        .context()
        .addTo(log.atInfo())
        .addKeyValue("model", parties.model().id())
        .addKeyValue("cause", why == null ? "" : why.cause().name())
        .addKeyValue("code", why == null ? 0 : why.code())
        .addKeyValue("duration_ms", clock.lastedMs())
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
        if (clock.lasted(loop.config().headMs(), now)) {
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
        clock.end(now).ifPresent(this::end);
        ask(now);
      }
      case ENDING -> {
        SessionEnd why = end;
        if (!cancelled && why != null && SessionClock.passed(endingNanos, why.patience(), now)) {
          cancelAll();
        } else if (cancelled && SessionClock.passed(endingNanos, config.settleMs(), now)) {
          settle(ErrorCode.UPSTREAM_TIMEOUT);
          checkEnded();
        }
      }
      case OVER -> {}
    }
    long patience = loop.config().moneyMs();
    if (phase != Phase.OVER
        && (events.undecidedFor(patience, now) || records.lastFor(patience, now))) {
      unrecorded();
    }
  }

  /** Both sides are asked now and then whether they are there. */
  private void ask(long now) {
    if (clock.pings(now)) {
      caller.ping();
      upstream.ping();
    }
    if (clock.gone(caller, now)) {
      callerClosed(CloseCode.ABNORMAL);
    } else if (clock.gone(upstream, now)) {
      upstreamClosed(CloseCode.ABNORMAL, "");
    }
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
    boolean broken = code == CloseCode.ABNORMAL || !responses.none();
    if (broken && !parties.steered()) {
      parties.use().failed(new AccountFailure.Unreachable());
    }
    Phase before = phase;
    settle(ErrorCode.UPSTREAM_FAILED);
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
      events.came(message);
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
