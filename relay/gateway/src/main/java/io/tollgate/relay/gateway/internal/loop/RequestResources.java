package io.tollgate.relay.gateway.internal.loop;

import io.tollgate.ground.ChargeId;
import io.tollgate.web.RequestContext;
import io.vertx.core.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Everything that one request holds of the process, and the one place where it is given back: the
 * place among the running requests, memory, deadlines, whatever else was put under its care. All
 * our code that runs for the request runs through it as well, so that a mistake of ours, wherever
 * it happens, is told once to the step that can still answer the caller; a second one ends the
 * request on the spot. Confined to one event loop.
 */
public final class RequestResources implements DeadlineWatch.Watched {
  private static final Logger log = LoggerFactory.getLogger(RequestResources.class);

  /** Something that a request holds. */
  public interface Held {
    /** Gives it back. Harmless where that has been done before. */
    void giveBack();
  }

  private final RelayLoop loop;
  private final ChargeId id;
  private final @Nullable RequestContext context;
  private final RequestNote note;
  private final List<Held> held = new ArrayList<>(4);
  private Consumer<Throwable> onFailure = _ -> {};
  private DeadlineWatch.@Nullable Watched deadlines;
  // taken and given back beside the loop as well
  private final AtomicLong memory = new AtomicLong();
  private boolean running;
  private boolean failedBefore;
  private volatile boolean closed;

  /** Of a caller's request. */
  public RequestResources(RelayLoop loop, RequestContext context) {
    this.loop = loop;
    this.id = context.requestId();
    this.context = context;
    this.note = new RequestNote(id, context);
  }

  /** Of one of our own. */
  public RequestResources(RelayLoop loop, ChargeId id) {
    this.loop = loop;
    this.id = id;
    this.context = null;
    this.note = new RequestNote(id, null);
  }

  public RelayLoop loop() {
    return loop;
  }

  public ChargeId id() {
    return id;
  }

  /** Adds to a line of the log what the request is found by. */
  public LoggingEventBuilder addTo(LoggingEventBuilder line) {
    return context == null ? line.addKeyValue("request_id", id.toString()) : context.addTo(line);
  }

  /** What is logged of it. */
  public RequestNote note() {
    return note;
  }

  public boolean closed() {
    return closed;
  }

  /** Takes a place among the running requests; false when there is none. */
  public boolean tryBegin() {
    running = loop.tryBegin();
    return running;
  }

  /**
   * Takes bytes of the memory that all requests share; to be called before they are allocated, on
   * any thread.
   */
  public boolean tryTakeMemory(long bytes) {
    if (closed || !loop.memory().tryTake(bytes)) {
      return false;
    }
    memory.addAndGet(bytes);
    if (closed) {
      // taken while it was being closed
      giveAllMemory();
      return false;
    }
    return true;
  }

  /** Gives some of it back, on any thread; after the end there is none left to give. */
  public void giveMemory(long bytes) {
    long before = memory.get();
    while (bytes <= before) {
      if (memory.compareAndSet(before, before - bytes)) {
        loop.memory().give(bytes);
        return;
      }
      before = memory.get();
    }
  }

  private void giveAllMemory() {
    loop.memory().give(memory.getAndSet(0));
  }

  /** Puts something under this request's care: given back when the request is over, last first. */
  public void hold(Held one) {
    if (closed) {
      one.giveBack();
    } else {
      held.add(one);
    }
  }

  /** Whose deadlines are looked at from now on, instead of those before. */
  public void watch(DeadlineWatch.Watched step) {
    if (closed) {
      return;
    }
    boolean first = deadlines == null;
    deadlines = step;
    if (first) {
      loop.watch().add(this);
    }
  }

  /** Who hears of a mistake of ours from now on. */
  public void onFailure(Consumer<Throwable> step) {
    onFailure = step;
  }

  @Override
  public void tick(long now) {
    DeadlineWatch.Watched step = deadlines;
    if (step != null) {
      try {
        step.tick(now);
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  /** Runs a step of the request. */
  public void run(Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      failed(e);
    }
  }

  /** The same for a step that is run later. */
  public <T> Handler<T> guarded(Handler<T> step) {
    return event -> {
      try {
        step.handle(event);
      } catch (Throwable e) {
        failed(e);
      }
    };
  }

  /** Takes a stage's outcome on the loop: at once where it is there already, else by a hop. */
  public <T> void take(CompletionStage<T> stage, Consumer<T> done, Consumer<Throwable> failed) {
    loop.take(
        stage,
        value -> run(() -> done.accept(value)),
        failure -> run(() -> failed.accept(failure)));
  }

  /** The request is over: gives everything back. Harmless after the first time. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (int i = held.size() - 1; i >= 0; i--) {
      giveBack(held.get(i));
    }
    held.clear();
    giveAllMemory();
    if (deadlines != null) {
      loop.watch().remove(this);
    }
    if (running) {
      loop.end();
    }
    try {
      note.over().ifPresent(loop.log()::ended);
    } catch (RuntimeException e) {
      tell(e, "a request could not be logged");
    }
  }

  private void giveBack(Held one) {
    try {
      one.giveBack();
    } catch (Throwable e) {
      tell(e, "something that a request held was not given back at the first try");
      try {
        one.giveBack();
      } catch (Throwable again) {
        tell(again, "something that a request held could not be given back");
      }
    }
  }

  private void failed(Throwable mistake) {
    tell(mistake, "a request failed in the gateway");
    if (failedBefore) {
      close();
      return;
    }
    failedBefore = true;
    try {
      onFailure.accept(mistake);
    } catch (Throwable e) {
      tell(e, "a request that failed in the gateway could not be ended in order");
      close();
    }
  }

  private void tell(Throwable mistake, String message) {
    addTo(log.atError()).setCause(mistake).log(message);
  }
}
