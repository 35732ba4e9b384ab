package io.tollgate.relay.gateway.internal.loop;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ChargeId;
import io.tollgate.identity.KeyHolder;
import io.tollgate.metering.Charge;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PassageResult;
import io.tollgate.relay.gateway.LoggedAttempt;
import io.tollgate.relay.gateway.LoggedRequest;
import io.tollgate.telemetry.RequestTrace;
import io.tollgate.web.RequestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one request by and by, for the log of requests. Confined to its event loop; what
 * nobody has told stays empty.
 */
public final class RequestNote {
  private static final int HUNG_UP = 499;

  private final ChargeId id;
  private final @Nullable RequestContext context;
  private @Nullable KeyHolder holder;
  private @Nullable String model;
  private boolean stream;
  private @Nullable PassageRequest asked;
  private @Nullable PassageResult result;
  private @Nullable Charge charge;
  private @Nullable String errorCode;
  private @Nullable List<Attempt> attempts;
  private int status;
  private final @Nullable TracedSteps steps;

  RequestNote(ChargeId id, @Nullable RequestContext context) {
    this.id = id;
    this.context = context;
    steps =
        context == null || context.trace().isEmpty() || !context.trace().get().recorded()
            ? null
            : new TracedSteps(context.trace().get(), context.arrivedNanos());
  }

  /** Whose key it came with. */
  public void by(KeyHolder known) {
    holder = known;
    if (steps != null) {
      steps.known(known);
    }
  }

  /** What the caller wants; told by whoever reads the body, and taken over by the loop. */
  public void wants(String name, boolean streamed) {
    model = name;
    stream = streamed;
  }

  /** What is to be paid for. */
  public void asked(PassageRequest request) {
    asked = request;
    if (steps != null) {
      steps.asked(request);
    }
  }

  /** It is reserved. */
  public void reserved() {
    if (steps != null) {
      steps.reserved();
    }
  }

  /** How it ended, as it is being recorded. */
  public void ended(PassageResult recorded) {
    result = recorded;
    if (steps != null) {
      steps.ended(recorded);
    }
  }

  /** It is recorded. */
  public void charged(Charge recorded) {
    charge = recorded;
    if (steps != null) {
      steps.settled(recorded);
    }
  }

  /** How its caller was answered. */
  public void answered(int answer) {
    status = answer;
  }

  /** Its caller was answered with an error. */
  public void refused(int answer, String code) {
    status = answer;
    errorCode = code;
  }

  /** An account is asked. */
  public void attempt(long account, String model) {
    if (attempts == null) {
      attempts = new ArrayList<>(1);
    }
    attempts.add(
        new Attempt(account, model, System.nanoTime(), steps == null ? 0 : steps.attempt()));
  }

  /** What the account that is asked is to be told of the trace. */
  public Optional<String> traceparent() {
    List<Attempt> made = attempts;
    RequestContext arrived = context;
    if (steps == null || made == null || arrived == null) {
      return Optional.empty();
    }
    long asking = made.getLast().span;
    return arrived.trace().flatMap(trace -> trace.traceparent(asking));
  }

  /** The account that was asked last has answered, or will not. */
  public void attemptEnded(String outcome) {
    if (attempts != null) {
      attempts.getLast().end(outcome);
    }
  }

  /** The whole of it, now that it is over; empty where no caller of ours had asked. */
  Optional<LoggedRequest> over() {
    RequestContext arrived = context;
    if (arrived == null) {
      return Optional.empty();
    }
    long now = System.nanoTime();
    PassageResult recorded = result;
    if (steps != null) {
      tellSteps(steps, now);
    }
    return Optional.of(
        new LoggedRequest(
            id,
            arrived.arrivedAt(),
            arrived.route(),
            Optional.ofNullable(holder)
                .map(each -> new LoggedRequest.Payer(each.tenant(), each.user(), each.key())),
            Optional.ofNullable(asked).map(each -> each.protocol().code()),
            Optional.ofNullable(asked)
                .map(PassageRequest::model)
                .or(() -> Optional.ofNullable(model)),
            Optional.ofNullable(recorded).map(PassageResult::upstreamModel),
            asked == null ? stream : asked.stream(),
            status(recorded),
            Optional.ofNullable(errorCode)
                .or(() -> recorded == null ? Optional.empty() : recorded.errorCode()),
            attempts(arrived.arrivedNanos(), now),
            recorded == null ? TokenUsage.NONE : recorded.usage(),
            cost(recorded),
            arrived.clientRequestId(),
            arrived.trace().map(RequestTrace::traceId),
            millis(arrived.arrivedNanos(), now),
            recorded == null ? OptionalLong.empty() : recorded.firstTokenMs()));
  }

  private void tellSteps(TracedSteps traced, long now) {
    List<Attempt> made = attempts == null ? List.of() : attempts;
    for (Attempt each : made) {
      traced.attemptOver(
          each.span, each.account, each.model, each.began, each.end(now), each.outcome());
    }
    traced.over(now, errorCode == null ? "left" : errorCode);
  }

  private int status(@Nullable PassageResult recorded) {
    if (recorded != null && charge != null) {
      return recorded.httpStatus();
    }
    return status == 0 ? HUNG_UP : status;
  }

  private Optional<LoggedRequest.Cost> cost(@Nullable PassageResult recorded) {
    Charge paid = charge;
    PassageRequest request = asked;
    KeyHolder payer = holder;
    if (paid == null || request == null || recorded == null || payer == null) {
      return Optional.empty();
    }
    return Optional.of(
        new LoggedRequest.Cost(
            payer.currency().code(),
            recorded.quote(request).version(),
            paid.quotaTokens(),
            paid.paid(),
            paid.owed()));
  }

  private List<LoggedAttempt> attempts(long arrived, long now) {
    List<Attempt> made = attempts;
    return made == null ? List.of() : made.stream().map(each -> each.logged(arrived, now)).toList();
  }

  private static long millis(long from, long to) {
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(to - from));
  }

  private static final class Attempt {
    private final long account;
    private final String model;
    private final long began;
    private final long span;
    private long ended;
    private @Nullable String outcome;

    Attempt(long account, String model, long began, long span) {
      this.account = account;
      this.model = model;
      this.began = began;
      this.span = span;
    }

    /** The first outcome is why it was left; that it had answered is not the end of it. */
    void end(String why) {
      if (outcome == null || outcome.equals("answered")) {
        ended = System.nanoTime();
        outcome = why;
      }
    }

    String outcome() {
      return outcome == null ? "left" : outcome;
    }

    /** When it was left; where it was not, when the request was over. */
    long end(long over) {
      return outcome == null || outcome.equals("answered") ? over : ended;
    }

    LoggedAttempt logged(long arrived, long now) {
      return new LoggedAttempt(
          account, model, millis(arrived, began), millis(began, end(now)), outcome());
    }
  }
}
