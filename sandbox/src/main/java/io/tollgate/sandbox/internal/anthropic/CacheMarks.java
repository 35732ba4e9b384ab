package io.tollgate.sandbox.internal.anthropic;

import io.tollgate.sandbox.internal.content.PromptCount;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The places up to which a prompt shall be kept in the cache. */
final class CacheMarks {
  private static final int MAX_MARKS = 4;

  /** So many tokens, which that seed stands for, for five minutes or an hour. */
  record Mark(int tokens, long seed, boolean forHour) {}

  private final PromptCount count;
  private final List<Mark> marks = new ArrayList<>();

  CacheMarks(PromptCount count) {
    this.count = count;
  }

  /** Marks what was read so far, if the block just read says so. */
  void after(JsonNode block, String where) {
    String at = where.isEmpty() ? "cache_control" : where + ".cache_control";
    Optional<JsonNode> control = JsonFields.object(block, "cache_control", at);
    if (control.isEmpty()) {
      return;
    }
    if (!JsonFields.text(control.get(), "type", at + ".type").equals("ephemeral")) {
      throw Problem.invalid(at, at + ".type: Input should be 'ephemeral'");
    }
    String life = JsonFields.word(control.get(), "ttl", at + ".ttl", List.of("5m", "1h"));
    boolean forHour = life.equals("1h");
    if (forHour && marks.stream().anyMatch(mark -> !mark.forHour)) {
      throw Problem.invalid(
          at, at + ": a ttl='1h' block must not come after a ttl='5m' cache_control block");
    }
    marks.add(new Mark(count.tokens(), count.seed(), forHour));
    if (marks.size() > MAX_MARKS) {
      throw Problem.invalid(
          at,
          "A maximum of "
              + MAX_MARKS
              + " blocks with cache_control may be provided. Found "
              + marks.size()
              + " or more.");
    }
  }

  List<Mark> marks() {
    return marks;
  }

  boolean anyForHour() {
    return marks.stream().anyMatch(Mark::forHour);
  }
}
