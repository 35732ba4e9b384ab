package io.tollgate.tests.crash;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Callers wait here while there is nobody to call. */
final class Gate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean open;
  private boolean over;

  void open() {
    set(true, false);
  }

  void shut() {
    set(false, false);
  }

  /** Nobody waits any more. */
  void end() {
    set(false, true);
  }

  /** Waits until it is open; false when it is over. */
  boolean pass() throws InterruptedException {
    lock.lock();
    try {
      while (!open && !over) {
        changed.await();
      }
      return !over;
    } finally {
      lock.unlock();
    }
  }

  private void set(boolean nowOpen, boolean nowOver) {
    lock.lock();
    try {
      open = nowOpen;
      over = nowOver || over;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
