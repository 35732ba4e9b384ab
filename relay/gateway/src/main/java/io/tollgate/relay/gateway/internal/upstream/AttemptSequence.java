package io.tollgate.relay.gateway.internal.upstream;

import io.tollgate.relay.accounts.AccountFailure;
import io.tollgate.relay.accounts.AccountQuery;
import io.tollgate.relay.accounts.AccountRouting.Choice;
import io.tollgate.relay.accounts.AccountUse;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.provider.AttemptResult;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.gateway.internal.provider.UpstreamRequest;
import io.tollgate.relay.protocols.AccountTraces;
import java.util.HashSet;
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
  private final UpstreamRequest wanted;
  private final UpstreamAttempt.Listener listener;
  // accounts that are left alone from now on
  private final Set<ProviderAccountId> tried = new HashSet<>();
  private int calls;
  private int keysTried;
  private @Nullable UpstreamAttempt current;
  private @Nullable UpstreamError lastError;
  private boolean moving = true;
  private boolean stopped;
  private boolean answeredWhole;

  /**
   * @param query what an account must have
   */
  public AttemptSequence(
      RequestResources resources,
      AccountQuery query,
      UpstreamRequest wanted,
      UpstreamAttempt.Listener listener) {
    this.resources = resources;
    this.loop = resources.loop();
    this.query = query;
    this.wanted = wanted;
    this.listener = listener;
  }

  /** Calls made so far. */
  public int count() {
    return calls;
  }

  /** The account of the latest call. */
  public OptionalLong account() {
    return current == null
        ? OptionalLong.empty()
        : OptionalLong.of(current.use().account().id().value());
  }

  /** What tells of the account of the latest call. */
  public AccountTraces traces() {
    return current == null ? AccountTraces.UNKNOWN : loop.calls().traces(current.use().account());
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

  /** The answer came whole. */
  public void succeeded() {
    answeredWhole = true;
    stopped = true;
    use().ifPresent(AccountUse::succeeded);
  }

  /** The answer broke, or went silent, after its first byte. */
  public void broke() {
    use()
        .filter(use -> !steered(use))
        .ifPresent(use -> use.failed(new AccountFailure.Unreachable()));
    stop();
  }

  /** Whether the caller asked the account to fail: that says nothing of it. */
  private boolean steered(AccountUse use) {
    return use.account().sandbox() && wanted.steering().isPresent();
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
    use()
        .ifPresent(
            use -> {
              blame.filter(_ -> !steered(use)).ifPresentOrElse(use::failed, use::released);
              if (blame.isPresent() && hasAnotherKey(use, blame.get())) {
                tried.remove(use.account().id());
              }
            });
    if (moving && error.movesOn() && calls < loop.config().attemptsMax()) {
      next();
    } else {
      listener.failed(error);
    }
  }

  private void next() {
    switch (loop.routing().choose(query, tried)) {
      case Choice.Chosen chosen -> {
        UpstreamAttempt attempt = new UpstreamAttempt(resources, chosen.use(), wanted, this);
        // from here on it is given back, whatever fails
        current = attempt;
        tried.add(chosen.use().account().id());
        calls++;
        attempt.start();
      }
      case Choice.None none ->
          listener.failed(
              lastError == null ? new UpstreamError.NoAccount(none.retryAfter()) : lastError);
    }
  }

  /** Whether only a key of the account is to blame, so that another of them is worth a call. */
  private boolean hasAnotherKey(AccountUse use, AccountFailure blame) {
    return switch (blame) {
      case AccountFailure.RateLimited _, AccountFailure.Banned _ ->
          ++keysTried < use.account().settings().keys().size();
      case AccountFailure.Unreachable _, AccountFailure.Failed _ -> false;
    };
  }

  private Optional<AccountUse> use() {
    return Optional.ofNullable(current).map(UpstreamAttempt::use);
  }
}
