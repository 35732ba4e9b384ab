package io.tollgate.sandbox.internal.content;

import io.tollgate.sandbox.internal.steering.Finish;
import io.tollgate.sandbox.internal.steering.Steering;
import io.tollgate.sandbox.internal.steering.Steering.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans one choice of an answer. */
final class ChoicePlan {
  private static final int SHORTEST = 16;
  private static final int LENGTHS = 32;

  private final Question question;
  private final Steering steering;
  private final TokenCounter counter;
  private final int index;
  private final long seed;
  private final Optional<Finish> steered;

  ChoicePlan(Question question, Steering steering, TokenCounter counter, int index) {
    this.question = question;
    this.steering = steering;
    this.counter = counter;
    this.index = index;
    this.seed = index == 0 ? question.prompt().seed() : Seeds.mix(question.prompt().seed() + index);
    this.steered = steering.finish();
  }

  Choice choice() {
    if (steered.equals(Optional.of(Finish.BLOCKED))) {
      return new Choice(index, List.of(), 0, 0, Finish.BLOCKED, Optional.empty());
    }
    List<Content> full = content();
    int reasoning = steering.get(Key.REASONING_TOKENS, question.thinking().natural(seed));
    int natural = full.stream().mapToInt(part -> part.head() + part.pieces()).sum();
    int total = steering.get(Key.OUTPUT_TOKENS).orElse(natural + reasoning);
    if (reasoning > total) {
      throw Steering.misfit(Key.REASONING_TOKENS, reasoning, "at most output_tokens, " + total);
    }
    int billed = Math.min(total, question.outputLimit().orElse(Integer.MAX_VALUE));
    int hidden = Math.min(reasoning, billed);
    List<Content> shown = new ArrayList<>();
    if (hidden > 0) {
      shown.add(new Content.Thought(Seeds.mix(seed ^ 1), hidden));
    }
    Optional<Choice> stopped =
        full.getFirst() instanceof Content.Prose && !question.stops().isEmpty()
            ? stopped(shown, billed - hidden, hidden)
            : Optional.empty();
    if (stopped.isPresent()) {
      return stopped.get();
    }
    fit(full, billed < total ? billed - hidden : Integer.MAX_VALUE, billed - hidden, shown);
    return new Choice(index, shown, billed, hidden, finish(full, billed < total), stop());
  }

  private List<Content> content() {
    ToolUse tools = question.tools();
    int calls = steering.get(Key.TOOL_CALLS, 0);
    boolean wanted = calls > 0 || steered.equals(Optional.of(Finish.TOOL_CALLS));
    if (wanted && tools.offered().isEmpty()) {
      throw Steering.misfit(Key.TOOL_CALLS, Math.max(calls, 1), "only where tools are offered");
    }
    if (wanted || tools.called().isPresent() && steered.isEmpty()) {
      return calls(tools.parallel() ? Math.max(calls, 1) : 1);
    }
    if (tools.called().isPresent() && !steered.equals(Optional.of(Finish.REFUSAL))) {
      return calls(1);
    }
    if (question.schema().isPresent() && !steered.equals(Optional.of(Finish.REFUSAL))) {
      return List.of(
          new Content.Text(counter.pieces(SampleJson.object(question.schema().get(), seed))));
    }
    int length = SHORTEST + (int) Long.remainderUnsigned(seed, LENGTHS);
    return List.of(
        steered.equals(Optional.of(Finish.REFUSAL))
            ? new Content.Refusal(seed, length)
            : new Content.Prose(seed, length));
  }

  private List<Content> calls(int count) {
    List<Tool> offered = question.tools().offered();
    int first = question.tools().called().map(offered::indexOf).orElse(0);
    List<Content> calls = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Tool tool = offered.get((first + i) % offered.size());
      long own = i == 0 ? seed : Seeds.mix(seed ^ (i + 1));
      calls.add(
          new Content.Call(
              own,
              tool.name(),
              counter.count(tool.name()),
              counter.pieces(SampleJson.object(tool.parameters(), own)),
              true));
    }
    return calls;
  }

  /** What of the parts fits into so many tokens; words made up fill them exactly. */
  private static void fit(List<Content> full, int max, int exactly, List<Content> shown) {
    int left = max;
    for (Content part : full) {
      switch (part) {
        case Content.Prose prose -> shown.add(new Content.Prose(prose.seed(), exactly));
        case Content.Refusal refusal -> shown.add(new Content.Refusal(refusal.seed(), exactly));
        case Content.Thought thought -> shown.add(thought);
        case Content.Text text -> shown.add(text.first(left));
        case Content.Call call -> {
          if (left > 0 || part == full.getFirst()) {
            shown.add(call.first(Math.max(0, left - call.head())));
            left -= Math.min(left, call.head() + call.pieces());
          }
        }
      }
    }
  }

  private Finish finish(List<Content> full, boolean cut) {
    if (steered.isPresent()) {
      return steered.get();
    }
    if (cut) {
      return Finish.LENGTH;
    }
    return full.getFirst() instanceof Content.Call ? Finish.TOOL_CALLS : Finish.STOP;
  }

  private Optional<String> stop() {
    return steered
        .filter(finish -> finish == Finish.STOP_SEQUENCE)
        .flatMap(finish -> question.stops().stream().findFirst());
  }

  /** The words up to the first stop among them, if there is one. */
  private Optional<Choice> stopped(List<Content> thought, int max, int hidden) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < max; i++) {
      text.append(Words.at(seed, i));
      for (String stop : question.stops()) {
        int at = text.indexOf(stop);
        if (at >= 0) {
          List<String> pieces = counter.pieces(text.substring(0, at));
          List<Content> parts = new ArrayList<>(thought);
          parts.add(new Content.Text(pieces));
          return Optional.of(
              new Choice(
                  index,
                  parts,
                  hidden + pieces.size(),
                  hidden,
                  steered.orElse(Finish.STOP_SEQUENCE),
                  Optional.of(stop)));
        }
      }
    }
    return Optional.empty();
  }
}
