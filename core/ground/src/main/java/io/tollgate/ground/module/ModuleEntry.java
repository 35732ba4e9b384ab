package io.tollgate.ground.module;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A module as the program's list names it: what is known of it before it is opened, and how it is.
 * Immutable.
 *
 * <pre>{@code
 * public static final ModuleEntry<GiftModule> ENTRY =
 *     ModuleEntry.of(GiftModule.class, GiftModule::open)
 *         .with(GiftConfig.settings())
 *         .stating(AuditCheck.class, List.of(new GiftCheck()));
 * }</pre>
 *
 * @param <M> what is opened
 */
public final class ModuleEntry<M extends ProgramModule> {
  /** When the program opens a module by itself. */
  private enum Opened {
    WHEN_ANOTHER_NEEDS_IT,
    IN_EVERY_PROCESS,
    IN_ITS_ROLE
  }

  private final Class<M> type;
  private final Function<ModuleSite, M> opener;
  private final Opened opened;
  private final Optional<String> role;
  private final List<Setting<?>> settings;
  private final Map<String, String> retired;
  private final Offers facts;

  private ModuleEntry(
      Class<M> type,
      Function<ModuleSite, M> opener,
      Opened opened,
      Optional<String> role,
      List<Setting<?>> settings,
      Map<String, String> retired,
      Offers facts) {
    this.type = requireNonNull(type, "type is null");
    this.opener = requireNonNull(opener, "opener is null");
    this.opened = opened;
    this.role = role;
    this.settings = List.copyOf(settings);
    this.retired = Map.copyOf(retired);
    this.facts = facts;
  }

  /** A module that is opened when another needs it. */
  public static <M extends ProgramModule> ModuleEntry<M> of(
      Class<M> type, Function<ModuleSite, M> opener) {
    return new ModuleEntry<>(
        type,
        opener,
        Opened.WHEN_ANOTHER_NEEDS_IT,
        Optional.empty(),
        List.of(),
        Map.of(),
        Offers.NONE);
  }

  /** The same, opened in every process that serves. */
  public ModuleEntry<M> inEveryProcess() {
    return new ModuleEntry<>(
        type, opener, Opened.IN_EVERY_PROCESS, Optional.empty(), settings, retired, facts);
  }

  /** The same, opened in processes with that role, e.g. {@code --roles=gateway}. */
  public ModuleEntry<M> inRole(String name) {
    return new ModuleEntry<>(
        type, opener, Opened.IN_ITS_ROLE, Optional.of(name), settings, retired, facts);
  }

  /** The same with settings. */
  public ModuleEntry<M> with(List<? extends Setting<?>> more) {
    List<Setting<?>> all = new ArrayList<>(settings);
    all.addAll(more);
    return new ModuleEntry<>(type, opener, opened, role, all, retired, facts);
  }

  /** The same with a setting that is no longer used, and what to use instead. */
  public ModuleEntry<M> retiring(String name, String instead) {
    Map<String, String> all = new TreeMap<>(retired);
    all.put(name, instead);
    return new ModuleEntry<>(type, opener, opened, role, settings, all, facts);
  }

  /** The same with facts that are known of it without opening it, such as audit checks. */
  public <T> ModuleEntry<M> stating(Class<T> fact, List<? extends T> more) {
    return new ModuleEntry<>(type, opener, opened, role, settings, retired, facts.and(fact, more));
  }

  public Class<M> type() {
    return type;
  }

  /** The role in whose processes it is opened, where it has one. */
  public Optional<String> role() {
    return role;
  }

  public boolean isInEveryProcess() {
    return opened == Opened.IN_EVERY_PROCESS;
  }

  public List<Setting<?>> settings() {
    return settings;
  }

  /** Names of settings that are no longer used, each with what to use instead. */
  public Map<String, String> retired() {
    return retired;
  }

  public Offers facts() {
    return facts;
  }

  /** Opens it. Throws what its opener throws, with nothing left open. */
  public M open(ModuleSite site) {
    return opener.apply(site);
  }
}
