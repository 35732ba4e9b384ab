package io.tollgate.metering.internal.meterlog;

import java.util.List;

/** How the valid part of a log ends, and what is wrong with it. */
public sealed interface LogEnd {
  /** A place in a segment's file. */
  record Place(String segment, long offset) {
    @Override
    public String toString() {
      return segment + " at byte " + offset;
    }
  }

  /** Whether nothing has to be decided before the log is used. */
  boolean harmless();

  /** In one sentence, for people. */
  String explain();

  /** The writer ended in order. */
  record Closed(Place place) implements LogEnd {
    @Override
    public boolean harmless() {
      return true;
    }

    @Override
    public String explain() {
      return "closed in order; ends in " + place;
    }
  }

  /** The writer was killed, or writes still: only zeros follow. */
  record Open(Place place) implements LogEnd {
    @Override
    public boolean harmless() {
      return true;
    }

    @Override
    public String explain() {
      return "not closed; ends in " + place;
    }
  }

  /** A last group that was never acknowledged: bytes follow, but no record. Cut there. */
  record TornTail(Place place) implements LogEnd {
    @Override
    public boolean harmless() {
      return true;
    }

    @Override
    public String explain() {
      return "torn tail: no record in " + place + " and none after it; to be cut there";
    }
  }

  /**
   * Something is missing or damaged in the middle: valid records come after it.
   *
   * @param place where the first bad record begins
   * @param expected number that the missing record has
   * @param resumes where the first valid record after it begins
   * @param forced every record up to this number was on disk once, as later records testify
   * @param rest valid records after the hole, in the order of the file
   */
  record Hole(Place place, long expected, Place resumes, long forced, List<LogScan.Found> rest)
      implements LogEnd {
    /**
     * Whether what is missing was on disk once: then it is damage, and not a last group that
     * reached the disk in part.
     *
     * @param settled highest number known to be settled, and so to have been on disk
     */
    public boolean damage(long settled) {
      return expected <= Math.max(forced, settled);
    }

    @Override
    public boolean harmless() {
      return false;
    }

    @Override
    public String explain() {
      return "hole: record "
          + expected
          + " is missing or damaged in "
          + place
          + "; "
          + rest.size()
          + " valid ones follow from "
          + resumes
          + ", the first being number "
          + rest.getFirst().position().sequence()
          + (damage(0) ? "; it was on disk once: damage" : "; it was never known to be on disk");
    }
  }

  /** The files are not the log that was asked for, or not one log. */
  record Refused(Fault fault, Place place, String what) implements LogEnd {
    @Override
    public boolean harmless() {
      return false;
    }

    @Override
    public String explain() {
      return fault + " in " + place + ": " + what;
    }
  }

  /** Why a log is refused. */
  enum Fault {
    NO_HEADER,
    /** Written by a build whose records this one does not know. */
    OTHER_BUILD,
    OTHER_LEDGER,
    OTHER_LOG,
    OTHER_ORDER
  }
}
