package io.tollgate.relay.protocols.internal.sound;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.forms.BodySource;

/**
 * The bytes of one sound, read at any place through a window. What lies beyond the end reads as
 * zero. Not thread-safe.
 */
final class SoundBytes {
  private static final int WINDOW = 16 * 1024;

  private final BodySource source;
  private final long from;
  private final long length;
  private final byte[] window = new byte[WINDOW];
  private long windowAt = -1;
  private int windowLength;

  SoundBytes(BodySource source, long from, long to) {
    this.source = requireNonNull(source, "source is null");
    this.from = from;
    this.length = to - from;
  }

  long length() {
    return length;
  }

  int at(long place) {
    if (place < 0 || place >= length) {
      return 0;
    }
    if (windowAt < 0 || place < windowAt || place >= windowAt + windowLength) {
      windowAt = place;
      windowLength = source.read(from + place, window, 0, (int) Math.min(WINDOW, length - place));
      if (windowLength <= 0) {
        windowAt = -1;
        return 0;
      }
    }
    return window[(int) (place - windowAt)] & 0xFF;
  }

  /** A number of 1 to 8 bytes, the highest first. */
  long big(long place, int bytes) {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = number << 8 | at(place + i);
    }
    return number;
  }

  /** A number of 1 to 8 bytes, the lowest first. */
  long little(long place, int bytes) {
    long number = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      number = number << 8 | at(place + i);
    }
    return number;
  }

  /** Whether this ASCII text stands there. */
  boolean is(long place, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (at(place + i) != text.charAt(i)) {
        return false;
      }
    }
    return place + text.length() <= length;
  }
}
