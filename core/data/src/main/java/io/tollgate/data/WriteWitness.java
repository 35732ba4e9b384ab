package io.tollgate.data;

import java.util.concurrent.Callable;

/**
 * Is there in every write transaction of a piece of work, so that what is to be written with each
 * change cannot be forgotten where the change is made.
 */
public interface WriteWitness {
  /** A transaction has begun, or has begun again after it was rolled back. */
  void begun(Transaction transaction);

  /** The body of the transaction is done, and it is about to be committed. */
  void ending(Transaction transaction);

  /**
   * Does a piece of work under a witness: it sees the write transactions of this thread. A witness
   * that was there before sees them no more until the work is done.
   */
  static <T> T during(WriteWitness witness, Callable<T> work) throws Exception {
    return ScopedValue.where(BoundWitness.BOUND, witness).call(work::call);
  }
}
