package io.tollgate.app;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Settings;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The modules of this process: each is opened once, after those that it asks for, and closed in the
 * opposite order. For use by one thread.
 */
final class OpenModules implements ModuleSite, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenModules.class);

  private final ProcessParts parts;
  private final Map<Class<?>, ModuleEntry<?>> entries = new LinkedHashMap<>();
  private final Map<Class<?>, ProgramModule> open = new LinkedHashMap<>();
  private final Set<Class<?>> opening = new LinkedHashSet<>();
  private final Map<Class<?>, Object> facilities = new HashMap<>();

  OpenModules(ProcessParts parts, List<ModuleEntry<?>> list) {
    this.parts = requireNonNull(parts, "parts is null");
    for (ModuleEntry<?> entry : list) {
      if (entries.put(entry.type(), entry) != null) {
        throw new IllegalArgumentException(
            entry.type().getSimpleName() + " is in the list twice (expected: once)");
      }
    }
  }

  /**
   * What a process has, whatever its modules are.
   *
   * @param dataDirectory this process holds its lock
   */
  record ProcessParts(Settings settings, SecureRandom random, Path dataDirectory) {}

  /** Adds something that a process has one of. */
  <T> OpenModules with(Class<T> type, T facility) {
    facilities.put(type, facility);
    return this;
  }

  /** Opens those of the list that are wanted, in its order. */
  void open(Predicate<ModuleEntry<?>> wanted) {
    entries.values().stream().filter(wanted).forEach(entry -> module(entry.type()));
  }

  /** What the open modules offer, in the order in which they were opened. */
  <T> List<T> offers(Class<T> type) {
    Offers all = Offers.NONE;
    for (ProgramModule module : open.values()) {
      all = all.and(module.offers());
    }
    return all.all(type);
  }

  @Override
  public <M extends ProgramModule> M module(Class<M> type) {
    Optional<M> known = ifOpen(type);
    if (known.isPresent()) {
      return known.get();
    }
    ModuleEntry<?> entry = entries.get(type);
    if (entry == null) {
      throw new IllegalStateException(
          type.getSimpleName() + " is not in the list of modules (expected: an entry there)");
    }
    if (!opening.add(type)) {
      throw new IllegalStateException(
          "modules ask for each other: "
              + String.join(", ", opening.stream().map(Class::getSimpleName).toList()));
    }
    try {
      M module = type.cast(entry.open(this));
      open.put(type, module);
      return module;
    } finally {
      opening.remove(type);
    }
  }

  @Override
  public <M extends ProgramModule> Optional<M> ifOpen(Class<M> type) {
    return Optional.ofNullable(type.cast(open.get(type)));
  }

  @Override
  public Settings settings() {
    return parts.settings();
  }

  @Override
  public SecureRandom random() {
    return parts.random();
  }

  @Override
  public Path dataDirectory() {
    return parts.dataDirectory();
  }

  @Override
  public <T> T facility(Class<T> type) {
    Object facility = facilities.get(type);
    if (facility == null) {
      throw new IllegalStateException("this process has no " + type.getSimpleName());
    }
    return type.cast(facility);
  }

  /** Closes, when it is closed, the modules that were opened after this call. */
  AutoCloseable sinceNow() {
    int before = open.size();
    return () -> closeAllBut(before);
  }

  @Override
  public void close() {
    closeAllBut(0);
  }

  private void closeAllBut(int first) {
    List<ProgramModule> closing = new ArrayList<>(open.values()).subList(first, open.size());
    for (ProgramModule module : closing.reversed()) {
      open.values().remove(module);
      try {
        module.close();
      } catch (RuntimeException e) {
        LOG.atError().setCause(e).addKeyValue("module", module.getClass()).log("did not close");
      }
    }
  }
}
