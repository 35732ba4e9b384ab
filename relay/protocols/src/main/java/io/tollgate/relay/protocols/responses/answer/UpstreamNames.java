package io.tollgate.relay.protocols.responses.answer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream calls its response and the items in it, so that what we add to its stream goes
 * on in its names. Confined to one thread.
 */
public final class UpstreamNames {
  private static final int MAX_LENGTH = 256;

  private final List<Place> places = new ArrayList<>();
  private @Nullable String responseId;
  private @Nullable String model;
  private long createdAt = -1;
  private long sequence = -1;
  private boolean keepWhole;
  private byte @Nullable [] response;

  /** Where a part stands. */
  record Place(String itemId, int outputIndex, int contentIndex) {}

  void response(String id, String modelName, long created) {
    if (!id.isEmpty() && id.length() <= MAX_LENGTH) {
      responseId = id;
    }
    if (!modelName.isEmpty() && modelName.length() <= MAX_LENGTH) {
      model = modelName;
    }
    if (created > 0) {
      createdAt = created;
    }
  }

  /** The next part's place. */
  void part(String itemId, int outputIndex, int contentIndex) {
    places.add(new Place(itemId.length() > MAX_LENGTH ? "" : itemId, outputIndex, contentIndex));
  }

  void sequence(long number) {
    sequence = Math.max(sequence, number);
  }

  /** The whole response lies there, as its end told it. */
  void whole(byte[] bytes, int from, int to) {
    if (keepWhole) {
      response = Arrays.copyOfRange(bytes, from, to);
    }
  }

  /** The response is wanted whole, at its end. */
  public void keepWhole() {
    keepWhole = true;
  }

  Optional<String> responseId() {
    return Optional.ofNullable(responseId);
  }

  Optional<String> model() {
    return Optional.ofNullable(model);
  }

  /** Seconds since 1970; -1 where it was not told. */
  long createdAt() {
    return createdAt;
  }

  /** The number of the last event; -1 before the first. */
  long sequence() {
    return sequence;
  }

  @Nullable Place place(int part) {
    return part < places.size() ? places.get(part) : null;
  }

  byte @Nullable [] whole() {
    return response;
  }
}
