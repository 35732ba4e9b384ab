package io.tollgate.sandbox.internal.content;

import io.tollgate.sandbox.internal.steering.Finish;
import java.util.List;
import java.util.Optional;

/**
 * One of the answers.
 *
 * @param parts what it is made of, in order: what was thought, words, calls
 * @param tokens what it is billed, reasoning included
 * @param reasoning tokens of it that were thought
 * @param finish why it ends
 * @param stop the text that ended it
 */
public record Choice(
    int index,
    List<Content> parts,
    int tokens,
    int reasoning,
    Finish finish,
    Optional<String> stop) {
  public Choice {
    parts = List.copyOf(parts);
  }

  /** Those parts that are not thoughts. */
  public List<Content> shown() {
    return parts.stream().filter(part -> !(part instanceof Content.Thought)).toList();
  }
}
