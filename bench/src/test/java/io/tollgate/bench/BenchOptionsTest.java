package io.tollgate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {
  @Test
  void without_a_part_everything_is_measured() {
    BenchOptions options = BenchOptions.parse(List.of("report", "--", "java", "-version"));
    assertThat(options.parts()).containsExactly(BenchPart.values());
    assertThat(options.workloads())
        .containsExactly(Workload.P1, Workload.P1H, Workload.P2, Workload.P2_400, Workload.P4);
    assertThat(options.report()).isEqualTo(Path.of("report"));
    assertThat(options.program()).containsExactly("java", "-version");
    assertThat(options.rounds()).isEqualTo(3);
    assertThat(options.records()).isEqualTo(1_000_000);
  }

  @Test
  void parts_and_numbers_are_taken_in_either_form() {
    BenchOptions options =
        BenchOptions.parse(
            List.of("report", "p2", "--rounds", "1", "p5", "--charges=1000", "--", "java"));
    assertThat(options.parts()).containsExactly(BenchPart.P2, BenchPart.P5);
    assertThat(options.workloads()).containsExactly(Workload.P2, Workload.P2_400);
    assertThat(options.rounds()).isEqualTo(1);
    assertThat(options.charges()).isEqualTo(1_000);
  }

  @Test
  void what_is_not_known_is_refused() {
    assertThatThrownBy(() -> BenchOptions.parse(List.of("report", "p3", "--", "java")))
        .hasMessage(
            "bench: p3 (expected: p1, p1h, p1t, p2, p4, p5, p6, p7, p8, p9, p10, p12, or none for all)");
    assertThatThrownBy(() -> BenchOptions.parse(List.of("report", "--rounds", "0", "--", "java")))
        .hasMessage("bench: --rounds 0 (expected: a number >= 1)");
    assertThatThrownBy(() -> BenchOptions.parse(List.of("report", "--rounds", "--", "java")))
        .hasMessage("bench: --rounds  (expected: a number >= 1)");
    assertThatThrownBy(() -> BenchOptions.parse(List.of("report", "--threads", "2", "--", "java")))
        .hasMessageStartingWith("bench: --threads (expected: one of ");
  }
}
