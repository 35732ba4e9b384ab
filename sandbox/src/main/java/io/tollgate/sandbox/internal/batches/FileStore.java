package io.tollgate.sandbox.internal.batches;

import io.tollgate.sandbox.internal.exchange.Owner;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Files that callers have sent and batches have made, on disk. Thread-safe. */
final class FileStore {
  private static final int MAX_FILES = 1000;

  /** What is known of a file. */
  record Kept(
      String id, Owner owner, String name, String purpose, long bytes, long createdSeconds) {
    String json() {
      return JsonBody.object()
          .put("id", id)
          .put("object", "file")
          .put("bytes", bytes)
          .put("created_at", createdSeconds)
          .putNull("expires_at")
          .put("filename", name)
          .put("purpose", purpose)
          .put("status", "processed")
          .putNull("status_details")
          .toString();
    }
  }

  private final Path folder;
  private final Map<String, Kept> byId = new ConcurrentHashMap<>();

  FileStore(Path folder) {
    this.folder = folder;
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(one -> one.toString().endsWith(".json")).toList()) {
          read(Files.readString(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void read(String text) {
    JsonNode json;
    try {
      json = JsonBody.tree(text);
    } catch (JacksonException e) {
      // torn by a kill: whoever sent it was not answered
      return;
    }
    Kept kept =
        new Kept(
            json.path("id").asString(),
            new Owner(json.path("owner").asString()),
            json.path("name").asString(),
            json.path("purpose").asString(),
            json.path("bytes").asLong(),
            json.path("created").asLong());
    byId.put(kept.id(), kept);
  }

  /** Keeps a file; one of the same id is replaced. */
  void put(Kept kept, byte[] content) {
    if (byId.size() >= MAX_FILES && !byId.containsKey(kept.id())) {
      throw Problem.invalid(
          "file", "", "Too many files are kept (expected: < " + MAX_FILES + "); delete some.");
    }
    String json =
        JsonBody.object()
            .put("id", kept.id())
            .put("owner", kept.owner().mark())
            .put("name", kept.name())
            .put("purpose", kept.purpose())
            .put("bytes", kept.bytes())
            .put("created", kept.createdSeconds())
            .toString();
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(kept.id() + ".content"), content);
      Path made = folder.resolve(kept.id() + ".new");
      Files.writeString(made, json);
      Files.move(made, folder.resolve(kept.id() + ".json"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byId.put(kept.id(), kept);
  }

  Optional<Kept> find(String id, Owner owner) {
    return Optional.ofNullable(byId.get(id)).filter(kept -> kept.owner().equals(owner));
  }

  List<Kept> of(Owner owner) {
    return byId.values().stream()
        .filter(kept -> kept.owner().equals(owner))
        .sorted(Comparator.comparing(Kept::createdSeconds).thenComparing(Kept::id).reversed())
        .toList();
  }

  byte[] content(Kept kept) {
    try {
      return Files.readAllBytes(folder.resolve(kept.id() + ".content"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(Kept kept) {
    byId.remove(kept.id());
    try {
      Files.deleteIfExists(folder.resolve(kept.id() + ".json"));
      Files.deleteIfExists(folder.resolve(kept.id() + ".content"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
