package io.tollgate.relay.protocols.gemini.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.internal.events.EventBounds;
import io.tollgate.relay.protocols.internal.events.EventData;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import java.util.Optional;

/**
 * Turns a stream of events into an array of what they hold, for a caller who asked for one: Gemini
 * is always asked for events. What is in them stays as it came. Confined to one thread.
 */
public final class ArrayStream implements StreamTap {
  private static final byte[] NOTHING = {};
  private static final byte[] FIRST = {'['};
  private static final byte[] NEXT = {',', '\n'};
  private static final byte[] NONE = {'[', ']'};
  private static final byte[] LAST = {']'};

  private final StreamTap events;
  private final EventBounds bounds = new EventBounds();
  private final EventData data = new EventData();
  private final ByteSink begun = new ByteSink();
  private boolean any;

  /**
   * @param events the same answer as events, whole ones only but for those too large to be read
   */
  public ArrayStream(StreamTap events) {
    this.events = requireNonNull(events, "events is null");
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public byte[] accept(byte[] piece) {
    return items(events.accept(piece));
  }

  @Override
  public byte[] finish() {
    return closed(events.finish());
  }

  @Override
  public byte[] finishComplete() {
    return closed(events.finishComplete());
  }

  @Override
  public byte[] cutShort(CutNotice why, TokenUsage usage) {
    return closed(events.cutShort(why, usage));
  }

  @Override
  public byte[] broken(Refusal refusal) {
    return closed(events.broken(refusal));
  }

  private byte[] items(byte[] bytes) {
    ByteSink out = new ByteSink();
    add(bytes, out);
    return out.length() == 0 ? NOTHING : out.take();
  }

  private byte[] closed(byte[] bytes) {
    ByteSink out = new ByteSink();
    add(bytes, out);
    if (begun.length() > 0) {
      item(begun.array(), 0, begun.length(), out);
      begun.clear();
    }
    byte[] end = any ? LAST : NONE;
    out.add(end, 0, end.length);
    return out.take();
  }

  private void add(byte[] bytes, ByteSink out) {
    int at = 0;
    if (bounds.lineFeedMayFollow() && bytes.length > 0 && bytes[0] == '\n') {
      bounds.endOfEvent(bytes, 0, 1);
      at = 1;
    }
    while (at < bytes.length) {
      int end = bounds.endOfEvent(bytes, at, bytes.length);
      if (end < 0) {
        begun.add(bytes, at, bytes.length);
        return;
      }
      if (begun.length() == 0) {
        item(bytes, at, end, out);
      } else {
        begun.add(bytes, at, end);
        item(begun.array(), 0, begun.length(), out);
        begun.clear();
      }
      at = end;
    }
  }

  private void item(byte[] event, int from, int to, ByteSink out) {
    if (!data.read(event, from, to)) {
      return;
    }
    byte[] before = any ? NEXT : FIRST;
    any = true;
    out.add(before, 0, before.length);
    int end = data.to();
    while (end > data.from() && (data.bytes()[end - 1] == '\n' || data.bytes()[end - 1] == '\r')) {
      end--;
    }
    out.add(data.bytes(), data.from(), end);
  }

  @Override
  public Optional<AnswerVerdict> verdict() {
    return events.verdict();
  }

  @Override
  public boolean done() {
    return events.done();
  }

  @Override
  public boolean finished() {
    return events.finished();
  }

  @Override
  public boolean allCome() {
    return events.allCome();
  }

  @Override
  public boolean errorSeen() {
    return events.errorSeen();
  }

  @Override
  public Optional<ServiceTier> servedTier() {
    return events.servedTier();
  }

  @Override
  public boolean filtered() {
    return events.filtered();
  }

  @Override
  public boolean contentSeen() {
    return events.contentSeen();
  }

  @Override
  public long countedOutput() {
    return events.countedOutput();
  }

  @Override
  public long roughOutput() {
    return events.roughOutput();
  }

  @Override
  public ChargedUsage charged() {
    return events.charged();
  }

  @Override
  public ChargedUsage chargedSoFar() {
    return events.chargedSoFar();
  }
}
