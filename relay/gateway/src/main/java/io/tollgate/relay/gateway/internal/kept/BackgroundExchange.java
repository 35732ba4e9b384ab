package io.tollgate.relay.gateway.internal.kept;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.PassageRequest;
import io.tollgate.relay.accounts.AccountQuery;
import io.tollgate.relay.accounts.KeptObject;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.relay.gateway.KeptParts;
import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.loop.DeadlineWatch;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.gateway.internal.passage.TokenHold;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.gateway.internal.upstream.AttemptSequence;
import io.tollgate.relay.gateway.internal.upstream.UpstreamAnswer;
import io.tollgate.relay.gateway.internal.upstream.UpstreamAttempt;
import io.tollgate.relay.gateway.internal.upstream.UpstreamCalls;
import io.tollgate.relay.gateway.internal.upstream.WholeBody;
import io.tollgate.relay.protocols.KeptAnswer;
import io.tollgate.relay.protocols.UpstreamProtocol;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request whose answer is made in the background: what it may cost is held in the books, the
 * provider is asked, and the caller hears of the answer's id when it is written which account makes
 * it. What it cost is charged when it has ended, by {@link ResponseSettlement}. Confined to one
 * event loop.
 */
public final class BackgroundExchange implements UpstreamAttempt.Listener, DeadlineWatch.Watched {
  private static final Logger log = LoggerFactory.getLogger(BackgroundExchange.class);

  private final RelayLoop loop;
  private final RequestResources resources;
  private final CallerResponse caller;
  private final PricedCall call;
  private final PassageRequest request;
  private final TokenHold tokens;
  private final KeptParts parts;
  private final ResponseSettlement settlement;
  private final AttemptSequence attempts;
  private final long openingSince = System.nanoTime();
  private boolean opening = true;
  private boolean calling;

  /**
   * @param tokens what is held of the key's tokens per minute
   * @param only the account that keeps what the request goes on from, if it goes on
   */
  public BackgroundExchange(
      RequestResources resources,
      CallerResponse caller,
      PricedCall call,
      UpstreamCalls calls,
      TokenHold tokens,
      Optional<ProviderAccountId> only,
      KeptParts parts) {
    this.loop = resources.loop();
    this.resources = requireNonNull(resources, "resources is null");
    this.caller = requireNonNull(caller, "caller is null");
    this.call = requireNonNull(call, "call is null");
    this.tokens = requireNonNull(tokens, "tokens is null");
    this.parts = requireNonNull(parts, "parts is null");
    settlement = new ResponseSettlement(parts, loop.parts());
    request = call.passageRequest();
    resources.note().asked(request);
    AccountQuery query =
        AccountQuery.of(calls.protocols(), calls.model())
            .of(call.holder().tenant())
            .inGroups(call.holder().groups())
            .inSession(call.chat().conversationKey())
            .expecting(call.estimate().total());
    attempts = new AttemptSequence(resources, query, calls, caller.steering(), only, this);
  }

  public void start() {
    resources.onFailure(this::mistaken);
    // whoever asks for it in the background need not wait for it
    caller.onGone(() -> {});
    resources.watch(this);
    resources.take(
        CompletableFuture.supplyAsync(
            () -> {
              parts.charges().open(request, List.of(call.estimate()));
              return true;
            },
            parts.executor()),
        _ -> opened(),
        this::notOpened);
  }

  @Override
  public void tick(long now) {
    if (opening && now - openingSince > TimeUnit.MILLISECONDS.toNanos(loop.config().moneyMs())) {
      // should it be held all the same, nobody has been asked: it is lifted then
      notOpened(
          new Refusal(ErrorCode.UNAVAILABLE, "the request could not be reserved for in time"));
    } else if (calling) {
      attempts.tick(now);
    }
  }

  private void opened() {
    if (!opening || resources.closed()) {
      free(503, ErrorCode.UNAVAILABLE, () -> {});
      return;
    }
    opening = false;
    calling = true;
    resources.note().reserved();
    attempts.start();
  }

  private void notOpened(Throwable cause) {
    if (!opening) {
      return;
    }
    opening = false;
    refuse(
        cause instanceof Refusal refusal
            ? refusal
            : new Refusal(ErrorCode.INTERNAL, "the request could not be let through", cause));
  }

  @Override
  public void failed(UpstreamError error) {
    if (!calling) {
      return;
    }
    calling = false;
    free(
        caller.error(error).status(),
        error.code(),
        () -> {
          loop.metrics().refused(error.code());
          caller.refuse(error);
          resources.close();
        });
  }

  @Override
  public void answered(UpstreamAnswer answer) {
    if (!calling) {
      return;
    }
    calling = false;
    if (call.chat().stream()) {
      stream(answer);
      return;
    }
    new WholeBody(resources, answer, loop.config().answerLimit(), this::whole, this::broken).read();
  }

  /** The provider has the request; under which id, nobody knows: it is in doubt later. */
  private void broken(UpstreamError error) {
    attempts.broke();
    caller.refuse(error);
    resources.close();
  }

  private UpstreamProtocol protocol() {
    return loop.protocols().upstream(call.chat().protocol());
  }

  private void whole(byte[] body) {
    attempts.succeeded();
    KeptAnswer made = protocol().keptAnswer(body, call.terms(attempts.traces()));
    Optional<ProviderAccount> account = attempts.asking();
    if (made.id().isEmpty() || made.id().get().length() > KeptObject.MAX_ID || account.isEmpty()) {
      failedWithin(new UpstreamError.NoAnswer("without an id"));
      return;
    }
    tokens.used(call.estimate());
    KeptObject object = object(made.id().get(), account.get());
    resources.take(
        CompletableFuture.supplyAsync(
            () -> {
              remember(object);
              // some make it at once all the same
              return made.state() != KeptAnswer.State.RUNNING
                  && settlement.settle(object, account.get(), protocol(), body);
            },
            parts.executor()),
        _ -> {
          caller.answerJson(protocol().keptBody(body, attempts.traces()));
          resources.close();
        },
        this::unwritten);
  }

  private void failedWithin(UpstreamError error) {
    free(
        502,
        error.code(),
        () -> {
          caller.refuse(error);
          resources.close();
        });
  }

  private void stream(UpstreamAnswer answer) {
    ProviderAccount account = attempts.asking().orElseThrow();
    AnswerKeeping keeping =
        new AnswerKeeping(
            resources, parts, call.context().requestId(), id -> object(id, account), true);
    tokens.used(call.estimate());
    KeptStream passing =
        new KeptStream(
            resources,
            caller,
            answer,
            keeping.within(attempts.asked().stream(call.terms(attempts.traces()))));
    keeping.then(passing::pump);
    caller.onGone(
        () -> {
          // once it is known where it is made, its end is asked for there
          if (keeping.done()) {
            resources.close();
          }
        });
    passing.onEnd(
        () -> {
          attempts.succeeded();
          keeping.object().ifPresent(this::hasten);
        });
    passing.start();
  }

  /** It has ended, or its caller looks no more: how it stands is to be asked soon. */
  private void hasten(KeptObject object) {
    var unused =
        CompletableFuture.runAsync(
            () -> {
              var _ =
                  parts
                      .transactions()
                      .write(
                          transaction -> {
                            parts.objects().hasten(transaction, object);
                            return true;
                          });
            },
            parts.executor());
  }

  private KeptObject object(String id, ProviderAccount account) {
    return AnswerKeeping.object(id, call, account, KeptObject.State.RUNNING);
  }

  private void remember(KeptObject object) {
    var _ =
        parts
            .transactions()
            .write(
                transaction -> {
                  parts.objects().add(transaction, object);
                  return true;
                });
  }

  /** Nobody could find it again: it is in doubt, and the caller hears nothing of it. */
  private void unwritten(Throwable cause) {
    resources
        .addTo(log.atError())
        .setCause(cause)
        .log("it could not be written which account makes an answer; it is withheld, and in doubt");
    refuse(
        new Refusal(ErrorCode.UNAVAILABLE, "it could not be written in time who makes the answer"));
  }

  /** The hold is lifted, and nothing charged. */
  private void free(int status, ErrorCode code, Runnable then) {
    OptionalLong account = attempts.account();
    resources.take(
        CompletableFuture.supplyAsync(
            () -> {
              settlement.free(request, status, code, account);
              return true;
            },
            parts.executor()),
        _ -> then.run(),
        cause -> {
          resources
              .addTo(log.atError())
              .setCause(cause)
              .log("a hold could not be lifted; the request is in doubt");
          then.run();
        });
  }

  private void refuse(Refusal refusal) {
    if (!resources.closed()) {
      loop.metrics().refused(refusal.code());
      caller.refuse(refusal);
      resources.close();
    }
  }

  private void mistaken(Throwable mistake) {
    boolean asked = calling;
    opening = false;
    calling = false;
    Refusal refusal = new Refusal(ErrorCode.INTERNAL, "the request failed in the gateway");
    if (asked && attempts.unsent()) {
      free(500, ErrorCode.INTERNAL, () -> refuse(refusal));
    } else {
      refuse(refusal);
    }
  }
}
