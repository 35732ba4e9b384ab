package io.tollgate.identity;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The administrators' log: who changed what, from what to what, when and from where; and who signed
 * in and out, or tried to. Safe for use by many threads.
 */
public interface AdminChanges {
  /**
   * Does what an administrator has asked for. Each transaction that changes a watched table has its
   * row written with it; what changes none, and was done by a known administrator, has a row of its
   * own afterwards.
   */
  <T> T noting(AdminAct act, Callable<T> work) throws Exception;

  /**
   * Writes down that something was refused. A bounded number of them in a minute; more are counted
   * by the metric only.
   *
   * @param username that was given where nobody is known: it is shown in part when it is no
   *     administrator's
   */
  void refused(AdminAct act, Optional<String> username, ErrorCode code);

  /** The newest first. */
  ListPage<AdminChange> list(
      Transaction transaction, AdminChangeFilter filter, ListRequest request);

  /** Counts the rows of a time; of administrators and actions the 100 with the most. */
  AdminChangeSums sums(Transaction transaction, Instant start, Instant end);
}
