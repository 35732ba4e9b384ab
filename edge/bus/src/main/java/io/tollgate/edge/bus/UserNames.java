package io.tollgate.edge.bus;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.UserId;
import io.tollgate.identity.User;
import io.tollgate.identity.Users;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The external ids of users, which never change. */
final class UserNames {
  private final Transactions transactions;
  private final Users users;

  UserNames(Transactions transactions, Users users) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.users = requireNonNull(users, "users is null");
  }

  /** Those of these users. */
  Map<UserId, String> of(Set<UserId> wanted) {
    if (wanted.isEmpty()) {
      return Map.of();
    }
    Map<UserId, User> found = transactions.read(transaction -> users.find(transaction, wanted));
    Map<UserId, String> names = new HashMap<>();
    found.forEach((id, user) -> names.put(id, user.externalId()));
    return names;
  }
}
