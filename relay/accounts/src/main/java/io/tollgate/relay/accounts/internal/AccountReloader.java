package io.tollgate.relay.accounts.internal;

import io.tollgate.relay.accounts.AccountsConfig;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the accounts again from time to time, for changes made by other processes. */
public final class AccountReloader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AccountReloader.class);

  private final ScheduledExecutorService timer;

  private AccountReloader(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  public static AccountReloader start(AccountStore store, AccountsConfig config) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("relay-accounts-reload").factory());
    var unused =
        timer.scheduleWithFixedDelay(
            () -> reload(store), config.reloadMs(), config.reloadMs(), TimeUnit.MILLISECONDS);
    return new AccountReloader(timer);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private static void reload(AccountStore store) {
    try {
      store.reload();
    } catch (RuntimeException e) {
      // the accounts known so far go on serving
      log.atWarn().setCause(e).log("provider accounts could not be read again");
    }
  }
}
