package io.tollgate.insight;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;

/**
 * Compares the log of requests with the books, and sets the log right where it lacks what the books
 * have. Safe for use by many threads.
 */
public interface LogComparisons {
  /**
   * Compares a day now. Blocking.
   *
   * @param day UTC
   * @return every tenant's, by tenant and currency
   * @throws io.tollgate.ground.Refusal {@code UNAVAILABLE} when the log is away, or there is none
   */
  List<ComparedDay> compare(LocalDate day);

  /**
   * What was found, the newest days first.
   *
   * @param differing only where both do not say the same
   */
  ListPage<ComparedDay> list(
      Transaction transaction, OptionalLong tenant, boolean differing, ListRequest request);
}
