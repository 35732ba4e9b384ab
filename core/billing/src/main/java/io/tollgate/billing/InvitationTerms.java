package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import java.util.OptionalInt;

/**
 * What a tenant gives to who invites a user and to who was invited.
 *
 * @param inviter what the inviter gets for each; 0: nothing
 * @param invited what the invited user gets
 * @param lastsDays how long it lasts; empty: without an end
 * @param usersMax for how many users an inviter is given something
 */
public record InvitationTerms(Amount inviter, Amount invited, OptionalInt lastsDays, int usersMax) {
  public InvitationTerms {
    requireNonNull(inviter, "inviter is null");
    requireNonNull(invited, "invited is null");
    requireNonNull(lastsDays, "lastsDays is null");
    if (!inviter.asset().equals(invited.asset())) {
      throw new IllegalArgumentException(
          "assets: " + inviter.asset() + ", " + invited.asset() + " (expected: the same)");
    }
  }
}
