package io.tollgate.metering.internal.settlement;

import io.tollgate.metering.internal.settlement.TakeOver.OpenIntent;
import java.util.List;
import java.util.UUID;

/**
 * The books as an import sees them: what a log holds comes to them by charge id, wherever they
 * stand in the log. Each call is one transaction and blocks; asking again changes nothing.
 */
public interface ImportBook {
  /**
   * What became of charges.
   *
   * @param known in the books before
   * @param booked new in the books
   * @param corrected those of them that had been charged in doubt
   */
  record Outcome(int known, int booked, int corrected) {
    static final Outcome NOTHING = new Outcome(0, 0, 0);

    Outcome plus(Outcome other) {
      return new Outcome(known + other.known, booked + other.booked, corrected + other.corrected);
    }
  }

  /**
   * Books what is not in the books; what was kept as an exception and can be booked now is one no
   * longer. Taken from what the log's leases have left, then from what is available, then owed.
   *
   * @throws io.tollgate.ground.Refusal {@code UNAVAILABLE} when the database does not answer
   * @throws RuntimeException anything else is about the charges
   */
  Outcome book(UUID log, List<SettledCharge> charges);

  /** Keeps a charge that cannot be booked, unless it is kept. */
  void keep(UUID log, SettledCharge charge, String why);

  /**
   * Puts intents without a result in doubt that are neither in doubt nor in the books, and holds
   * for them what there is.
   *
   * @return how many
   */
  int doubt(UUID log, List<OpenIntent> open);
}
