package io.tollgate.metering.internal.database.bank;

import io.tollgate.data.Notifications;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.internal.shard.BankListener;
import io.tollgate.metering.internal.shard.UserWallet;
import java.util.function.Consumer;

/**
 * Hears whose wallets have changed: who got another account, began or ceased to owe, or has other
 * free quotas.
 */
final class AccountChanges implements Notifications.Listener {
  static final String CHANNEL = "tollgate_accounts";

  private final Consumer<Consumer<BankListener>> shards;

  AccountChanges(Consumer<Consumer<BankListener>> shards) {
    this.shards = shards;
  }

  @Override
  public void notified(String payload) {
    if (payload.endsWith(":*")) {
      shards.accept(BankListener::anyWalletChanged);
      return;
    }
    int colon = payload.indexOf(':');
    UserWallet.Owner owner =
        new UserWallet.Owner(
            new TenantId(Long.parseLong(payload.substring(0, colon))),
            new UserId(Long.parseLong(payload.substring(colon + 1))));
    shards.accept(listener -> listener.walletChanged(owner));
  }

  @Override
  public void missed() {
    shards.accept(BankListener::anyWalletChanged);
  }
}
