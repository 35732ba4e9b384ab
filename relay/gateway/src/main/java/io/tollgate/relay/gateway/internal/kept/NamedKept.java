package io.tollgate.relay.gateway.internal.kept;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.KeyHolder;
import io.tollgate.relay.accounts.KeptKind;
import io.tollgate.relay.accounts.KeptObject;
import io.tollgate.relay.accounts.KeptObjects;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.relay.protocols.KeptUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds the account that keeps what a request names: the answer that it goes on from, and its
 * files. All of it must be the caller's own, and at one account, as no other can read it.
 */
public final class NamedKept {
  private record Named(KeptKind kind, String id) {}

  private NamedKept() {}

  /**
   * The account that has all of it. Never blocks; one look-up at a time.
   *
   * @param use names something
   * @return fails with a {@link Refusal} where something is not the caller's, or not there
   */
  public static CompletionStage<ProviderAccountId> account(
      KeptObjects objects, KeyHolder holder, KeptUse use) {
    List<Named> named = new ArrayList<>();
    use.previous().ifPresent(id -> named.add(new Named(KeptKind.RESPONSE, id)));
    use.files().forEach(id -> named.add(new Named(KeptKind.FILE, id)));
    CompletionStage<Optional<ProviderAccountId>> account =
        CompletableFuture.completedFuture(Optional.empty());
    for (Named one : named) {
      account =
          account.thenCompose(
              known ->
                  objects
                      .find(one.kind(), one.id(), holder.tenant(), holder.user())
                      .thenApply(found -> Optional.of(same(known, one, found))));
    }
    return account.thenApply(Optional::orElseThrow);
  }

  private static ProviderAccountId same(
      Optional<ProviderAccountId> known, Named named, Optional<KeptObject> found) {
    ProviderAccountId account =
        found.orElseThrow(() -> KeptRefusals.unknown(named.kind(), named.id())).account();
    if (known.isPresent() && !known.get().equals(account)) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          named.kind().code()
              + " "
              + KeptRefusals.shown(named.id())
              + " is kept by another provider account than what is named before it (expected: all"
              + " that a request names at one account)");
    }
    return account;
  }
}
