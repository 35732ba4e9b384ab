package io.tollgate.relay.gateway.internal;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.Charge;
import io.tollgate.metering.Passage;
import io.tollgate.metering.PassageResult;
import io.tollgate.relay.gateway.internal.Conclusion.Upstream;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.UpstreamCall;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One passage, from the reservation to the last byte, as a state machine: opening, calling,
 * relaying, settling, over. Whatever happens in whatever order, a passage that was opened is
 * settled exactly once, and the caller's last byte goes out after that.
 */
final class Exchange implements Attempt.Listener, Relay.Listener, Watch.Watched {
  private static final Logger log = LoggerFactory.getLogger(Exchange.class);

  private enum Phase {
    OPENING,
    CALLING,
    RELAYING,
    SETTLING,
    OVER
  }

  private final Loop loop;
  private final Caller caller;
  private final ChatCall call;
  private final UpstreamCall upstream;
  private final Attempts attempts;
  private final Runnable onOver;
  private Phase phase = Phase.OPENING;
  private final long openingSince = System.nanoTime();
  private @Nullable Passage passage;
  private @Nullable Relay relay;
  private @Nullable HangUp hangUp;
  private @Nullable Settlement settlement;
  private boolean readingOn;

  /**
   * @param upstream what is sent upstream
   * @param onOver called once, when nothing is left to do
   */
  Exchange(Loop loop, Caller caller, ChatCall call, UpstreamCall upstream, Runnable onOver) {
    this.loop = loop;
    this.caller = caller;
    this.call = call;
    this.upstream = upstream;
    this.onOver = onOver;
    UpstreamRequest wanted =
        new UpstreamRequest(
            loop.protocols().upstream(call.chat().protocol()),
            upstream,
            call.chat().stream(),
            call.context().requestId().toString(),
            caller.steering());
    attempts = new Attempts(loop, call.model().id(), wanted, this);
  }

  void start() {
    caller.onGone(() -> guarded(this::callerGone));
    loop.watch().add(this);
    CompletionStage<Passage> opening;
    try {
      opening = loop.passages().open(call.passageRequest());
    } catch (RuntimeException e) {
      refused(e);
      return;
    }
    loop.take(opening, opened -> guarded(() -> opened(opened)), this::refused);
  }

  @Override
  public void tick(long now) {
    guarded(() -> checkDeadlines(now));
  }

  @Override
  public void answered(HttpClientResponse response) {
    guarded(() -> relay(response));
  }

  @Override
  public void failed(UpstreamError error) {
    guarded(
        () -> {
          if (phase != Phase.CALLING) {
            return;
          }
          ErrorCode code = Errors.code(error);
          int status = caller.error(error).status();
          conclude(
              caller.gone()
                  ? Conclusion.hungUp(TokenUsage.NONE, false, Upstream.LEFT)
                  : Conclusion.free(status, code, Upstream.LEFT, new Ending.Failed(error)));
        });
  }

  @Override
  public void brokeBeforeFirstByte() {
    guarded(
        () -> {
          phase = Phase.CALLING;
          relay = null;
          attempts.brokeBeforeFirstByte();
        });
  }

  @Override
  public void ended(Conclusion end) {
    guarded(() -> conclude(end));
  }

  private void opened(Passage opened) {
    if (phase != Phase.OPENING) {
      // it came after we had stopped waiting for it
      var unused = opened.record(result(Conclusion.hungUp(TokenUsage.NONE, false, Upstream.LEFT)));
      return;
    }
    passage = opened;
    if (caller.gone()) {
      conclude(Conclusion.hungUp(TokenUsage.NONE, false, Upstream.LEFT));
      return;
    }
    phase = Phase.CALLING;
    attempts.start();
  }

  private void refused(Throwable cause) {
    if (phase != Phase.OPENING) {
      return;
    }
    if (cause instanceof Refusal refusal) {
      loop.metrics().refused(refusal.code());
      caller.refuse(refusal);
    } else {
      loop.metrics().refused(ErrorCode.INTERNAL);
      log.atError()
          .setCause(cause)
          .addKeyValue("request_id", call.context().requestId())
          .log("a passage could not be opened");
      caller.refuse(new Refusal(ErrorCode.INTERNAL, "the request could not be let through"));
    }
    over();
  }

  private void relay(HttpClientResponse response) {
    Passage open = passage;
    if (phase != Phase.CALLING || open == null) {
      return;
    }
    phase = Phase.RELAYING;
    AnswerTerms terms = call.terms(attempts.traces());
    Relay started =
        isStream(response)
            ? new StreamRelay(loop, caller, response, open, call, upstream.stream(terms), this)
            : new JsonRelay(
                loop, caller, response, call, body -> upstream.whole(body, terms), this);
    relay = started;
    if (caller.gone()) {
      started.callerGone();
    }
    started.start();
  }

  private void callerGone() {
    if (phase != Phase.SETTLING && phase != Phase.OVER) {
      readingOn = true;
      loop.metrics().readingOn(true);
    }
    switch (phase) {
      case OPENING, SETTLING, OVER -> {}
      case CALLING -> {
        hangUp = new HangUp(loop.config());
        attempts.callerGone();
      }
      case RELAYING -> {
        if (relay != null) {
          attempts.callerGone();
          relay.callerGone();
        }
      }
    }
  }

  private void checkDeadlines(long now) {
    switch (phase) {
      case OPENING -> {
        if (now - openingSince > TimeUnit.MILLISECONDS.toNanos(loop.config().moneyMs())) {
          refused(
              new Refusal(ErrorCode.UNAVAILABLE, "the request could not be reserved for in time"));
        }
      }
      case CALLING -> {
        if (hangUp != null && hangUp.over(now)) {
          // the upstream has the request; whether it answers, nobody waits for any more
          TokenUsage sent = TokenUsage.of(call.inputTokens(), 0);
          conclude(Conclusion.hungUp(sent, false, Upstream.LEFT));
        } else {
          attempts.tick(now);
        }
      }
      case RELAYING -> {
        if (relay != null) {
          if (call.millisecondsTo(now) > loop.config().totalMs()) {
            relay.giveUp(ErrorCode.UPSTREAM_TIMEOUT);
          } else {
            relay.tick(now);
          }
        }
      }
      case SETTLING -> {
        if (settlement != null) {
          settlement.tick(now);
        }
      }
      case OVER -> {}
    }
  }

  private void conclude(Conclusion end) {
    Passage open = passage;
    if (phase == Phase.SETTLING || phase == Phase.OVER || open == null) {
      return;
    }
    phase = Phase.SETTLING;
    switch (end.upstream()) {
      case WHOLE -> attempts.succeeded();
      case BROKE -> attempts.broke();
      case LEFT -> attempts.stop();
    }
    Settlement started = new Settlement(loop, call, charge -> booked(end, charge), this::unbooked);
    settlement = started;
    started.start(open, result(end));
  }

  private void booked(Conclusion end, Charge charge) {
    try {
      PassageLog.ended(call, end, charge, attempts, loop.metrics());
      caller.finish(end.ending());
    } finally {
      over();
    }
  }

  private void unbooked() {
    caller.unbooked();
    over();
  }

  private PassageResult result(Conclusion end) {
    OptionalLong firstContent = relay == null ? OptionalLong.empty() : relay.firstContentNanos();
    return Settlement.result(call, end, attempts, firstContent);
  }

  private void over() {
    phase = Phase.OVER;
    loop.watch().remove(this);
    if (readingOn) {
      loop.metrics().readingOn(false);
    }
    attempts.stop();
    if (relay != null) {
      relay.release();
    }
    onOver.run();
  }

  /** A mistake of ours must not leave a passage open. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      log.atError()
          .setCause(e)
          .addKeyValue("request_id", call.context().requestId())
          .log("a request failed in the gateway");
      if (phase == Phase.OPENING) {
        refused(e);
      } else if (settlement == null) {
        Ending internal =
            new Ending.Refused(
                new Refusal(ErrorCode.INTERNAL, "the request failed in the gateway"));
        conclude(Conclusion.free(500, ErrorCode.INTERNAL, Upstream.LEFT, internal));
      }
    }
  }

  private static boolean isStream(HttpClientResponse response) {
    String type = response.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.regionMatches(true, 0, "text/event-stream", 0, 17);
  }
}
