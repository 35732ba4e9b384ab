package io.tollgate.relay.gateway.internal.exchange;

import io.tollgate.billing.ChargedPart;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.Charge;
import io.tollgate.metering.Passage;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PassageResult;
import io.tollgate.relay.accounts.AccountQuery;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.caller.ResponseEnding;
import io.tollgate.relay.gateway.internal.kept.AnswerKeeping;
import io.tollgate.relay.gateway.internal.loop.DeadlineWatch;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.AnswerCheck;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion.Upstream;
import io.tollgate.relay.gateway.internal.passage.PassageLog;
import io.tollgate.relay.gateway.internal.passage.PassageWitness;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.gateway.internal.passage.TokenHold;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.gateway.internal.relay.AnswerRelay;
import io.tollgate.relay.gateway.internal.relay.HangUpBounds;
import io.tollgate.relay.gateway.internal.relay.StreamRelay;
import io.tollgate.relay.gateway.internal.relay.UndecidedRelay;
import io.tollgate.relay.gateway.internal.relay.WholeRelay;
import io.tollgate.relay.gateway.internal.upstream.AttemptSequence;
import io.tollgate.relay.gateway.internal.upstream.UpstreamAnswer;
import io.tollgate.relay.gateway.internal.upstream.UpstreamAttempt;
import io.tollgate.relay.gateway.internal.upstream.UpstreamCalls;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.TypedCall;
import io.tollgate.relay.protocols.UpstreamCall;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One passage, from the reservation to the last byte, as a state machine: opening, calling,
 * relaying, recording, over. Whatever happens in whatever order, the result of a passage that was
 * opened is recorded exactly once, and the caller's last byte goes out after that.
 */
public final class PassageExchange
    implements UpstreamAttempt.Listener,
        AnswerRelay.Listener,
        DeadlineWatch.Watched,
        RequestResources.Held {
  private static final Logger log = LoggerFactory.getLogger(PassageExchange.class);

  private static final PassageConclusion UNFINISHED =
      PassageConclusion.free(
          500,
          ErrorCode.INTERNAL,
          Upstream.LEFT,
          new ResponseEnding.Refused(
              new Refusal(ErrorCode.INTERNAL, "the request failed in the gateway")));

  private enum Phase {
    OPENING,
    CALLING,
    RELAYING,
    CHECKING,
    RECORDING,
    OVER
  }

  private final RelayLoop loop;
  private final RequestResources resources;
  private final CallerResponse caller;
  private final PricedCall call;
  private final TokenHold tokens;
  private final AttemptSequence attempts;
  private Phase phase = Phase.OPENING;
  private final long openingSince = System.nanoTime();
  private @Nullable OpenPassage passage;
  private @Nullable AnswerRelay relay;
  private @Nullable HangUpBounds hangUp;
  private @Nullable PassageRecording recording;
  private @Nullable PassageWitness witness;
  private @Nullable HeldAnswer held;
  private @Nullable AnswerKeeping keeping;
  private boolean readingOn;

  /**
   * @param calls what is sent upstream, by the account that is asked
   * @param tokens what is held of the key's tokens per minute; told what was used
   * @param only the account that keeps what the request goes on from, if it goes on
   */
  public PassageExchange(
      RequestResources resources,
      CallerResponse caller,
      PricedCall call,
      UpstreamCalls calls,
      TokenHold tokens,
      Optional<ProviderAccountId> only) {
    this.loop = resources.loop();
    this.resources = resources;
    this.caller = caller;
    this.call = call;
    this.tokens = tokens;
    AccountQuery query =
        AccountQuery.of(calls.protocols(), calls.model())
            .of(call.holder().tenant())
            .inGroups(call.holder().groups())
            .inSession(call.chat().conversationKey())
            .expecting(call.estimate().total());
    attempts = new AttemptSequence(resources, query, calls, caller.steering(), only, this);
  }

  /** Has the answer held back until it was looked at. */
  public PassageExchange checkedBy(AnswerCheck check) {
    held = new HeldAnswer(resources, caller, check);
    return this;
  }

  /** Who hears of the answer once it is recorded. */
  public PassageExchange witnessedBy(PassageWitness one) {
    PassageWitness before = witness;
    witness =
        before == null
            ? one
            : (end, filtered) -> {
              before.recorded(end, filtered);
              one.recorded(end, filtered);
            };
    return this;
  }

  public void start() {
    resources.onFailure(this::mistaken);
    resources.hold(this);
    caller.onGone(this::callerGone);
    resources.watch(this);
    CompletionStage<Passage> opening;
    try {
      PassageRequest wanted = call.passageRequest();
      resources.note().asked(wanted);
      opening = loop.passages().open(wanted);
    } catch (RuntimeException e) {
      refused(e);
      return;
    }
    resources.take(opening, this::opened, this::refused);
  }

  @Override
  public void tick(long now) {
    checkDeadlines(now);
  }

  @Override
  public void answered(UpstreamAnswer answer) {
    relay(answer);
  }

  @Override
  public void failed(UpstreamError error) {
    if (phase != Phase.CALLING) {
      return;
    }
    ErrorCode code = error.code();
    int status = caller.error(error).status();
    conclude(
        caller.gone()
            ? PassageConclusion.hungUp(TokenUsage.NONE, false, Upstream.LEFT)
            : PassageConclusion.free(
                status, code, Upstream.LEFT, new ResponseEnding.Failed(error)));
  }

  @Override
  public void noAnswer(UpstreamError error) {
    AnswerRelay none = relay;
    if (phase != Phase.RELAYING || none == null) {
      return;
    }
    none.release();
    phase = Phase.CALLING;
    relay = null;
    attempts.noAnswer(error);
  }

  @Override
  public void ended(PassageConclusion end) {
    conclude(end);
  }

  private void opened(Passage opened) {
    if (phase != Phase.OPENING) {
      // it came after we had stopped waiting for it
      var unused =
          opened.record(result(PassageConclusion.hungUp(TokenUsage.NONE, false, Upstream.LEFT)));
      return;
    }
    OpenPassage held = new OpenPassage(opened, () -> result(UNFINISHED));
    resources.hold(held);
    passage = held;
    if (caller.gone()) {
      conclude(PassageConclusion.hungUp(TokenUsage.NONE, false, Upstream.LEFT));
      return;
    }
    resources.note().reserved();
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
      call.context().addTo(log.atError()).setCause(cause).log("a passage could not be opened");
      caller.refuse(new Refusal(ErrorCode.INTERNAL, "the request could not be let through"));
    }
    over();
  }

  private void relay(UpstreamAnswer answer) {
    OpenPassage open = passage;
    if (phase != Phase.CALLING || open == null) {
      return;
    }
    phase = Phase.RELAYING;
    UpstreamCall asked = attempts.asked();
    caller.dropped(asked.dropped());
    AnswerRelay started = relay(answer, asked, open.passage(), call.terms(attempts.traces()));
    relay = started;
    if (hangUp != null) {
      started.callerGone(hangUp);
    }
    started.start();
  }

  /** What passes an answer on: a stream as it comes, where one was asked for, else whole. */
  private AnswerRelay relay(
      UpstreamAnswer answer, UpstreamCall upstream, Passage open, AnswerTerms terms) {
    if (upstream instanceof TypedCall typed) {
      return typed(answer, typed, open, terms);
    }
    keeping = upstream.keeps() ? keeping() : null;
    if (!call.chat().stream()) {
      return whole(answer, upstream, terms);
    }
    return new UndecidedRelay(
        resources,
        caller,
        answer,
        call,
        this,
        form ->
            switch (form) {
              case STREAM ->
                  new StreamRelay(
                      resources, caller, answer, open, call, tap(upstream, terms), this);
              case DOCUMENT, UNKNOWN -> whole(answer, upstream, terms);
            });
  }

  /** An answer whose type tells what it is. */
  private AnswerRelay typed(
      UpstreamAnswer answer, TypedCall upstream, Passage open, AnswerTerms terms) {
    String type = answer.contentType();
    String plain = type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    return upstream.passes(plain)
        ? new StreamRelay(resources, caller, answer, open, call, upstream.stream(type, terms), this)
        : new WholeRelay(
            resources, caller, answer, call, body -> upstream.whole(body, type, terms), this);
  }

  private AnswerRelay whole(UpstreamAnswer answer, UpstreamCall upstream, AnswerTerms terms) {
    AnswerKeeping kept = keeping;
    return new WholeRelay(
        resources,
        caller,
        answer,
        call,
        kept == null
            ? body -> upstream.whole(body, terms)
            : body -> kept.judged(upstream.whole(body, terms)),
        this);
  }

  private StreamTap tap(UpstreamCall upstream, AnswerTerms terms) {
    StreamTap tap = upstream.stream(terms);
    AnswerKeeping kept = keeping;
    if (kept == null) {
      return tap;
    }
    kept.then(
        () -> {
          // what was held back passes now
          if (phase == Phase.RELAYING && relay != null) {
            relay.begin(new byte[0]);
          }
        });
    return kept.within(tap);
  }

  /** Writes which account keeps the answer, before the caller hears of it. */
  private @Nullable AnswerKeeping keeping() {
    Optional<ProviderAccount> account = attempts.asking();
    return account.isEmpty() || loop.parts().kept().isEmpty()
        ? null
        : new AnswerKeeping(resources, loop.parts().kept().get(), call, account.get());
  }

  private void callerGone() {
    if (phase != Phase.RECORDING && phase != Phase.OVER) {
      readingOn = true;
      loop.metrics().readingOn(true);
    }
    switch (phase) {
      case OPENING, CHECKING, RECORDING, OVER -> {}
      case CALLING, RELAYING -> {
        if (phase == Phase.CALLING && attempts.unsent()) {
          // what no provider has been asked, none will bill
          conclude(PassageConclusion.hungUp(TokenUsage.NONE, false, Upstream.LEFT));
          return;
        }
        HangUpBounds bounds = new HangUpBounds(loop.config());
        hangUp = bounds;
        attempts.callerGone();
        if (relay != null) {
          relay.callerGone(bounds);
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
          conclude(PassageConclusion.hungUp(call.sent(), false, Upstream.LEFT));
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
      case RECORDING -> {
        if (recording != null) {
          recording.tick(now);
        }
      }
      case CHECKING, OVER -> {}
    }
  }

  private void conclude(PassageConclusion end) {
    OpenPassage open = passage;
    if (phase == Phase.CHECKING
        || phase == Phase.RECORDING
        || phase == Phase.OVER
        || open == null) {
      return;
    }
    HeldAnswer back = held;
    phase = back == null ? Phase.RECORDING : Phase.CHECKING;
    try {
      switch (end.upstream()) {
        case WHOLE -> attempts.succeeded();
        case BROKE -> attempts.broke();
        case LEFT -> attempts.stop();
      }
    } finally {
      if (back == null) {
        record(open, end, result(end));
      } else {
        back.judge(end, judged -> judged(open, end, judged));
      }
    }
  }

  /** What was held back is passed on, or kept from its caller, who does not pay for it then. */
  private void judged(OpenPassage open, PassageConclusion end, PassageConclusion judged) {
    if (phase != Phase.CHECKING) {
      return;
    }
    phase = Phase.RECORDING;
    PassageResult result = result(judged);
    record(
        open,
        judged,
        judged == end
            ? result
            : result.servedAt(ChargedPart.refused().of(result.served().orElseGet(call::quote))));
  }

  private void record(OpenPassage open, PassageConclusion end, PassageResult result) {
    tokens.used(end.usage());
    attempts.used(end.usage().total());
    PassageLog.withoutPrice(call, result, loop.metrics());
    PassageRecording started =
        new PassageRecording(resources, call, charge -> recorded(end, charge), this::unrecorded);
    recording = started;
    started.start(open, result);
  }

  private void recorded(PassageConclusion end, Charge charge) {
    try {
      OptionalLong first = firstContentNanos();
      if (call.chat().stream() && first.isPresent()) {
        firstToken(call.millisecondsTo(first.getAsLong()));
      }
      PassageLog.ended(call, end, charge, attempts.count(), loop.metrics());
      AnswerKeeping kept = keeping;
      if (kept != null && kept.writing()) {
        kept.then(() -> finish(end, charge));
        return;
      }
    } catch (RuntimeException e) {
      over();
      throw e;
    }
    finish(end, charge);
  }

  private void firstToken(long ms) {
    call.context()
        .trace()
        .ifPresentOrElse(
            trace -> trace.timing(() -> loop.metrics().firstToken(ms)),
            () -> loop.metrics().firstToken(ms));
  }

  private void finish(PassageConclusion end, Charge charge) {
    try {
      caller.finish(
          end.ending(),
          PriceText.of(charge.paid() + charge.owed(), call.holder().currency().scale()));
      if (witness != null) {
        witness.recorded(end, relay != null && relay.filtered());
      }
    } finally {
      over();
    }
  }

  private void unrecorded() {
    try {
      caller.unrecorded();
    } finally {
      over();
    }
  }

  private PassageResult result(PassageConclusion end) {
    return PassageRecording.result(call, end, attempts, firstContentNanos());
  }

  private OptionalLong firstContentNanos() {
    return relay == null ? OptionalLong.empty() : relay.firstContentNanos();
  }

  private void over() {
    phase = Phase.OVER;
    resources.close();
  }

  @Override
  public void giveBack() {
    phase = Phase.OVER;
    if (readingOn) {
      readingOn = false;
      loop.metrics().readingOn(false);
    }
    if (relay != null) {
      relay.release();
    }
  }

  /** A mistake of ours: what was delivered is charged, the rest is ended as well as it goes. */
  private void mistaken(Throwable mistake) {
    switch (phase) {
      case OPENING -> refused(mistake);
      case CALLING -> conclude(UNFINISHED);
      case RELAYING -> {
        try {
          if (relay != null) {
            relay.giveUp(ErrorCode.INTERNAL);
          }
        } finally {
          // does nothing where the relay has told how it ended
          conclude(UNFINISHED);
        }
      }
      case CHECKING -> {
        OpenPassage open = passage;
        if (open != null) {
          judged(open, UNFINISHED, UNFINISHED);
        }
      }
      case RECORDING -> {
        // where it is under way it goes on, and ends the request
        if (recording == null || recording.over()) {
          over();
        }
      }
      case OVER -> {}
    }
  }
}
