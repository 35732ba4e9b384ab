package io.tollgate.relay.accounts;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import java.util.function.UnaryOperator;

/** The stored providers, in the caller's transaction. Safe for use by many threads. */
public interface Providers {
  /** Those whose name contains the text, in the order of their names. */
  ListPage<ProviderStanding> list(Transaction transaction, String name, ListRequest request);

  /**
   * Keeps a new one.
   *
   * @throws io.tollgate.ground.Refusal {@code CONFLICT} when the name is taken
   */
  ProviderStanding create(Transaction transaction, ProviderSettings settings);

  /**
   * Changes one; its name stays.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such provider; {@code
   *     INVALID_REQUEST} when accounts of it would be nowhere
   */
  ProviderStanding edit(Transaction transaction, long id, UnaryOperator<ProviderSettings> change);
}
