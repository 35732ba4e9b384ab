package io.tollgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.config.Settings;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class OpenModulesTest {
  private final List<String> seen = new ArrayList<>();

  @Test
  void a_module_is_opened_once_after_what_it_asks_for_and_closed_before_it() {
    OpenModules modules =
        modules(
            entry(Upper.class, site -> new Upper(site.module(Middle.class), site)).inRole("up"),
            entry(Middle.class, site -> new Middle(site.module(Lower.class))),
            entry(Lower.class, _ -> new Lower()).inEveryProcess());
    modules.open(ModuleEntry::isInEveryProcess);
    modules.open(entry -> entry.role().isPresent());
    modules.open(_ -> true);
    assertThat(modules.offers(String.class)).containsExactly("lower", "middle", "upper");
    modules.close();
    modules.close();
    assertThat(seen).containsExactly("+lower", "+middle", "+upper", "-upper", "-middle", "-lower");
  }

  @Test
  void what_was_opened_since_a_point_is_closed_alone() throws Exception {
    OpenModules modules =
        modules(
            entry(Lower.class, _ -> new Lower()),
            entry(Middle.class, site -> new Middle(site.module(Lower.class))));
    Lower lower = modules.module(Lower.class);
    AutoCloseable later = modules.sinceNow();
    Middle _ = modules.module(Middle.class);
    later.close();
    assertThat(modules.ifOpen(Middle.class)).isEmpty();
    assertThat(modules.ifOpen(Lower.class)).contains(lower);
    assertThat(seen).containsExactly("+lower", "+middle", "-middle");
  }

  @Test
  void a_module_that_does_not_open_leaves_the_others_to_be_closed() {
    OpenModules modules =
        modules(
            entry(Lower.class, _ -> new Lower()),
            entry(
                Middle.class,
                site -> {
                  Lower _ = site.module(Lower.class);
                  throw new StartException("no");
                }));
    assertThatThrownBy(() -> modules.module(Middle.class)).hasMessage("no");
    assertThatThrownBy(() -> modules.module(Middle.class)).hasMessage("no");
    modules.close();
    assertThat(seen).containsExactly("+lower", "-lower");
  }

  @Test
  void modules_that_ask_for_each_other_are_refused_by_name() {
    OpenModules modules =
        modules(
            entry(Middle.class, site -> new Middle(site.module(Lower.class))),
            entry(
                Lower.class,
                site -> {
                  Middle _ = site.module(Middle.class);
                  return new Lower();
                }));
    assertThatThrownBy(() -> modules.module(Lower.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("modules ask for each other: Lower, Middle");
  }

  @Test
  void what_is_not_there_is_named() {
    OpenModules modules = modules(entry(Lower.class, _ -> new Lower()));
    assertThatThrownBy(() -> modules.module(Middle.class))
        .hasMessage("Middle is not in the list of modules (expected: an entry there)");
    assertThatThrownBy(() -> modules.facility(String.class))
        .hasMessage("this process has no String");
    assertThat(modules.with(String.class, "given").facility(String.class)).isEqualTo("given");
    assertThatThrownBy(
            () ->
                modules(entry(Lower.class, _ -> new Lower()), entry(Lower.class, _ -> new Lower())))
        .hasMessage("Lower is in the list twice (expected: once)");
  }

  private OpenModules modules(ModuleEntry<?>... entries) {
    return new OpenModules(
        new OpenModules.ProcessParts(
            Settings.merge(List.of(), Map.of(), Map.of(), Map.of(), Map.of(), "file"),
            new SecureRandom(),
            Path.of("data")),
        List.of(entries));
  }

  private static <M extends ProgramModule> ModuleEntry<M> entry(
      Class<M> type, Function<ModuleSite, M> opener) {
    return ModuleEntry.of(type, opener);
  }

  private abstract class Noted implements ProgramModule {
    private final String name;

    private Noted(String name) {
      this.name = name;
      seen.add("+" + name);
    }

    @Override
    public Offers offers() {
      return Offers.of(String.class, name);
    }

    @Override
    public void close() {
      seen.add("-" + name);
    }
  }

  private final class Lower extends Noted {
    private Lower() {
      super("lower");
    }
  }

  private final class Middle extends Noted {
    private Middle(Lower lower) {
      super("middle");
      assertThat(lower).isNotNull();
    }
  }

  private final class Upper extends Noted {
    private Upper(Middle middle, ModuleSite site) {
      super("upper");
      assertThat(site.ifOpen(Middle.class)).contains(middle);
    }
  }
}
