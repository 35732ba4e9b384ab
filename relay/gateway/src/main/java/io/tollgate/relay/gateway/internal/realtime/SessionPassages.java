package io.tollgate.relay.gateway.internal.realtime;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.KeyHolder;
import io.tollgate.metering.Passage;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.protocols.RealtimeNeed;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Opens the passages of one session, and keeps one ready for the next response where there is to be
 * one. Whatever was opened is recorded, at the latest when the session is over. Confined to one
 * event loop.
 */
final class SessionPassages implements RequestResources.Held {
  private final RequestResources resources;
  private final SessionPrices prices;
  private final String model;
  private final RealtimePassage.Account account;
  private final Set<RealtimePassage> open = new LinkedHashSet<>();
  private KeyHolder holder;
  private Optional<RealtimePassage> ready = Optional.empty();

  SessionPassages(
      RequestResources resources,
      SessionPrices prices,
      KeyHolder holder,
      String model,
      RealtimePassage.Account account) {
    this.resources = resources;
    this.prices = prices;
    this.holder = holder;
    this.model = model;
    this.account = account;
  }

  KeyHolder holder() {
    return holder;
  }

  /** Who has the key now. */
  void heldBy(KeyHolder now) {
    holder = now;
  }

  /** Whether a passage is ready for the next response. */
  boolean isReady() {
    return ready.isPresent();
  }

  Optional<RealtimePassage> ready() {
    return ready;
  }

  /** The passage for a response that has begun. */
  Optional<RealtimePassage> takeReady() {
    Optional<RealtimePassage> taken = ready;
    ready = Optional.empty();
    return taken;
  }

  /**
   * Makes one ready for a response that is to be asked for: all of it is reserved, else its input
   * and a little output.
   *
   * @param refused told a Refusal, or what went wrong
   */
  void prepare(RealtimeNeed need, Runnable done, Consumer<Throwable> refused) {
    if (ready.isPresent()) {
      RealtimePassage passage = ready.get();
      passage
          .reservation()
          .cover(
              need,
              passage.call().estimate().output(),
              Math.min(passage.call().estimate().output(), SessionPrices.LEAST_OUTPUT),
              covered -> {
                if (covered) {
                  done.run();
                } else {
                  refused.accept(noMeans());
                }
              });
      return;
    }
    open(
        need,
        passage -> {
          ready = Optional.of(passage);
          done.run();
        },
        refused);
  }

  /** Opens one for a response, whatever is ready. */
  void open(RealtimeNeed need, Consumer<RealtimePassage> opened, Consumer<Throwable> refused) {
    PricedCall call;
    try {
      call = prices.response(holder, model, need);
    } catch (Refusal refusal) {
      refused.accept(refusal);
      return;
    }
    UsageKind kind = SessionReservation.kind(need.speaks());
    long least = Math.min(call.estimate().output(), SessionPrices.LEAST_OUTPUT);
    open(
        call,
        call.estimate(),
        SessionReservation.usage(need.input(), kind, least),
        passage -> {
          passage.reservation().openedFor(need);
          opened.accept(passage);
        },
        refused);
  }

  /**
   * Makes one ready for a response that the provider may begin by itself. Nothing of its input
   * counts before it has begun, so that one that never begins costs nothing after a crash either;
   * the whole of it is reserved where that can be.
   */
  void arm(RealtimeNeed need, Runnable done, Consumer<Throwable> refused) {
    if (ready.isPresent()) {
      done.run();
      return;
    }
    PricedCall call;
    try {
      call = prices.response(holder, model, need);
    } catch (Refusal refusal) {
      refused.accept(refusal);
      return;
    }
    long most = call.estimate().output();
    UsageKind kind = SessionReservation.kind(need.speaks());
    TokenUsage little =
        SessionReservation.usage(TokenUsage.NONE, kind, Math.min(most, SessionPrices.LEAST_OUTPUT));
    open(
        call,
        little,
        little,
        passage -> {
          ready = Optional.of(passage);
          passage
              .reservation()
              .cover(need, most, Math.min(most, SessionPrices.LEAST_OUTPUT), _ -> done.run());
        },
        refused);
  }

  /** Opens one for something said that is written down. */
  void openTranscription(
      String heardBy, long seconds, Consumer<RealtimePassage> opened, Consumer<Throwable> refused) {
    PricedCall call;
    try {
      call = prices.transcription(holder, heardBy, seconds);
    } catch (Refusal refusal) {
      refused.accept(refusal);
      return;
    }
    open(call, call.estimate(), call.estimate(), opened, refused);
  }

  private void open(
      PricedCall call,
      TokenUsage estimate,
      TokenUsage least,
      Consumer<RealtimePassage> opened,
      Consumer<Throwable> refused) {
    if (prices.exhausted()) {
      refused.accept(
          new Refusal(ErrorCode.UNAVAILABLE, "the session has had as many responses as it may"));
      return;
    }
    long askedNanos = System.nanoTime();
    CompletionStage<Passage> opening;
    try {
      opening = resources.loop().passages().open(SessionPrices.request(call, estimate, least));
    } catch (RuntimeException e) {
      refused.accept(e);
      return;
    }
    resources.take(
        opening,
        found -> {
          RealtimePassage passage =
              new RealtimePassage(resources, call, found, account, askedNanos);
          if (resources.closed()) {
            // it came after we had stopped waiting for it
            passage.recordUnheard(ResponseEnds.unused());
            return;
          }
          open.removeIf(RealtimePassage::recorded);
          open.add(passage);
          opened.accept(passage);
        },
        refused);
  }

  static Refusal noMeans() {
    return new Refusal(
        ErrorCode.INSUFFICIENT_MEANS,
        "balance and quota do not cover what comes next; what was delivered is charged");
  }

  @Override
  public void giveBack() {
    for (RealtimePassage passage : List.copyOf(open)) {
      passage.recordUnheard(
          passage.tap().isPresent()
              ? ResponseEnds.left(passage.charged(true))
              : ResponseEnds.unused());
    }
    open.clear();
    ready = Optional.empty();
  }
}
