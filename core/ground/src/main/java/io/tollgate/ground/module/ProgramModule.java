package io.tollgate.ground.module;

/** A module that is open in this process. */
public interface ProgramModule extends AutoCloseable {
  /** What it offers to the program while it is open; the same at every call. */
  default Offers offers() {
    return Offers.NONE;
  }

  /**
   * Ends what it runs. Called once, when no server listens any more, before the modules are closed
   * that it was opened from.
   */
  @Override
  default void close() {}
}
