package io.tollgate.relay.accounts.internal;

import io.tollgate.relay.accounts.AccountFailure;
import io.tollgate.relay.accounts.AccountUse;
import io.tollgate.relay.accounts.ProviderAccount;
import java.util.concurrent.atomic.AtomicBoolean;

/** A use that counts as its account's load from when it is made to its first ending. */
final class CountedUse implements AccountUse {
  private final AccountState state;
  private final AtomicBoolean ended = new AtomicBoolean();

  CountedUse(AccountState state) {
    this.state = state;
    state.health().begin();
  }

  @Override
  public ProviderAccount account() {
    return state.account();
  }

  @Override
  public void succeeded() {
    if (end()) {
      state.health().succeeded();
    }
  }

  @Override
  public void failed(AccountFailure failure) {
    if (end()) {
      state.health().failed(failure);
    }
  }

  @Override
  public void released() {
    var unused = end();
  }

  private boolean end() {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    state.health().end();
    return true;
  }
}
