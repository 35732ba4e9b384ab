package io.tollgate.postgres.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmasterTest {
  @TempDir Path cluster;

  @Test
  void without_a_file_there_is_none() {
    assertThat(Postmaster.read(cluster)).isEmpty();
  }

  @Test
  void a_file_that_is_being_written_tells_nothing_yet() throws IOException {
    write("");
    assertThat(Postmaster.read(cluster)).isEmpty();
    write("12");
    assertThat(Postmaster.read(cluster)).hasValueSatisfying(p -> assertThat(p.ready()).isFalse());
  }

  @Test
  void it_says_when_the_server_is_ready() throws IOException {
    write("4242\n/data\n1700000000\n5432\n\n127.0.0.1\n  1  2\nready   \n");
    assertThat(Postmaster.read(cluster)).contains(new Postmaster(4242, cluster, 5432, true));
  }

  @Test
  void a_living_process_that_is_no_server_of_this_cluster_does_not_count() {
    long us = ProcessHandle.current().pid();
    assertThat(new Postmaster(us, cluster, 5432, true).isAlive()).isFalse();
  }

  private void write(String text) throws IOException {
    Files.writeString(cluster.resolve("postmaster.pid"), text);
  }
}
