package io.tollgate.sandbox.internal.jobs;

import io.tollgate.sandbox.internal.exchange.Owner;
import io.tollgate.sandbox.internal.json.JsonBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Jobs in a folder, a file each, replaced as a whole. */
final class JobFiles {
  private final Path folder;

  JobFiles(Path folder) {
    this.folder = folder;
  }

  void write(Job job) {
    ObjectNode json =
        JsonBody.object()
            .put("id", job.id())
            .put("owner", job.owner().mark())
            .put("attempt", job.attempt())
            .put("created_ms", job.createdMs())
            .put("takes_ms", job.takesMs())
            .put("ended_ms", job.endedMs())
            .put("state", job.state().name());
    json.set("document", job.document());
    try {
      Files.createDirectories(folder);
      Path made = folder.resolve(job.id() + ".new");
      Files.writeString(made, json.toString());
      Files.move(made, file(job.id()), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String id) {
    try {
      Files.deleteIfExists(file(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All jobs there are; a file that a kill has torn is passed over. */
  List<Job> read() {
    List<Job> jobs = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return jobs;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".json")).toList()) {
        read(Files.readString(file, StandardCharsets.UTF_8), jobs);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jobs;
  }

  private static void read(String text, List<Job> jobs) {
    JsonNode json;
    try {
      json = JsonBody.tree(text);
    } catch (JacksonException e) {
      return;
    }
    if (json.path("document") instanceof ObjectNode document) {
      jobs.add(
          new Job(
              json.path("id").asString(),
              new Owner(json.path("owner").asString()),
              json.path("attempt").asLong(),
              json.path("created_ms").asLong(),
              Math.max(1, json.path("takes_ms").asLong(Job.TAKES_MS)),
              json.path("ended_ms").asLong(),
              Job.State.valueOf(json.path("state").asString()),
              document));
    }
  }

  private Path file(String id) {
    return folder.resolve(id + ".json");
  }
}
