package io.tollgate.rewards;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.util.List;
import java.util.Optional;

/**
 * How point cards and rewards lie over users. Each reads a row for every user who ever had some, so
 * that who shows them keeps what was read for a while. Runs in the caller's transaction. Safe for
 * use by many threads.
 */
public interface MemberFigures {
  /** Users of the tenant, or of all, by what is on their point cards. */
  Spread spread(Transaction transaction, Optional<TenantId> tenant);

  /**
   * Those with most of something, the most first; who has none is not there.
   *
   * @param limit 1 to 100
   */
  List<Ranked> ranking(Transaction transaction, Optional<TenantId> tenant, Rank by, int limit);

  /** By what users are ranked. */
  enum Rank {
    /** What is on the point card now. */
    POINT_CARD,
    /** What was earned by others in all. */
    REWARD
  }

  /**
   * Users whose point cards have something, by how much; lower bounds are included.
   *
   * @param toHundred above 0 and under 100
   * @param toThousand from 100
   * @param toTenThousand from 1,000
   * @param more from 10,000
   * @param marketNodes users who are one, whatever they have
   */
  record Spread(long toHundred, long toThousand, long toTenThousand, long more, long marketNodes) {
    /** All who have something. */
    public long funded() {
      return toHundred + toThousand + toTenThousand + more;
    }
  }

  /** A user with as much. */
  record Ranked(TenantId tenant, UserId user, Amount value) {
    public Ranked {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      requireNonNull(value, "value is null");
    }
  }
}
