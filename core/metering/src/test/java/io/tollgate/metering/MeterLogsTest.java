package io.tollgate.metering;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.internal.meterlog.LogSamples;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeterLogsTest {
  @Test
  void a_sound_log_is_told_record_by_record(@TempDir Path folder) throws Exception {
    LogSamples.write(folder, 5);

    StringWriter out = new StringWriter();

    assertThat(MeterLogs.describe(folder, new PrintWriter(out))).isTrue();
    assertThat(out.toString().lines()).hasSize(8);
    assertThat(out.toString()).contains("intent ", "5 records", "not closed; ends in 00000001");
  }

  @Test
  void a_hole_is_told_with_both_places(@TempDir Path folder) throws Exception {
    LogSamples.write(folder, 5);
    Path segment = folder.resolve("00000001.meterlog");
    byte[] data = Files.readAllBytes(segment);
    data[128 + 60] ^= 1;
    Files.write(segment, data);

    StringWriter out = new StringWriter();

    assertThat(MeterLogs.describe(segment, new PrintWriter(out))).isFalse();
    assertThat(out.toString())
        .contains("hole: record 1 is missing or damaged in 00000001.meterlog at byte 128; 4 valid");
  }
}
