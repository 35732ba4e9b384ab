package io.tollgate.sandbox.internal.realtime;

import io.tollgate.sandbox.internal.content.Answer;
import io.tollgate.sandbox.internal.content.Caching;
import io.tollgate.sandbox.internal.content.Choice;
import io.tollgate.sandbox.internal.content.Content;
import io.tollgate.sandbox.internal.content.Prompt;
import io.tollgate.sandbox.internal.content.Question;
import io.tollgate.sandbox.internal.content.Steps;
import io.tollgate.sandbox.internal.content.Thinking;
import io.tollgate.sandbox.internal.exchange.Site;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.served.Attempt;
import io.tollgate.sandbox.internal.served.Journal;
import io.tollgate.sandbox.internal.served.Kind;
import io.tollgate.sandbox.internal.served.Usage;
import io.tollgate.sandbox.internal.steering.Finish;
import io.tollgate.sandbox.internal.steering.Steering;
import io.tollgate.sandbox.internal.steering.Steering.Key;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A response of a session being told, piece by piece. Spoken ones say each word in sound too, two
 * tokens of it for each of the transcript. Confined to the event loop.
 */
final class RealtimeResponse implements Journal.Written {
  private static final int SPOKEN_TOKENS_A_WORD = 2;

  private final Site site;
  private final RealtimeSession session;
  private final Conversation conversation;
  private final Steering steering;
  private final RealtimeWriter writer;
  private final Answer answer;
  private final Steps steps;
  private final Usage usage;
  private final int spoken;
  private final int audioCached;
  private Optional<Attempt> attempt = Optional.empty();
  private int sent;
  private boolean over;

  RealtimeResponse(
      Site site,
      RealtimeSession session,
      Conversation conversation,
      EventNames names,
      Steering steering,
      SessionSettings settings) {
    this.site = site;
    this.session = session;
    this.conversation = conversation;
    this.steering = steering;
    Prompt prompt = conversation.prompt(settings.before());
    int cached = conversation.cachedText() + conversation.cachedAudio();
    this.answer =
        Answer.plan(
            new Question(
                settings.model(),
                prompt,
                true,
                1,
                settings.limit(),
                settings.toolUse(prompt.lastText()),
                Optional.empty(),
                List.of(),
                Thinking.UNASKED,
                new Caching(cached, 0, 0, false)),
            steering,
            site.counter());
    this.steps = new Steps(answer, false);
    boolean speaks =
        settings.speaks()
            && answer.choices().getFirst().shown().stream()
                .noneMatch(Content.Call.class::isInstance);
    this.spoken = speaks ? SPOKEN_TOKENS_A_WORD : 0;
    long natural = Math.min(conversation.cachedAudio(), answer.cached());
    this.audioCached = steering.get(Key.CACHED_TOKENS).isPresent() ? 0 : (int) natural;
    this.usage =
        spoken(
            answer
                .usage()
                .with(Kind.CACHE_WRITE_TOKENS, 0)
                .with(Kind.AUDIO_INPUT_TOKENS, Math.min(answer.input(), prompt.audio()))
                .with(Kind.IMAGE_INPUT_TOKENS, Math.min(answer.input(), prompt.images()))
                .with(Kind.AUDIO_CACHED_TOKENS, audioCached));
    this.writer =
        new RealtimeWriter(session, names, settings, answer.choices().getFirst(), speaks, answer);
  }

  private Usage spoken(Usage words) {
    long audio = words.output() * spoken;
    return words.withOutput(words.output() + audio).with(Kind.AUDIO_OUTPUT_TOKENS, audio);
  }

  void start(String requestId) {
    site.journal().begin(requestId, answer.question().model(), usage, this);
  }

  @Override
  public void failed(Attempt begun, IOException cause) {
    begun.nothing();
    session.over();
  }

  @Override
  public void written(Attempt begun) {
    attempt = Optional.of(begun);
    if (over || session.isClosed()) {
      leave();
      return;
    }
    int latency = steering.get(Key.LATENCY_MS, 0);
    if (latency == 0) {
      begin();
    } else {
      site.vertx().setTimer(latency, fired -> begin());
    }
  }

  private void begin() {
    if (!over) {
      writer.created();
      go();
    }
  }

  private void go() {
    int pace = steering.get(Key.CHUNK_MS, 0);
    int abortAfter = steering.get(Key.ABORT_AFTER, Integer.MAX_VALUE);
    while (!over) {
      if (sent >= abortAfter) {
        leave();
        session.cut();
        return;
      }
      if (sent == steps.count()) {
        end();
        return;
      }
      writer.piece(steps, sent++);
      if (pace > 0) {
        site.vertx().setTimer(pace, fired -> go());
        return;
      }
    }
  }

  private void end() {
    over = true;
    Choice choice = answer.choices().getFirst();
    boolean cut =
        Set.of(Finish.LENGTH, Finish.CONTEXT_WINDOW, Finish.CONTENT_FILTER, Finish.BLOCKED)
            .contains(choice.finish());
    remember(choice, answer.output());
    writer.done(cut ? "incomplete" : "completed", usage);
    attempt.ifPresent(told -> told.completed(usage));
    session.over();
  }

  private void remember(Choice choice, long output) {
    List<String> calls =
        choice.shown().stream()
            .filter(Content.Call.class::isInstance)
            .map(call -> ((Content.Call) call).id("call_"))
            .toList();
    conversation.answered(writer.itemId(0), (int) output, (int) output * spoken, calls);
  }

  /** Ends it where it is; what was told by then is billed. */
  void cancel() {
    if (!over) {
      over = true;
      Usage told = spoken(delivered());
      writer.done("cancelled", told);
      attempt.ifPresent(one -> one.cut(told));
      session.over();
    }
  }

  /** Somebody speaks while it is told. */
  void interrupt() {
    if (attempt.isPresent()) {
      cancel();
    }
  }

  /** The caller has gone. */
  void leave() {
    if (attempt.isPresent()) {
      over = true;
      attempt.get().cut(sent == 0 ? usage.prompt() : spoken(delivered()));
      session.over();
    }
    over = true;
  }

  private Usage delivered() {
    return steps
        .delivered(sent)
        .with(Kind.CACHE_WRITE_TOKENS, 0)
        .with(Kind.AUDIO_INPUT_TOKENS, usage.get(Kind.AUDIO_INPUT_TOKENS))
        .with(Kind.IMAGE_INPUT_TOKENS, usage.get(Kind.IMAGE_INPUT_TOKENS))
        .with(Kind.AUDIO_CACHED_TOKENS, audioCached);
  }

  /** What a response's documents begin with. */
  static ObjectNode base(String id, String status) {
    return JsonBody.object().put("object", "realtime.response").put("id", id).put("status", status);
  }
}
