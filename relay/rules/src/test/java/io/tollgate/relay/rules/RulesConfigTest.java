package io.tollgate.relay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesConfigTest {
  private static final List<Setting<?>> KNOWN = new ArrayList<>();

  static {
    KNOWN.addAll(CacheConfig.settings());
    KNOWN.addAll(FilterConfig.settings());
    KNOWN.addAll(PromptConfig.settings());
  }

  @Test
  void defaults() {
    Settings none = settings(Map.of());
    assertThat(CacheConfig.from(none)).isEqualTo(new CacheConfig(64, 1 << 20, 1 << 20));
    assertThat(FilterConfig.from(none)).isEqualTo(new FilterConfig(4 << 20));
    assertThat(PromptConfig.from(none)).isEqualTo(new PromptConfig(262_144, 1_000, 32));
  }

  @Test
  void every_setting_has_its_name() {
    Settings all =
        settings(
            Map.of(
                "relay.cache.memory.mib", "1",
                "relay.cache.answer.bytes.max", "2048",
                "relay.cache.request.bytes.max", "3072",
                "relay.filter.bytes.max", "4096",
                "relay.prompts.bytes.max", "5",
                "relay.prompts.waiting.max", "6",
                "relay.prompts.memory.mib", "7"));
    assertThat(CacheConfig.from(all)).isEqualTo(new CacheConfig(1, 2_048, 3_072));
    assertThat(FilterConfig.from(all)).isEqualTo(new FilterConfig(4_096));
    assertThat(PromptConfig.from(all)).isEqualTo(new PromptConfig(5, 6, 7));
  }

  private static Settings settings(Map<String, String> flags) {
    return Settings.merge(KNOWN, Map.of(), flags, Map.of(), Map.of(), "tollgate.yaml");
  }
}
