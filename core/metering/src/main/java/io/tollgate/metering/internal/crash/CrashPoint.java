package io.tollgate.metering.internal.crash;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The steps of a charge after which a gateway can be made to die, for tests of what is left then.
 * Each is reached right after what its name says.
 */
public enum CrashPoint {
  /** The intent is in the log's buffer, and not written. */
  INTENT_STAGED,
  /** The intent is written; the upstream has not been asked. */
  INTENT_WRITTEN,
  /** The upstream has answered in full; its usage is known to this process alone. */
  UPSTREAM_ANSWERED,
  /** More was used than is reserved, and nothing more has been reserved for it. */
  RESULT_BEYOND_RESERVED,
  /** The result is in the log's buffer, and not written. */
  RESULT_STAGED,
  /** The result is written; the caller has not got the last byte. */
  RESULT_WRITTEN,
  /** A batch is chosen and its transaction open, and not committed. */
  SETTLEMENT_BEGUN,
  /** A batch is committed; this process has not noted it. */
  SETTLEMENT_COMMITTED,
  /** A lease operation is on its way to the database. */
  LEASE_ASKED,
  /** A lease operation is committed; the holder does not know its answer. */
  LEASE_ANSWERED,
  /** What recovery will do is decided, and nothing of it committed. */
  RECOVERY_PLANNED,
  /** Recovery is committed; nothing has been served yet. */
  RECOVERY_COMMITTED,
  /** What a deferred request may cost is held; its provider has not been asked. */
  DEFERRED_HELD,
  /** A deferred request is charged within its transaction, and not committed. */
  DEFERRED_SETTLING,
  /** A deferred request is charged and its hold lifted; nobody has been told. */
  DEFERRED_SETTLED;

  /** The point's name in lower case with dashes. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<CrashPoint> find(String code) {
    return Arrays.stream(values()).filter(point -> point.code().equals(code)).findFirst();
  }

  static String codes() {
    return Arrays.stream(values()).map(CrashPoint::code).collect(Collectors.joining(", "));
  }
}
