package io.tollgate.insight.internal.store;

import java.io.IOException;

/** A file that a store is to write. Run by one thread, cancelled by another. */
public interface StoreExport {
  /** Writes it; returns when it is whole. */
  void run() throws StoreException, IOException;

  /** Nobody wants it any more: what runs ends soon, with an exception. */
  void cancel();
}
