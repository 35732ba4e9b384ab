package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

/**
 * A fault that an audit found in one row.
 *
 * @param check name of the check that found it
 * @param row which row, e.g. {@code account 12 shard 0 seq 7}
 * @param expected what it would have to be
 * @param found what it is
 */
public record AuditFinding(String check, String row, String expected, String found) {
  public AuditFinding {
    requireNonNull(check, "check is null");
    requireNonNull(row, "row is null");
    requireNonNull(expected, "expected is null");
    requireNonNull(found, "found is null");
  }

  @Override
  public String toString() {
    return check + ": " + row + ": " + found + " (expected: " + expected + ")";
  }
}
