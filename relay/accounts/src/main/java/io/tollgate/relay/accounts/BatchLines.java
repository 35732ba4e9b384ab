package io.tollgate.relay.accounts;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ChargeId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The lines of batches: what each was reserved for, and under which id it was charged. */
public interface BatchLines {
  /**
   * A line of an input file.
   *
   * @param number from 1
   * @param customId by which its caller finds its answer; another for each line
   * @param input tokens as counted
   * @param output most output tokens
   */
  record Line(int number, String customId, long input, long output) {
    public Line {
      requireNonNull(customId, "customId is null");
    }
  }

  /**
   * What became of a line.
   *
   * @param units what it was charged, smallest units of the currency
   */
  record Charged(int number, ChargeId charge, long units) {
    public Charged {
      requireNonNull(charge, "charge is null");
    }
  }

  void add(Transaction transaction, ChargeId batch, List<Line> lines, Instant now);

  /** The lines of a batch by their custom ids. */
  Map<String, Line> of(Transaction transaction, ChargeId batch);

  /** Whether the request made a batch, or wanted to. */
  boolean isBatch(Transaction transaction, ChargeId batch);

  void charged(Transaction transaction, ChargeId batch, List<Charged> lines);

  /** Forgets lines that are older. */
  int forget(Transaction transaction, Instant before, int limit);
}
