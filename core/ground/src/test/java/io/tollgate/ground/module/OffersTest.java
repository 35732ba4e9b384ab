package io.tollgate.ground.module;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.config.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;

class OffersTest {
  @Test
  void offers_are_found_by_the_type_they_were_made_as_in_their_order() {
    Offers offers =
        Offers.of(String.class, "a").and(Integer.class, 1).and(String.class, List.of("b", "c"));
    assertThat(offers.all(String.class)).containsExactly("a", "b", "c");
    assertThat(offers.all(Integer.class)).containsExactly(1);
    assertThat(offers.all(CharSequence.class)).isEmpty();
    assertThat(Offers.of(CharSequence.class, "d").and(offers).all(String.class)).hasSize(3);
  }

  @Test
  void an_entry_keeps_what_it_was_given() {
    Setting<Integer> port = Setting.port("gift.port", 1, "Port.");
    ModuleEntry<Gifts> entry =
        ModuleEntry.of(Gifts.class, _ -> new Gifts())
            .inRole("gifts")
            .with(List.of(port))
            .retiring("gift.portt", "gift.port")
            .stating(String.class, List.of("a check"));
    assertThat(entry.role()).contains("gifts");
    assertThat(entry.isInEveryProcess()).isFalse();
    assertThat(entry.settings()).containsExactly(port);
    assertThat(entry.retired()).containsEntry("gift.portt", "gift.port");
    assertThat(entry.facts().all(String.class)).containsExactly("a check");
    assertThat(entry.inEveryProcess().role()).isEmpty();
    assertThat(entry.inEveryProcess().isInEveryProcess()).isTrue();
  }

  private static final class Gifts implements ProgramModule {}
}
