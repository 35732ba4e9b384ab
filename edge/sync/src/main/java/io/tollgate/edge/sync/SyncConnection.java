package io.tollgate.edge.sync;

import static java.util.Objects.requireNonNull;

import io.tollgate.edge.sync.SyncReads.Missed;
import io.tollgate.identity.Principal;
import java.time.Instant;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that follows a user's numbers. It keeps no events: it knows the version of the last
 * one that it has told. Whatever may have gone by, while it began, while the client did not read,
 * or by a mistake, is read from the database until it has caught up. Confined to its event loop.
 */
final class SyncConnection {
  private static final Logger LOG = LoggerFactory.getLogger(SyncConnection.class);

  /** Events that are read at once. */
  private static final int PAGE = 200;

  private enum State {
    /** Told what is committed as it comes. */
    LIVE,
    /** What it missed is being read. */
    READING,
    /** The client does not read. */
    FULL,
    ENDED
  }

  private final SyncLoop loop;
  private final SyncUser user;
  private final Principal principal;
  private final String token;
  private final SyncClient client;
  private final Instant since;
  private State state = State.READING;

  /** Of the last event that was told, or is known to the client otherwise. */
  private long told;

  /** Of the last event that was heard of. */
  private long heard;

  /** Whether all that is kept is told, however much it is: the client said what it has. */
  private boolean resuming;

  SyncConnection(
      SyncLoop loop,
      SyncUser user,
      Principal principal,
      String token,
      SyncClient client,
      Instant since) {
    this.loop = requireNonNull(loop, "loop is null");
    this.user = requireNonNull(user, "user is null");
    this.principal = requireNonNull(principal, "principal is null");
    this.token = requireNonNull(token, "token is null");
    this.client = requireNonNull(client, "client is null");
    this.since = requireNonNull(since, "since is null");
  }

  SyncUser user() {
    return user;
  }

  Principal principal() {
    return principal;
  }

  String token() {
    return token;
  }

  SyncClient client() {
    return client;
  }

  Instant since() {
    return since;
  }

  boolean isEnded() {
    return state == State.ENDED;
  }

  /**
   * Begins, as one of the loop's already.
   *
   * @param last version of the last event that the client has, if it says so
   */
  void start(OptionalLong last) {
    SyncReads reads = loop.reads();
    if (last.isPresent()) {
      resuming = true;
      loop.read(
          () -> reads.resumed(user, last.getAsLong(), PAGE),
          missed -> begun(missed, last.getAsLong()),
          this::failed);
    } else {
      loop.read(() -> reads.fresh(user), missed -> begun(missed, 0), this::failed);
    }
  }

  private void begun(Missed missed, long last) {
    if (state == State.ENDED) {
      return;
    }
    if (missed.whole()) {
      // the client goes on from what it has: whoever breaks off now has lost nothing
      told = last;
      missed
          .numbers()
          .ifPresent(
              numbers -> {
                loop.learn(user, numbers);
                client.sync(numbers, last);
              });
    }
    caughtUp(missed);
  }

  /** Something was committed. In the order of versions. */
  void committed(SyncEvent event) {
    heard = Math.max(heard, event.version());
    if (state != State.LIVE || event.version() <= told) {
      return;
    }
    if (client.full()) {
      state = State.FULL;
    } else if (event.previous() > told) {
      catchUp();
    } else {
      tell(event);
    }
  }

  /** There is room again for what waits to be written. */
  void drained() {
    if (state == State.FULL) {
      catchUp();
    }
  }

  private void catchUp() {
    state = State.READING;
    long after = told;
    int max = resuming ? PAGE : loop.config().behindMax();
    loop.read(() -> loop.reads().after(user, after, max), this::caughtUp, this::failed);
  }

  private void caughtUp(Missed missed) {
    if (state == State.ENDED) {
      return;
    }
    if (missed.whole() && missed.more() && !resuming) {
      loop.read(() -> loop.reads().fresh(user), this::caughtUp, this::failed);
      return;
    }
    if (missed.whole()) {
      missed.events().forEach(this::tell);
    } else {
      missed.numbers().ifPresent(this::startAfresh);
    }
    boolean behind = missed.more() || heard > told;
    resuming = resuming && missed.more();
    if (client.full()) {
      state = State.FULL;
    } else if (behind) {
      catchUp();
    } else {
      state = State.LIVE;
    }
  }

  /** Its backlog is too long, or is not kept any more: the numbers say what has become of it. */
  private void startAfresh(UserNumbers numbers) {
    if (told > 0) {
      loop.meters().collapsed();
    }
    loop.learn(user, numbers);
    told = numbers.version();
    client.sync(numbers, told);
  }

  private void tell(SyncEvent event) {
    if (event.version() > told) {
      told = event.version();
      client.event(event);
    }
  }

  private void failed(Throwable failure) {
    if (state != State.ENDED) {
      LOG.atWarn()
          .setCause(failure)
          .addKeyValue("user", user.user())
          .log("what a client missed cannot be read; it has to connect again");
      end(SyncEnd.FAILED);
    }
  }

  /** Ends it and leaves the loop; what was told so far the client has. */
  void end(SyncEnd why) {
    if (gone()) {
      client.end(why);
    }
  }

  /** The client is gone. True the first time. */
  boolean gone() {
    if (state == State.ENDED) {
      return false;
    }
    state = State.ENDED;
    loop.remove(this);
    return true;
  }
}
