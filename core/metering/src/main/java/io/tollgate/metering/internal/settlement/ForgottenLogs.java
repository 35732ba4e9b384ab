package io.tollgate.metering.internal.settlement;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds logs of earlier processes that had ended, and that a database that was put back knows
 * nothing of, or less. Blocks; has no thread of its own; not safe for several.
 */
public final class ForgottenLogs {
  private static final Logger LOG = LoggerFactory.getLogger(ForgottenLogs.class);
  private final OldLogs old;

  /** Those that nothing can be done about before somebody has looked at them. */
  private final Set<UUID> passedOver = new HashSet<>();

  public ForgottenLogs(OldLogs old) {
    this.old = old;
  }

  /**
   * Takes them over again.
   *
   * @param settling logs that are being settled anyway
   * @return what settles them
   */
  public List<LogSettlement> find(Set<UUID> settling) throws IOException {
    List<LogSettlement> found = new ArrayList<>();
    for (UUID log : old.unsettled()) {
      if (!settling.contains(log) && !passedOver.contains(log)) {
        find(log, found);
      }
    }
    return List.copyOf(found);
  }

  private void find(UUID log, List<LogSettlement> found) throws IOException {
    try {
      old.again(log).ifPresentOrElse(found::add, () -> passedOver.add(log));
    } catch (DamagedLog e) {
      passedOver.add(log);
      LOG.error("log {} cannot be settled again: {}", log, e.getMessage());
    }
  }
}
