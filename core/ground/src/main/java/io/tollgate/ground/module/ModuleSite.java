package io.tollgate.ground.module;

import io.tollgate.ground.config.Settings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Where a module is opened: what this process has, and the modules below. Used while opening, on
 * one thread.
 */
public interface ModuleSite {
  Settings settings();

  SecureRandom random();

  /** The data directory; this process holds its lock. */
  Path dataDirectory();

  /**
   * Something that a process has one of, such as its registry of meters.
   *
   * @throws IllegalStateException when it has none
   */
  <T> T facility(Class<T> type);

  /**
   * A module, opened now when it is not open yet.
   *
   * @throws IllegalStateException when it is not in the program's list, or is itself being opened
   */
  <M extends ProgramModule> M module(Class<M> type);

  /** A module where it is open already: what stands before this one in the program's list. */
  <M extends ProgramModule> Optional<M> ifOpen(Class<M> type);
}
