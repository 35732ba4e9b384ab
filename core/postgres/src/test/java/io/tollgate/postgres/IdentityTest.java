package io.tollgate.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.postgres.internal.ServerLaunch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server refuses to run as root; whoever we are, it has to run. */
@Tag("slow")
class IdentityTest {
  @TempDir Path folder;
  @TempDir Path programs;

  @Test
  void it_runs_as_a_plain_user() throws Exception {
    if (!weAreRoot()) {
      try (Keeper keeper = Keeper.start(folder)) {
        assertAnswers(keeper);
      }
      return;
    }
    ServerLaunch.Outcome user =
        ServerLaunch.run(List.of("unshare", "-U", "--map-user=1000", "id", "-u"));
    assumeTrue(user.output().equals("1000"), "no other user to be had here");
    try (Keeper keeper =
        Keeper.start(folder, "unshare", "-U", "--map-user=1000", "--map-group=1000")) {
      assertAnswers(keeper);
    }
  }

  @Test
  void it_runs_as_root() throws Exception {
    assumeTrue(weAreRoot(), "we are not root");
    try (Keeper keeper = Keeper.start(folder)) {
      assertAnswers(keeper);
    }
  }

  @Test
  void it_runs_as_root_where_there_are_no_namespaces() throws Exception {
    assumeTrue(weAreRoot(), "we are not root");
    for (String name : List.of("setpriv", "id", "true")) {
      Optional<Path> found = onPath(name);
      assumeTrue(found.isPresent(), name + " is not there");
      Files.createSymbolicLink(programs.resolve(name), found.get());
    }
    // as if the machine had no unshare
    try (Keeper keeper = Keeper.start(folder, "/usr/bin/env", "PATH=" + programs)) {
      assertAnswers(keeper);
    }
  }

  private void assertAnswers(Keeper keeper) throws Exception {
    assertThat(keeper.isReady()).as(keeper.answer()).isTrue();
    String password = password();
    try (var connection = Samples.connect(keeper.port(), password)) {
      assertThat(connection.isValid(2)).isTrue();
    }
  }

  private String password() throws IOException {
    return Files.readString(folder.resolve("postgres/superuser.password")).strip();
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static boolean weAreRoot() {
    return ServerLaunch.run(List.of("id", "-u")).output().equals("0");
  }
}
