package io.tollgate.relay.gateway.internal.realtime;

import io.tollgate.relay.gateway.RealtimeConfig;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One side of a session: messages come whole and one by one, within bounds; what is written waits
 * in a queue that has one too, as who feeds it is paused while it is full. Confined to one event
 * loop.
 */
final class SessionSocket {
  /** Why nothing is read. */
  enum Pause {
    /** What was read cannot be written on. */
    FULL,
    /** What was read last is not decided yet. */
    BUSY
  }

  /** Who reads. */
  interface Listener {
    void message(SessionMessage message);

    /**
     * The other end has closed it, or is gone. Told once, after its last message.
     *
     * @param code 1005 where it gave none, 1006 where it went without a word
     */
    void closed(int code, String reason);

    /** What is sent is beyond a bound. */
    void misused(int code, String what);

    /** The server stops. */
    default void stopping() {}
  }

  private final RequestResources resources;
  private final WebSocketBase socket;
  private final RealtimeConfig config;
  private final Listener listener;
  private final boolean toItsLast;
  private SessionSocket feeder = this;
  private final Set<Pause> pauses = EnumSet.noneOf(Pause.class);
  private final List<WebSocketFrame> frames = new ArrayList<>();
  private int length;
  private boolean text;
  private boolean closedTold;
  private boolean cut;
  private boolean gone;
  private boolean closing;
  private long heardNanos = System.nanoTime();

  /**
   * @param socket paused until {@link #start}
   * @param toItsLast whether what came before its end is still read, where it ends while paused
   */
  SessionSocket(
      RequestResources resources,
      WebSocketBase socket,
      RealtimeConfig config,
      boolean toItsLast,
      Listener listener) {
    this.resources = resources;
    this.socket = socket;
    this.config = config;
    this.toItsLast = toItsLast;
    this.listener = listener;
  }

  /**
   * Begins to read.
   *
   * @param feeder who is paused while this one's queue is full
   */
  void start(SessionSocket feeder) {
    socket.frameHandler(resources.guarded(this::came));
    socket.exceptionHandler(resources.guarded(_ -> broken()));
    socket.closeHandler(resources.guarded(_ -> gone()));
    if (!toItsLast) {
      // after the frame that may have been the reason
      socket.shutdownHandler(_ -> resources.loop().execute(() -> resources.run(this::askedToEnd)));
    }
    socket.drainHandler(
        resources.guarded(
            _ -> {
              feeder.resume(Pause.FULL);
              resume(Pause.FULL);
            }));
    this.feeder = feeder;
    if (pauses.isEmpty()) {
      socket.resume();
    }
    if (socket.isClosed()) {
      gone();
    }
  }

  void pause(Pause why) {
    if (pauses.isEmpty()) {
      socket.pause();
    }
    pauses.add(why);
  }

  void resume(Pause why) {
    if (pauses.remove(why) && pauses.isEmpty()) {
      socket.resume();
      if (cut) {
        // after what had come before
        resources.loop().execute(() -> resources.run(this::gone));
      }
    }
  }

  /** Whether it is read at the moment. */
  boolean reading() {
    return pauses.isEmpty();
  }

  /** When anything came last, {@link System#nanoTime}. */
  long heardNanos() {
    return heardNanos;
  }

  /** Whether nothing can be written any more. */
  boolean over() {
    return closing || closedTold || socket.isClosed();
  }

  void write(SessionMessage message) {
    if (over()) {
      return;
    }
    for (WebSocketFrame frame : message.frames()) {
      var unused = socket.writeFrame(frame);
    }
    if (socket.writeQueueFull()) {
      feeder.pause(Pause.FULL);
    }
  }

  void ping() {
    if (!over() && !socket.writeQueueFull()) {
      var unused = socket.writePing(Buffer.buffer());
    }
  }

  /** Says why, and ends it; what still comes is not read. */
  void close(int code, String reason) {
    if (!closing) {
      closing = true;
      pauses.clear();
      frames.clear();
      boolean open = !socket.isClosed();
      if (open) {
        // while there is one, Vert.x leaves the closing to it
        socket.shutdownHandler(null);
      }
      if (open || (!toItsLast && !gone)) {
        // where the caller has closed it, this is the answer to that
        var unused = socket.close((short) code, CloseCode.reason(reason));
      }
      // its answer to that is read, and nothing else
      socket.resume();
    }
  }

  /** Vert.x asks for its end: the other end has closed it, or the server stops. */
  private void askedToEnd() {
    if (closing) {
      return;
    }
    Short code = socket.closeStatusCode();
    if (code == null) {
      listener.stopping();
    } else {
      String reason = socket.closeReason();
      tellClosed(code, reason == null ? "" : reason);
    }
  }

  private void came(WebSocketFrame frame) {
    heardNanos = System.nanoTime();
    if (frame.isClose()) {
      tellClosed(frame.closeStatusCode(), frame.closeReason() == null ? "" : frame.closeReason());
      return;
    }
    if (closing || closedTold) {
      return;
    }
    if (socket.writeQueueFull()) {
      // answers to its pings are written as well
      pause(Pause.FULL);
    }
    if (frame.isText() || frame.isBinary() || frame.isContinuation()) {
      part(frame);
    }
  }

  private void part(WebSocketFrame frame) {
    int more = frame.binaryData().length();
    if (frames.isEmpty()) {
      text = frame.isText();
    }
    if ((long) length + more > config.messageBytes() || frames.size() >= config.fragmentsMax()) {
      forget();
      listener.misused(
          CloseCode.TOO_LARGE,
          "message: more than "
              + config.messageBytes()
              + " bytes or "
              + config.fragmentsMax()
              + " frames (expected: fewer)");
      return;
    }
    if (!resources.tryTakeMemory(more)) {
      forget();
      listener.misused(CloseCode.TRY_AGAIN, "the gateway holds as many bytes as it may");
      return;
    }
    length += more;
    frames.add(frame);
    if (frame.isFinal()) {
      SessionMessage message =
          new SessionMessage(frames, text, SessionMessage.joined(frames, length));
      int taken = length;
      frames.clear();
      length = 0;
      try {
        listener.message(message);
      } finally {
        resources.giveMemory(taken);
      }
    }
  }

  private void forget() {
    frames.clear();
    resources.giveMemory(length);
    length = 0;
  }

  /** What comes is no frame, or a larger one than may be: nothing after it can be read. */
  private void broken() {
    if (socket instanceof WebSocketInternal internal) {
      var unused = internal.channelHandlerContext().close();
    }
    gone();
  }

  private void gone() {
    gone = true;
    if (toItsLast && !pauses.isEmpty()) {
      cut = true;
      return;
    }
    Short code = socket.closeStatusCode();
    String reason = socket.closeReason();
    tellClosed(code == null ? CloseCode.ABNORMAL : code, reason == null ? "" : reason);
  }

  private void tellClosed(int code, String reason) {
    if (!closedTold) {
      closedTold = true;
      forget();
      listener.closed(code, reason);
    }
  }
}
