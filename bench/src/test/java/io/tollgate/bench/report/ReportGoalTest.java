package io.tollgate.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportGoalTest {
  @Test
  void what_is_missing_does_not_reach_its_goal() {
    assertThat(ReportGoal.atMost("P1", "", 2, Double.NaN).reached()).isFalse();
    assertThat(ReportGoal.atMost("P1", "", 2, 0).reached()).isFalse();
    assertThat(ReportGoal.atMost("P1", "", 2, 2.01).reached()).isFalse();
    assertThat(ReportGoal.atMost("P1", "", 2, 2).reached()).isTrue();
    assertThat(ReportGoal.atLeast("P5", "", 40_000, Double.NaN, "").reached()).isFalse();
    assertThat(ReportGoal.atLeast("P5", "", 40_000, 40_000, "").reached()).isTrue();
    assertThat(ReportGoal.below("P8", "", 10, Double.NaN, "").reached()).isFalse();
    assertThat(ReportGoal.below("P8", "", 10, 10, "").reached()).isFalse();
    assertThat(ReportGoal.below("P8", "", 10, 9.9, "").reached()).isTrue();
  }

  @Test
  void goals_of_all_pages_are_gathered(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("p1.md"),
        "# P1\n\n" + ReportGoal.table(List.of(ReportGoal.atMost("P1", "a", 2, 3))));
    Files.writeString(
        folder.resolve("p8.md"),
        ReportGoal.table(List.of(ReportGoal.below("P8", "b", 10, 4, " s"))));
    Files.writeString(folder.resolve("profile-p1.md"), "| P1 | not a goal |\n");
    ReportGoal.gather(folder);
    assertThat(Files.readAllLines(folder.resolve("goals.md")))
        .containsSubsequence(
            "| [P1](p1.md) | a | ≤ 2.0 × | 3.00 × | **no** |",
            "| [P8](p8.md) | b | < 10.0 s | 4.0 s | yes |");
  }
}
