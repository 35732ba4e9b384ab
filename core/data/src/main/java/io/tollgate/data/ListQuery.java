package io.tollgate.data;

/**
 * Reads a part of one list. Every list has one order, in which its cursors go on, and an index that
 * serves it.
 *
 * @param <F> which rows are in it
 * @param <T> a row
 */
@FunctionalInterface
public interface ListQuery<F, T> {
  /**
   * The part that is asked for, in the caller's transaction.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when the cursor is not one of this
   *     list
   */
  ListPage<T> page(Transaction transaction, F filter, ListRequest request);
}
