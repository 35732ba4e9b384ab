package io.tollgate.relay.protocols.internal.sound;

/**
 * MP4 and M4A: boxes; the movie's head has its length. One that is written in fragments does not
 * say it there, but may in the head of its fragments.
 */
final class Mp4 {
  private static final int MAX_BOXES = 100_000;

  private Mp4() {}

  static double seconds(SoundBytes sound) {
    return seconds(sound, 0, sound.length());
  }

  private static double seconds(SoundBytes sound, long from, long to) {
    double timescale = 0;
    double seconds = 0;
    long at = from;
    for (int box = 0; box < MAX_BOXES && at + 8 <= to; box++) {
      long length = sound.big(at, 4);
      int head = 8;
      if (length == 1) {
        length = sound.big(at + 8, 8);
        head = 16;
      } else if (length == 0) {
        length = to - at;
      }
      if (length < head || length > to - at) {
        // what is cut off may still hold what is looked for
        length = to - at;
      }
      if (sound.is(at + 4, "moov")) {
        return seconds(sound, at + head, at + length);
      }
      boolean large = sound.at(at + head) == 1;
      if (sound.is(at + 4, "mvhd")) {
        timescale = sound.big(at + head + (large ? 20 : 12), 4);
        double units = sound.big(at + head + (large ? 24 : 16), large ? 8 : 4);
        boolean unknown = units < 0 || (!large && units == 0xFFFF_FFFFL);
        seconds = timescale == 0 || unknown ? 0 : units / timescale;
      } else if (sound.is(at + 4, "mvex") && timescale > 0 && sound.is(at + head + 4, "mehd")) {
        boolean wide = sound.at(at + head + 8) == 1;
        double units = sound.big(at + head + 12, wide ? 8 : 4);
        seconds = Math.max(seconds, units / timescale);
      }
      at += length;
    }
    return seconds;
  }
}
