package io.tollgate.relay.gateway.internal.upstream;

import io.tollgate.ground.Refusal;
import io.tollgate.relay.accounts.AccountFailure;
import io.tollgate.relay.accounts.AccountQuery;
import io.tollgate.relay.accounts.AccountRouting.Choice;
import io.tollgate.relay.accounts.AccountUse;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.media.MediaFetcher;
import io.tollgate.relay.gateway.internal.provider.AttemptResult;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.gateway.internal.provider.UpstreamRequest;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.UpstreamCall;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls one account after the other for a request until one answers, a bounded number of times. The
 * reservation stays meanwhile.
 */
public final class AttemptSequence implements UpstreamAttempt.Listener, RequestResources.Held {
  private final RequestResources resources;
  private final RelayLoop loop;
  private final AccountQuery query;
  private final UpstreamCalls calls;
  private final Optional<String> steering;
  // the one account that can serve it, as that keeps what it goes on from
  private final Optional<ProviderAccountId> only;
  private final UpstreamAttempt.Listener listener;
  // accounts that are left alone from now on
  private final Set<ProviderAccountId> tried = new HashSet<>();
  private int callsMade;
  private int callsRefused;
  private int keysTried;
  private @Nullable UpstreamAttempt current;
  // chosen, while its call is being made
  private @Nullable AccountUse chosen;
  private @Nullable UpstreamError lastError;
  private boolean moving = true;
  private boolean stopped;
  private boolean answeredWhole;

  /**
   * @param query what an account must have
   * @param steering the caller's {@code X-Sandbox}, for a sandbox account only
   * @param only the account that keeps what the request goes on from: no other is tried
   */
  public AttemptSequence(
      RequestResources resources,
      AccountQuery query,
      UpstreamCalls calls,
      Optional<String> steering,
      Optional<ProviderAccountId> only,
      UpstreamAttempt.Listener listener) {
    this.resources = resources;
    this.loop = resources.loop();
    this.query = query;
    this.calls = calls;
    this.steering = steering;
    this.only = only;
    this.listener = listener;
  }

  /** Calls made so far. */
  public int count() {
    return callsMade;
  }

  /** The account of the latest call. */
  public OptionalLong account() {
    return current == null
        ? OptionalLong.empty()
        : OptionalLong.of(current.use().account().id().value());
  }

  /** The model as the account of the latest call was asked for it; empty where none was. */
  public Optional<String> upstreamModel() {
    return use().map(use -> calls.modelAt(use.account()));
  }

  /** The account of the latest call, with the key that was used. */
  public Optional<ProviderAccount> asking() {
    return use().map(AccountUse::account);
  }

  /** What tells of the account of the latest call. */
  public AccountTraces traces() {
    return current == null ? AccountTraces.UNKNOWN : loop.calls().traces(current.use().account());
  }

  /** What was sent to the account of the latest call. */
  public UpstreamCall asked() {
    if (current == null) {
      throw new IllegalStateException("no account was asked (expected: an answer of one)");
    }
    return current.call();
  }

  public void start() {
    resources.hold(this);
    next();
  }

  /** What was told of as an answer is none, and nothing of it has reached the caller. */
  public void noAnswer(UpstreamError error) {
    failed(error);
  }

  /** Nobody waits for the answer any more: no other account is tried. */
  public void callerGone() {
    moving = false;
  }

  /** Whether no account has anything of the request, beyond what accounts have refused. */
  public boolean unsent() {
    return current == null || current.unsent();
  }

  /** What the account of the latest call has used for the request, in tokens. */
  public void used(long tokens) {
    if (current != null) {
      current.use().used(tokens);
    }
  }

  /** The answer came whole. */
  public void succeeded() {
    answeredWhole = true;
    stopped = true;
    use().ifPresent(AccountUse::succeeded);
  }

  /** The answer broke, or went silent, after its first byte. */
  public void broke() {
    resources.note().attemptEnded("broke");
    use()
        .filter(use -> !steered(use))
        .ifPresent(use -> use.failed(new AccountFailure.Unreachable()));
    stop();
  }

  /** Whether the caller asked the account to fail: that says nothing of it. */
  private boolean steered(AccountUse use) {
    return use.account().sandbox() && steering.isPresent();
  }

  /** Ends whatever runs, for reasons that are not the account's. Harmless after the end. */
  public void stop() {
    if (!stopped) {
      stopped = true;
      giveBack();
    }
  }

  @Override
  public void giveBack() {
    stopped = true;
    try {
      if (chosen != null) {
        chosen.released();
      }
      use().ifPresent(AccountUse::released);
    } finally {
      if (current != null && !answeredWhole) {
        current.abort();
      }
    }
  }

  public void tick(long now) {
    if (current != null) {
      current.tick(now);
    }
  }

  @Override
  public void answered(UpstreamAnswer answer) {
    loop.metrics().attempt(AttemptResult.ANSWERED);
    resources.note().attemptEnded("answered");
    use().ifPresent(AccountUse::answered);
    listener.answered(answer);
  }

  @Override
  public void failed(UpstreamError error) {
    if (stopped) {
      return;
    }
    lastError = error;
    Optional<AccountFailure> blame = error.blame();
    loop.metrics().attempt(AttemptResult.of(error));
    resources.note().attemptEnded(error.outcome());
    use()
        .ifPresent(
            use -> {
              blame.filter(_ -> !steered(use)).ifPresentOrElse(use::failed, use::released);
              if (blame.isPresent() && hasAnotherKey(use, blame.get())) {
                tried.remove(use.account().id());
              }
            });
    if (moving && error.movesOn() && mayTryAgain(blame)) {
      next();
    } else {
      listener.failed(error);
    }
  }

  /**
   * Whether another call may be made. A refusal took no time and made nobody work, and the key that
   * it came from rests: it does not count, within a bound of its own.
   */
  private boolean mayTryAgain(Optional<AccountFailure> blame) {
    if (blame.filter(AttemptSequence::ofKey).isPresent()
        && callsRefused < loop.config().attemptsRefusedMax()) {
      callsRefused++;
    }
    return callsMade - callsRefused < loop.config().attemptsMax();
  }

  private void next() {
    AccountQuery wanted = query.speaking(calls.protocols());
    Choice choice =
        only.isEmpty()
            ? loop.routing().choose(wanted, tried)
            : loop.routing().chooseOnly(only.get(), wanted, tried);
    switch (choice) {
      case Choice.Chosen(AccountUse use) -> {
        // from here on it is given back, whatever fails
        chosen = use;
        prepare(use);
      }
      case Choice.None none -> listener.failed(noAccount(none));
    }
  }

  /** Makes the call for the chosen account: at once, beside the loop, or after a fetch. */
  private void prepare(AccountUse use) {
    List<String> addresses;
    try {
      addresses = calls.toFetch(use.account());
    } catch (RequestFault fault) {
      notMade(use, fault);
      return;
    }
    if (!addresses.isEmpty()) {
      resources.take(
          new MediaFetcher(loop.vertx(), loop.client(), loop.config().media())
              .fetch(resources, addresses),
          found -> {
            calls.fetched(found);
            make(use);
          },
          cause -> notMade(use, cause));
    } else if (calls.largeFor(use.account())) {
      resources.take(
          loop.largeBodies().run(() -> calls.of(use.account())),
          made -> call(use, made),
          cause -> notMade(use, cause));
    } else {
      make(use);
    }
  }

  private void make(AccountUse use) {
    UpstreamCall made;
    try {
      made = calls.of(use.account());
    } catch (RequestFault | Refusal cause) {
      notMade(use, cause);
      return;
    }
    call(use, made);
  }

  private void call(AccountUse use, UpstreamCall made) {
    if (stopped) {
      return;
    }
    UpstreamRequest wanted =
        new UpstreamRequest(
            loop.protocols().upstream(calls.spokenBy(use.account())),
            made,
            calls.stream(),
            resources.id().toString(),
            steering);
    UpstreamAttempt attempt = new UpstreamAttempt(resources, use, wanted, this);
    current = attempt;
    chosen = null;
    tried.add(use.account().id());
    callsMade++;
    resources.note().attempt(use.account().id().value(), calls.modelAt(use.account()));
    attempt.start();
  }

  /** The account cannot be told what the request asks for; another may. */
  private void notMade(AccountUse use, Throwable cause) {
    if (stopped) {
      return;
    }
    use.released();
    chosen = null;
    switch (cause) {
      case RequestFault fault -> {
        calls.cannot(calls.spokenBy(use.account()), fault);
        next();
      }
      case Refusal _ -> listener.failed(new UpstreamError.Busy());
      default -> throw new IllegalStateException("a request could not be translated", cause);
    }
  }

  private UpstreamError noAccount(Choice.None none) {
    if (lastError != null) {
      return lastError;
    }
    return calls
        .fault()
        .<UpstreamError>map(UpstreamError.Untold::new)
        .orElseGet(() -> new UpstreamError.NoAccount(none.retryAfter()));
  }

  /** Whether only a key of the account is to blame, so that another of them is worth a call. */
  private boolean hasAnotherKey(AccountUse use, AccountFailure blame) {
    return ofKey(blame) && ++keysTried < use.account().settings().keys().size();
  }

  private static boolean ofKey(AccountFailure blame) {
    return switch (blame) {
      case AccountFailure.RateLimited _, AccountFailure.Banned _ -> true;
      case AccountFailure.Unreachable _, AccountFailure.Failed _ -> false;
    };
  }

  private Optional<AccountUse> use() {
    return Optional.ofNullable(current).map(UpstreamAttempt::use);
  }
}
