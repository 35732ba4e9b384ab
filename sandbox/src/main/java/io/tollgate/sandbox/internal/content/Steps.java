package io.tollgate.sandbox.internal.content;

import io.tollgate.sandbox.internal.served.Kind;
import io.tollgate.sandbox.internal.served.Usage;
import java.util.ArrayList;
import java.util.List;

/**
 * The pieces of an answer in the order in which a stream tells them: part by part, the choices side
 * by side. Confined to one thread.
 */
public final class Steps {
  private final Answer answer;
  private final List<List<Content>> parts = new ArrayList<>();
  private final int[] choices;
  private final int[] partsAt;
  private final int[] positions;

  /** The steps; a stream that hides thoughts has none for them. */
  public Steps(Answer answer, boolean thoughtsShown) {
    this.answer = answer;
    int longest = 0;
    int count = 0;
    for (Choice choice : answer.choices()) {
      List<Content> told = thoughtsShown ? choice.parts() : choice.shown();
      parts.add(told);
      int pieces = told.stream().mapToInt(Content::pieces).sum();
      longest = Math.max(longest, pieces);
      count += pieces;
    }
    choices = new int[count];
    partsAt = new int[count];
    positions = new int[count];
    fill(longest);
  }

  private void fill(int longest) {
    int[] part = new int[parts.size()];
    int[] position = new int[parts.size()];
    int step = 0;
    for (int row = 0; row < longest; row++) {
      for (int choice = 0; choice < parts.size(); choice++) {
        List<Content> told = parts.get(choice);
        while (part[choice] < told.size() && position[choice] >= told.get(part[choice]).pieces()) {
          part[choice]++;
          position[choice] = 0;
        }
        if (part[choice] < told.size()) {
          choices[step] = choice;
          partsAt[step] = part[choice];
          positions[step++] = position[choice]++;
        }
      }
    }
  }

  /** How many there are. */
  public int count() {
    return choices.length;
  }

  /** The choice that a step is of. */
  public Choice choice(int step) {
    return answer.choices().get(choices[step]);
  }

  /** Which part of its choice, among those told, a step is of. */
  public int part(int step) {
    return partsAt[step];
  }

  /** The piece's position in its part. */
  public int position(int step) {
    return positions[step];
  }

  /** The part that a step is of. */
  public Content content(int step) {
    return parts.get(choices[step]).get(partsAt[step]);
  }

  /** The parts of a choice that are told. */
  public List<Content> parts(int choice) {
    return parts.get(choice);
  }

  /**
   * What was delivered with so many steps: the prompt, the pieces told and what comes before them.
   * A choice's thoughts, where they are hidden, come with its beginning.
   */
  public Usage delivered(int steps) {
    int[] told = new int[parts.size()];
    int[] thought = new int[parts.size()];
    int[] reached = new int[parts.size()];
    for (int step = 0; step < steps; step++) {
      told[choices[step]]++;
      reached[choices[step]] = partsAt[step];
      if (content(step) instanceof Content.Thought) {
        thought[choices[step]]++;
      }
    }
    long output = 0;
    long reasoning = 0;
    for (Choice choice : answer.choices()) {
      List<Content> all = parts.get(choice.index());
      boolean hidden = all.stream().noneMatch(Content.Thought.class::isInstance);
      int before = hidden ? choice.reasoning() : 0;
      for (int part = 0; part <= reached[choice.index()] && part < all.size(); part++) {
        before += all.get(part).head();
      }
      boolean whole = told[choice.index()] >= all.stream().mapToInt(Content::pieces).sum();
      output += whole ? choice.tokens() : Math.min(choice.tokens(), before + told[choice.index()]);
      reasoning += hidden || whole ? choice.reasoning() : thought[choice.index()];
    }
    return answer.usage().withOutput(output).with(Kind.REASONING_TOKENS, reasoning);
  }
}
